"""One moment between two models: what stands, what is switched, and the model that says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tablewright.models import Entity, Operation
from tablewright.operations.index_plan.composing import composed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tablewright.models import AccessPattern, DataModel, Index, Stream, TableSpec

Target = tuple[str, str | None]
"""What a pattern reads: a table by its name, or an index or the stream of one."""

STREAM: Final = "(stream)"
NEXT: Final = "next"
PREVIOUS: Final = "previous"


def target_of(pattern: AccessPattern) -> Target:
    """Return what a pattern needs to stand."""
    stream = pattern.operation is Operation.READ_STREAM
    return pattern.table, STREAM if stream else pattern.index


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Two models, and how far a plan is from the one to the other.

    `switched` are the patterns of both models that are as in the new one. `released` are the
    indexes that nobody queries any more. Until a pattern is switched, the new version of it is
    declared beside it as `name.next`, and from then on the old one as `name.previous`: so the
    access policies allow both while the application is deployed.
    """

    before: DataModel
    after: DataModel
    indexes: Mapping[str, tuple[Index, ...]]
    ttl: Mapping[str, str | None]
    streams: Mapping[str, Stream | None]
    switched: frozenset[str] = frozenset()
    released: frozenset[Target] = frozenset()

    def stands(self, target: Target) -> bool:
        """Tell whether a table, index or stream is declared at this stage."""
        table, what = target
        if what is None:
            return True
        if what == STREAM:
            return self.streams[table] is not None
        return any(index.name == what for index in self.indexes[table])

    def model(self) -> DataModel:
        """Return what is declared; raises ModelError where that is no valid model."""
        tables = tuple(self._table(spec) for spec in self.after.tables)
        keys = {spec.name: {a.name for a in spec.attributes} for spec in tables}
        return composed(
            self.after.name,
            tables,
            (_merged(*pair, keys) for pair in _paired(self.before, self.after)),
            self._patterns(),
        )

    def _table(self, spec: TableSpec) -> TableSpec:
        return replace(
            spec,
            indexes=(*spec.local_indexes, *self.indexes[spec.name]),
            ttl_attribute=self.ttl[spec.name],
            stream=self.streams[spec.name],
        )

    def _patterns(self) -> Iterator[AccessPattern]:
        before = {pattern.name: pattern for pattern in self.before.patterns}
        for new in self.after.patterns:
            old = before.pop(new.name, None)
            if old is None:
                if self.stands(target_of(new)):
                    yield new
            elif new.name in self.switched:
                yield new
                if _loses(old, new) and self._is_open(target_of(old)):
                    yield replace(old, name=f"{old.name}.{PREVIOUS}")
            else:
                yield old
                if self.stands(target_of(new)):
                    yield replace(new, name=f"{new.name}.{NEXT}")
        for old in before.values():
            if self._is_open(target_of(old)):
                yield old

    def _is_open(self, target: Target) -> bool:
        """Tell whether what only old instances read stands, and is still theirs to read."""
        return self.stands(target) and target not in self.released


def _loses(old: AccessPattern, new: AccessPattern) -> bool:
    """Tell whether a consumer that performs the old version needs more than the new one allows."""
    permitted = [(target_of(each), each.operation, each.tenant_key) for each in (old, new)]
    return permitted[0] != permitted[1] or not set(old.consumers) <= set(new.consumers)


def _paired(before: DataModel, after: DataModel) -> Iterator[tuple[Entity | None, Entity | None]]:
    old = {entity.name: entity for entity in before.entities}
    for entity in after.entities:
        yield old.pop(entity.name, None), entity
    for entity in old.values():
        yield entity, None


def _merged(old: Entity | None, new: Entity | None, keys: Mapping[str, set[str]]) -> Entity:
    """Return an entity that composes every key that stands, by the old model or the new."""
    both = [entity for entity in (new, old) if entity is not None]
    name, table = both[0].name, both[0].table
    composes = {
        attribute: template.text
        for entity in reversed(both)
        for attribute, template in entity.keys.items()
        if attribute in keys[table]
    }
    others = dict.fromkeys(attribute for entity in both for attribute in entity.attributes)
    return Entity(name, table, composes, tuple(a for a in others if a not in composes))
