"""What matters of a table for a plan, whether a model declares it or a stack has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tablewright.models import Attribute, AttributeType, Index, Key, Projection, ProjectionKind
from tablewright.models.table import WarmThroughput
from tablewright.operations.guard.tables.indexes import by_name, key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.models import TableSpec

_HASH: Final = "HASH"
_RANGE: Final = "RANGE"


@dataclass(frozen=True, kw_only=True)
class IndexShape:
    """An index as AWS has it: key attributes with their roles, and what is projected."""

    name: str
    key: tuple[tuple[str, str], ...]
    projection: str = "ALL"
    projected: frozenset[str] = frozenset()
    warm_throughput: tuple[int, int] | None = None

    @classmethod
    def of(cls, index: Index) -> IndexShape:
        """Take what a model declares."""
        warm = index.warm_throughput
        return cls(
            name=index.name,
            key=_roles(index.key),
            projection=str(index.projection.kind),
            projected=frozenset(index.projection.attributes),
            warm_throughput=(warm.read_units, warm.write_units) if warm else None,
        )

    @classmethod
    def of_inputs(cls, name: str, inputs: Mapping[str, Any]) -> IndexShape:
        """Take what a stack's state says, however the key is spelled."""
        return cls(
            name=name,
            key=key_of(dict(inputs)),
            projection=str(inputs.get("projectionType") or "ALL"),
            projected=frozenset(map(str, inputs.get("nonKeyAttributes") or ())),
            warm_throughput=_warm(inputs.get("warmThroughput")),
        )

    def rebuilt_by(self, after: IndexShape) -> tuple[str, ...]:
        """Return what cannot be changed in place; AWS would delete the index, then build it."""
        return tuple(
            what
            for what, differs in (
                ("the key", self.key != after.key),
                ("the projection", self.projection != after.projection),
                ("the projected attributes", self.projected != after.projected),
                ("the lowered warm throughput", lowered(self, after)),
            )
            if differs
        )

    def declared(self, types: Mapping[str, str]) -> Index:
        """Return the declaration of a global secondary index of this shape."""
        return Index(
            name=self.name,
            key=key_declared(self.key, types),
            projection=Projection(ProjectionKind(self.projection), tuple(sorted(self.projected))),
            warm_throughput=warm_declared(self.warm_throughput),
        )


@dataclass(frozen=True, kw_only=True)
class TableShape:
    """A table as AWS has it; `name` is what its model calls it, `physical` its name at AWS."""

    name: str
    physical: str
    key: tuple[tuple[str, str], ...]
    types: Mapping[str, str]
    indexes: tuple[IndexShape, ...] = ()
    local_indexes: tuple[IndexShape, ...] = ()
    ttl_attribute: str | None = None
    stream_view: str | None = None
    warm_throughput: tuple[int, int] | None = None

    @classmethod
    def of(cls, spec: TableSpec, physical: str, stream_view: str | None) -> TableShape:
        """Take what a model declares; whether there is a stream depends on the stack, too."""
        warm = spec.warm_throughput
        return cls(
            name=spec.name,
            physical=physical,
            key=_roles(spec.key),
            types={attribute.name: str(attribute.type) for attribute in spec.attributes},
            indexes=tuple(IndexShape.of(index) for index in spec.global_indexes),
            local_indexes=tuple(IndexShape.of(index) for index in spec.local_indexes),
            ttl_attribute=spec.ttl_attribute,
            stream_view=stream_view,
            warm_throughput=(warm.read_units, warm.write_units) if warm else None,
        )

    @classmethod
    def of_inputs(cls, name: str, inputs: Mapping[str, Any]) -> TableShape:
        """Take what a stack's state says of a table."""
        ttl = inputs.get("ttl")
        on = isinstance(ttl, dict) and ttl.get("enabled")
        listed = inputs.get("attributes") or ()
        indexes = by_name(inputs.get("globalSecondaryIndexes"))
        return cls(
            name=name,
            physical=str(inputs.get("name")),
            key=key_of(dict(inputs)),
            types={str(each["name"]): str(each["type"]) for each in listed},
            indexes=tuple(IndexShape.of_inputs(*each) for each in sorted(indexes.items())),
            local_indexes=tuple(_local_indexes(inputs)),
            ttl_attribute=str(ttl["attributeName"]) if isinstance(ttl, dict) and on else None,
            stream_view=inputs.get("streamViewType") if inputs.get("streamEnabled") else None,
            warm_throughput=_warm(inputs.get("warmThroughput")),
        )


def lowered(before: IndexShape | TableShape, after: IndexShape | TableShape) -> bool:
    """Tell whether warm throughput is lower than it was; leaving it out keeps it."""
    pairs = zip(before.warm_throughput or (), after.warm_throughput or (), strict=False)
    return any(new < old for old, new in pairs)


def key_declared(key: tuple[tuple[str, str], ...], types: Mapping[str, str]) -> Key:
    """Return the declaration of a key."""
    parts: dict[str, list[Attribute]] = {_HASH: [], _RANGE: []}
    for name, role in key:
        parts[role].append(Attribute(name, AttributeType(types[name])))
    return Key(tuple(parts[_HASH]), tuple(parts[_RANGE]))


def warm_declared(units: tuple[int, int] | None) -> WarmThroughput | None:
    """Return the declaration of warm throughput."""
    return WarmThroughput(read_units=units[0], write_units=units[1]) if units else None


def _roles(key: Key) -> tuple[tuple[str, str], ...]:
    return (
        *((attribute.name, _HASH) for attribute in key.partition),
        *((attribute.name, _RANGE) for attribute in key.sort),
    )


def _warm(units: object) -> tuple[int, int] | None:
    if not isinstance(units, dict):
        return None
    found = [int(units.get(f"{kind}UnitsPerSecond") or 0) for kind in ("read", "write")]
    return (found[0], found[1]) if all(found) else None


def _local_indexes(inputs: Mapping[str, Any]) -> list[IndexShape]:
    """Read local indexes, which name their sort key alone; the partition key is the table's."""
    indexes = by_name(inputs.get("localSecondaryIndexes"))
    partition = inputs.get("hashKey")
    return [
        IndexShape.of_inputs(name, {"hashKey": partition, **index})
        for name, index in sorted(indexes.items())
    ]
