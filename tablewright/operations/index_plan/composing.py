"""Puts a model together from parts of others, so that the checks of models accept it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tablewright.models import DataModel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tablewright.models import AccessPattern, Entity, TableSpec

KEPT: Final = "the plan of an index change keeps it for now"
"""What an index without a declared pattern says while a plan is under way."""


def composed(
    name: str,
    tables: Iterable[TableSpec],
    entities: Iterable[Entity],
    patterns: Iterable[AccessPattern],
) -> DataModel:
    """Return the model of these parts; every pattern gets the entities of these names.

    An index that serves no pattern says that it is kept, and one that does no longer says so.
    """
    by_name = {entity.name: entity for entity in entities}
    bound = tuple(_bound(pattern, by_name) for pattern in patterns)
    used = {(pattern.table, pattern.index) for pattern in bound}
    return DataModel(
        name=name,
        tables=tuple(_kept(table, used) for table in tables),
        entities=tuple(by_name.values()),
        patterns=bound,
    )


def limited(model: DataModel, tables: Iterable[str]) -> DataModel:
    """Return a model without its other tables, and without what touches them."""
    kept = set(tables)
    return composed(
        model.name,
        (table for table in model.tables if table.name in kept),
        (entity for entity in model.entities if entity.table in kept),
        (pattern for pattern in model.patterns if set(pattern.tables) <= kept),
    )


def _bound(pattern: AccessPattern, entities: dict[str, Entity]) -> AccessPattern:
    return replace(
        pattern,
        entities=tuple(entities[entity.name] for entity in pattern.entities),
        parts=tuple(replace(part, entity=entities[part.entity.name]) for part in pattern.parts),
    )


def _kept(table: TableSpec, used: set[tuple[str, str | None]]) -> TableSpec:
    return replace(
        table,
        indexes=tuple(
            replace(
                index,
                kept_because=None
                if (table.name, index.name) in used
                else index.kept_because or KEPT,
            )
            for index in table.indexes
        ),
    )
