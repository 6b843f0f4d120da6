"""Where a plan ends: the model of now, with another name for what cannot keep its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tablewright.models import Attribute, Entity, Key, limits
from tablewright.operations.index_plan.composing import composed
from tablewright.operations.index_plan.differences import reworked_keys
from tablewright.operations.index_plan.shapes import IndexShape

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tablewright.models import AccessPattern, DataModel, Index, TableSpec

_NUMBERED = re.compile(r"(?P<stem>.*?)V(?P<number>\d+)")


@dataclass(frozen=True, kw_only=True)
class Renamed:
    """Other names for attributes and indexes of one table, and why each is needed."""

    table: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    indexes: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()


def next_name(name: str, taken: Collection[str], most: int = limits.NAME_LENGTH.stop - 1) -> str:
    """Return the next version of a name that is not taken: byDay, byDayV2, byDayV3."""
    found = _NUMBERED.fullmatch(name)
    stem, number = (found["stem"], int(found["number"])) if found else (name, 1)
    while True:
        number += 1
        ending = f"V{number}"
        proposed = _cut(stem, most - len(ending)) + ending
        if proposed not in taken:
            return proposed


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def renamings(before: DataModel, after: DataModel) -> Iterator[Renamed]:
    """Find for each table of both what must have another name, so that old and new stand."""
    there = {table.name for table in before.tables}
    for table in after.tables:
        if table.name in there:
            yield _renamed(before, after, before.table(table.name), table)


def _renamed(before: DataModel, after: DataModel, old: TableSpec, new: TableSpec) -> Renamed:
    attributes: dict[str, str] = {}
    reasons = []
    taken = _attribute_names(before, old) | _attribute_names(after, new)
    for name, reason in _other_attributes(before, after, old, new):
        if name not in attributes:
            attributes[name] = next_name(name, taken, limits.ATTRIBUTE_NAME_BYTES)
            taken.add(attributes[name])
            reasons.append(
                f"table {new.name!r}: {reason}, so it is written as {attributes[name]!r} beside "
                f"{name!r}"
            )
    indexes: dict[str, str] = {}
    names = {index.name for index in (*old.indexes, *new.indexes)}
    for index, causes in _other_indexes(old, new, attributes):
        indexes[index] = next_name(index, names)
        names.add(indexes[index])
        reasons.append(
            f"table {new.name!r}: {' and '.join(causes)} of index {index!r} cannot be changed in "
            f"place, so a new one, {indexes[index]!r}, takes over"
        )
    return Renamed(table=new.name, attributes=attributes, indexes=indexes, reasons=tuple(reasons))


def _attribute_names(model: DataModel, table: TableSpec) -> set[str]:
    entities = (entity for entity in model.entities if entity.table == table.name)
    names = {name for entity in entities for name in (*entity.keys, *entity.attributes)}
    return names | {attribute.name for attribute in table.attributes}


def _other_attributes(
    before: DataModel, after: DataModel, old: TableSpec, new: TableSpec
) -> Iterator[tuple[str, str]]:
    """Find index attributes of another type or template: one name cannot hold old and new."""
    types = {attribute.name: attribute.type for attribute in old.attributes}
    for attribute in new.attributes:
        was = types.get(attribute.name, attribute.type)
        if was != attribute.type:
            yield (
                attribute.name,
                (
                    f"the type of {attribute.name!r} changes from {was} to {attribute.type}, which "
                    "AWS cannot do"
                ),
            )
    used = {attribute.name for attribute in new.attributes}
    for name, was_text, text in reworked_keys(before, after, new.name):
        if name in used and name in types:
            yield name, f"{name!r} is composed as {text!r} instead of {was_text!r}"


def _other_indexes(
    old: TableSpec, new: TableSpec, attributes: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    there = {index.name: IndexShape.of(index) for index in old.global_indexes}
    for index in new.global_indexes:
        if index.name not in there:
            continue
        causes = there[index.name].rebuilt_by(IndexShape.of(index))
        if set(index.key.names) & set(attributes):
            causes = tuple(dict.fromkeys(("the key", *causes)))
        if causes:
            yield index.name, causes


def renamed(model: DataModel, changes: Collection[Renamed]) -> DataModel:
    """Return the model with the other names wherever these things are named."""
    by_table = {change.table: change for change in changes}
    nothing = Renamed(table="")
    return composed(
        model.name,
        (_table(each, by_table.get(each.name, nothing)) for each in model.tables),
        (_entity(each, by_table.get(each.table, nothing)) for each in model.entities),
        (_pattern(each, by_table.get(each.table, nothing)) for each in model.patterns),
    )


def _table(spec: TableSpec, change: Renamed) -> TableSpec:
    return replace(spec, indexes=tuple(_index(index, change) for index in spec.indexes))


def _index(index: Index, change: Renamed) -> Index:
    key = Key(
        *(
            tuple(Attribute(change.attributes.get(a.name, a.name), a.type) for a in part)
            for part in (index.key.partition, index.key.sort)
        )
    )
    return replace(index, name=change.indexes.get(index.name, index.name), key=key)


def _entity(entity: Entity, change: Renamed) -> Entity:
    if not change.attributes:
        return entity
    keys = {
        change.attributes.get(name, name): template.text for name, template in entity.keys.items()
    }
    return Entity(entity.name, entity.table, keys, entity.attributes)


def _pattern(pattern: AccessPattern, change: Renamed) -> AccessPattern:
    if pattern.index is None:
        return pattern
    key = tuple(
        replace(each, attribute=change.attributes.get(each.attribute, each.attribute))
        for each in pattern.key
    )
    attributes = tuple(change.attributes.get(name, name) for name in pattern.attributes)
    index = change.indexes.get(pattern.index, pattern.index)
    return replace(pattern, index=index, key=key, attributes=attributes)
