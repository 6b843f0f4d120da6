"""A data model: tables, the entities in them, and the access patterns that join the two."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tablewright.models import joins, limits, names
from tablewright.models.access import Comparator, KeyCondition
from tablewright.models.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tablewright.models.access import AccessPattern
    from tablewright.models.entity import Entity
    from tablewright.models.table import TableSpec


@dataclass(frozen=True, kw_only=True)
class DataModel:
    """Everything one workload stores and does; checked as a whole when it is declared.

    Raises ModelError that names table, value, limit and remedy where a pattern cannot be served.
    """

    name: str
    tables: tuple[TableSpec, ...]
    entities: tuple[Entity, ...]
    patterns: tuple[AccessPattern, ...]

    def __post_init__(self) -> None:
        names.check_model(self.name)
        limits.check_unique(f"model {self.name!r}: table", (table.name for table in self.tables))
        limits.check_unique(
            f"model {self.name!r}: environment variable",
            (table.environment_variable for table in self.tables),
        )
        limits.check_unique(f"model {self.name!r}: entity", (e.name for e in self.entities))
        limits.check_unique(f"model {self.name!r}: access pattern", (p.name for p in self.patterns))
        for consumer in self.consumers:
            names.check_consumer(self.name, consumer)
        joins.check(self)

    @property
    def consumers(self) -> tuple[str, ...]:
        """Who performs the patterns, in order of first use."""
        return tuple(self._by_consumer)

    @cached_property
    def _tables(self) -> dict[str, TableSpec]:
        return {table.name: table for table in self.tables}

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return {entity.name: entity for entity in self.entities}

    @cached_property
    def _patterns(self) -> dict[str, AccessPattern]:
        return {pattern.name: pattern for pattern in self.patterns}

    @cached_property
    def _by_consumer(self) -> dict[str, tuple[AccessPattern, ...]]:
        return _grouped((name, p) for p in self.patterns for name in dict.fromkeys(p.consumers))

    @cached_property
    def _by_table(self) -> dict[str, tuple[AccessPattern, ...]]:
        return _grouped((name, p) for p in self.patterns for name in p.tables)

    def table(self, name: str) -> TableSpec:
        """Return the table of that name; raises ModelError that lists those there are."""
        try:
            return self._tables[name]
        except KeyError:
            raise ModelError(
                f"model {self.name!r}: there is no table {name!r} "
                f"(tables: {', '.join(self._tables)}); declare it or name one of these"
            ) from None

    def pattern(self, name: str) -> AccessPattern:
        """Return the access pattern of that name; raises ModelError where there is none."""
        try:
            return self._patterns[name]
        except KeyError:
            raise ModelError(
                f"model {self.name!r}: there is no access pattern {name!r}; declare it"
            ) from None

    def entity(self, name: str) -> Entity:
        """Return the entity of that name; raises ModelError where there is none."""
        try:
            return self._entities[name]
        except KeyError:
            raise ModelError(
                f"model {self.name!r}: there is no entity {name!r}; declare it"
            ) from None

    def knows(self, entity: Entity) -> bool:
        """Tell whether the entity is one of the model's, and not just called like one."""
        return self._entities.get(entity.name) is entity

    def patterns_of(self, consumer: str) -> tuple[AccessPattern, ...]:
        """Return the patterns that a consumer performs."""
        return self._by_consumer.get(consumer, ())

    def patterns_on(self, table: str) -> tuple[AccessPattern, ...]:
        """Return the patterns that touch a table, transactions with a part on it included."""
        return self._by_table.get(table, ())

    def key_condition(self, pattern: AccessPattern) -> tuple[KeyCondition, ...]:
        """Return the key condition: a query's own, otherwise the whole key of its entity."""
        if pattern.key or not pattern.entities:
            return pattern.key
        entity = pattern.entities[0]
        return tuple(
            KeyCondition(attribute=name, comparator=Comparator.EQUALS, template=entity.keys[name])
            for name in self.table(entity.table).key.names
        )


def _grouped(pairs: Iterable[tuple[str, AccessPattern]]) -> dict[str, tuple[AccessPattern, ...]]:
    groups: dict[str, list[AccessPattern]] = {}
    for name, pattern in pairs:
        groups.setdefault(name, []).append(pattern)
    return {name: tuple(group) for name, group in groups.items()}
