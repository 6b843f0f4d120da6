"""What is stored: tables, their keys and indexes, as AWS will see them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tablewright.models import limits, names
from tablewright.models.errors import ModelError


class AttributeType(StrEnum):
    """A key attribute's type, in AWS's letters (API: AttributeDefinition)."""

    STRING = "S"
    NUMBER = "N"
    BINARY = "B"


@dataclass(frozen=True)
class Attribute:
    """One key attribute: its name, 1 to 255 bytes, and its type."""

    name: str
    type: AttributeType = AttributeType.STRING

    def __post_init__(self) -> None:
        limits.check_attribute_name(self.name)
        try:
            object.__setattr__(self, "type", AttributeType(self.type))
        except ValueError:
            raise ModelError(
                f"attribute {self.name!r}: type {self.type!r} cannot be a key; "
                "use 'S' (string), 'N' (number) or 'B' (binary)"
            ) from None


@dataclass(frozen=True)
class Key:
    """A key schema: partition key attributes, then sort key attributes, in order."""

    partition: tuple[Attribute, ...]
    sort: tuple[Attribute, ...] = ()

    @classmethod
    def of(cls, partition: Attribute | str, sort: Attribute | str | None = None) -> Key:
        """Build the usual key of one partition key and at most one sort key; strings are type S."""
        return cls(_attributes(partition), () if sort is None else _attributes(sort))

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """All key attributes, partition key first."""
        return (*self.partition, *self.sort)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all key attributes, partition key first."""
        return tuple(attribute.name for attribute in self.attributes)


def _attributes(given: Attribute | str) -> tuple[Attribute, ...]:
    return (given if isinstance(given, Attribute) else Attribute(given),)


class ProjectionKind(StrEnum):
    """Which attributes an index copies (API: Projection)."""

    ALL = "ALL"
    KEYS_ONLY = "KEYS_ONLY"
    INCLUDE = "INCLUDE"


@dataclass(frozen=True)
class Projection:
    """What an index holds beside the keys."""

    kind: ProjectionKind
    attributes: tuple[str, ...] = ()

    @classmethod
    def include(cls, *attributes: str) -> Projection:
        """Project the keys and these non-key attributes."""
        return cls(ProjectionKind.INCLUDE, attributes)

    def __post_init__(self) -> None:
        if (self.kind is ProjectionKind.INCLUDE) != bool(self.attributes):
            raise ModelError(
                f"projection {self.kind}: {len(self.attributes)} non-key attributes; "
                "INCLUDE names at least one, ALL and KEYS_ONLY name none"
            )


ALL = Projection(ProjectionKind.ALL)
KEYS_ONLY = Projection(ProjectionKind.KEYS_ONLY)


@dataclass(frozen=True, kw_only=True)
class WarmThroughput:
    """Throughput a table or index can serve at once, in units a second."""

    read_units: int
    write_units: int


@dataclass(frozen=True, kw_only=True)
class Index:
    """A secondary index: global, or local when it shares the table's partition key."""

    name: str
    key: Key
    projection: Projection = ALL
    local: bool = False
    warm_throughput: WarmThroughput | None = None
    kept_because: str | None = None
    """Why the index stays although no access pattern uses it."""


class StreamView(StrEnum):
    """What a stream record holds (API: StreamSpecification)."""

    KEYS_ONLY = "KEYS_ONLY"
    NEW_IMAGE = "NEW_IMAGE"
    OLD_IMAGE = "OLD_IMAGE"
    NEW_AND_OLD_IMAGES = "NEW_AND_OLD_IMAGES"


@dataclass(frozen=True, kw_only=True)
class Stream:
    """A table's stream; one for the audit trail exists only where the stack enables that."""

    view: StreamView = StreamView.NEW_AND_OLD_IMAGES
    audit_trail_only: bool = False


@dataclass(frozen=True, kw_only=True)
class TableSpec:
    """One table: its key, its indexes, and how its items expire.

    Sizes are bytes. `group` is the part of the SSM path that the table's parameters share. An
    `ephemeral` table holds nothing worth keeping: no environment gives it retention or PITR.
    Raises ModelError where AWS would refuse the table, or no shell export its variable.
    """

    name: str
    key: Key
    environment_variable: str
    indexes: tuple[Index, ...] = ()
    ttl_attribute: str | None = None
    stream: Stream | None = None
    group: str = "tables"
    ephemeral: bool = False
    item_size: int | None = None
    warm_throughput: WarmThroughput | None = None

    def __post_init__(self) -> None:
        limits.check_table(self)
        names.check_environment_variable(self.name, self.environment_variable)
        names.check_group(self.name, self.group)

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """Every key attribute once, in order of first use."""
        keys = (self.key, *(index.key for index in self.indexes))
        return tuple(dict.fromkeys(attribute for key in keys for attribute in key.attributes))

    @property
    def global_indexes(self) -> tuple[Index, ...]:
        """The global secondary indexes, sorted by name: the provider compares them as a set."""
        return tuple(sorted((i for i in self.indexes if not i.local), key=lambda i: i.name))

    @property
    def local_indexes(self) -> tuple[Index, ...]:
        """The local secondary indexes, sorted by name."""
        return tuple(sorted((i for i in self.indexes if i.local), key=lambda i: i.name))

    def index(self, name: str) -> Index:
        """Return the index of that name; raises ModelError that lists those there are."""
        for index in self.indexes:
            if index.name == name:
                return index
        there = ", ".join(repr(index.name) for index in self.indexes) or "none"
        raise ModelError(
            f"table {self.name!r}: there is no index {name!r} (indexes: {there}); "
            "declare it in the TableSpec or name one of these"
        )

    def key_of(self, index: str | None) -> Key:
        """Return the key of an index, or of the table itself for None."""
        return self.key if index is None else self.index(index).key

    def has_stream(self, *, audit_trail: bool) -> bool:
        """Tell whether the table has a stream in a stack with or without the audit trail."""
        return self.stream is not None and (audit_trail or not self.stream.audit_trail_only)
