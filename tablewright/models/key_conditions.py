"""The checks that the key condition of a Query fits the key it reads, and finds its entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.models.access import Comparator
from tablewright.models.errors import ModelError
from tablewright.models.keys import LAST, KeyTemplate
from tablewright.models.table import AttributeType

if TYPE_CHECKING:
    from tablewright.models.access import AccessPattern, KeyCondition
    from tablewright.models.entity import Entity
    from tablewright.models.table import Attribute, TableSpec


def check_query(pattern: AccessPattern, table: TableSpec, where: str) -> None:
    """Refuse a key condition that the key, or a key template of an entity, cannot serve."""
    key = table.key_of(pattern.index)
    on = f"index {pattern.index!r}" if pattern.index else "the table"
    given = [condition.attribute for condition in pattern.key]
    least, names = len(key.partition), list(key.names)
    if given != names[: len(given)] or len(given) < least:
        raise ModelError(
            f"{where}: its key condition is on {given}, but {on} has the key {names}; name the "
            f"partition key ({', '.join(names[:least])}), then sort key attributes from the left"
        )
    _check_shards(pattern, where)
    for position, condition in enumerate(pattern.key):
        last = position == len(pattern.key) - 1
        if condition.comparator is not Comparator.EQUALS and (position < least or not last):
            raise ModelError(
                f"{where}: {condition.attribute!r} is compared by {condition.comparator}; only "
                "the last sort key attribute may be, the ones before need equality"
            )
        if condition.template.shards > 1 and position >= least:
            raise ModelError(f"{where}: a shard belongs in a partition key, not in a sort key")
        _check_comparator(where, key.attributes[position], condition)
        for entity in pattern.entities:
            _check_covers(where, entity, condition)


def _check_shards(pattern: AccessPattern, where: str) -> None:
    fields = (field for condition in pattern.key for field in condition.template.fields)
    shards = sorted({f"<{field.name}%{field.shards}>" for field in fields if field.shards})
    if len(shards) > 1:
        raise ModelError(
            f"{where}: its key condition has {len(shards)} shards ({', '.join(shards)}); one read "
            "visits the shards of 1 field: shard the key by one field"
        )


def _check_comparator(where: str, attribute: Attribute, condition: KeyCondition) -> None:
    comparator = condition.comparator
    if comparator is Comparator.BEGINS_WITH and attribute.type is AttributeType.NUMBER:
        raise ModelError(
            f"{where}: {attribute.name!r} is a number, which has no beginning; compare it by "
            "BETWEEN, <, <=, > or >="
        )
    if (comparator is Comparator.BETWEEN) is (condition.upper is None):
        raise ModelError(
            f"{where}: {attribute.name!r} is compared by {comparator} "
            f"{'without' if condition.upper is None else 'with'} an upper end; BETWEEN has one, "
            "every other comparator none"
        )


def _check_covers(where: str, entity: Entity, condition: KeyCondition) -> None:
    template = entity.keys.get(condition.attribute)
    whole = condition.comparator is Comparator.EQUALS
    for end in _ends(condition):
        if template is None or not template.covers(end, whole=whole):
            has = "has none" if template is None else f"is {template.text!r}"
            raise ModelError(
                f"{where} looks for {condition.attribute} {condition.comparator} "
                f"{end.text!r}, but that key of entity {entity.name!r} {has}; "
                "it would never be found: mend one of the two"
            )


def _ends(condition: KeyCondition) -> tuple[KeyTemplate, ...]:
    if condition.upper is None:
        return (condition.template,)
    return (condition.template, KeyTemplate(condition.upper.text.removesuffix(LAST)))
