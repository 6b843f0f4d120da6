"""Keys and access patterns as one line of text, for tests that compare them with a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.models import Operation, WriteCondition
from tablewright.models.keys import LAST

if TYPE_CHECKING:
    from tablewright.models import AccessPattern, Key, KeyCondition, Projection

_CONDITIONS = {
    WriteCondition.NONE: "",
    WriteCondition.ABSENT: " if absent",
    WriteCondition.EXISTS: " if exists",
}


def described_key(key: Key) -> str:
    """Return the key attributes with their types."""
    return ", ".join(f"{attribute.name} {attribute.type}" for attribute in key.attributes)


def described_projection(projection: Projection) -> str:
    """Return the kind of projection and its attributes."""
    return " ".join((projection.kind, *projection.attributes))


def described_pattern(pattern: AccessPattern) -> str:
    """Return what a pattern does: operation, kind of item, index, key condition, order."""
    if pattern.parts:
        parts = (
            f"{part.operation.removesuffix('Item')} {part.entity.name}{_CONDITIONS[part.condition]}"
            for part in pattern.parts
        )
        return f"Transaction of {', '.join(parts)}"
    items = " and ".join(entity.name for entity in pattern.entities) or pattern.table
    if pattern.operation is not Operation.QUERY:
        return f"{pattern.operation} {items}{_CONDITIONS[pattern.condition]}"
    index = f" on {pattern.index}" if pattern.index else ""
    order = ", descending" if pattern.descending else ""
    only = f", only {' '.join(pattern.attributes)}" if pattern.attributes else ""
    where = " and ".join(map(_described_condition, pattern.key))
    return f"Query {items}{index} where {where}{order}{only}"


def _described_condition(condition: KeyCondition) -> str:
    text = f"{condition.attribute} {condition.comparator} {condition.template.text}"
    if condition.upper is None:
        return text
    return f"{text} and {condition.upper.text.replace(LAST, '…')}"
