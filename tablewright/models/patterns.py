"""Short ways to declare access patterns, their key conditions and the parts of transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.models.access import (
    AccessPattern,
    Comparator,
    KeyCondition,
    Operation,
    TransactionPart,
    WriteCondition,
)
from tablewright.models.keys import KeyTemplate

if TYPE_CHECKING:
    from tablewright.models.entity import Entity


def equals(attribute: str, template: str) -> KeyCondition:
    """Demand that the attribute is exactly the composed key."""
    return KeyCondition(
        attribute=attribute, comparator=Comparator.EQUALS, template=KeyTemplate(template)
    )


def begins_with(attribute: str, template: str) -> KeyCondition:
    """Demand that the attribute begins with the composed key."""
    return KeyCondition(
        attribute=attribute, comparator=Comparator.BEGINS_WITH, template=KeyTemplate(template)
    )


def between(attribute: str, low: str, high: str) -> KeyCondition:
    """Demand that the attribute lies between two composed keys, both included.

    End `high` with `keys.LAST` to take in every key that begins with it.
    """
    return KeyCondition(
        attribute=attribute,
        comparator=Comparator.BETWEEN,
        template=KeyTemplate(low),
        upper=KeyTemplate(high),
    )


def compare(attribute: str, comparator: Comparator, template: str) -> KeyCondition:
    """Demand that the attribute is before or after the composed key."""
    return KeyCondition(attribute=attribute, comparator=comparator, template=KeyTemplate(template))


def get(name: str, entity: Entity, *consumers: str) -> AccessPattern:
    """Read one item by its whole key, strongly consistent."""
    return AccessPattern(
        name=name,
        consumers=consumers,
        operation=Operation.GET_ITEM,
        entities=(entity,),
        strong=True,
    )


def create(name: str, entity: Entity, *consumers: str) -> AccessPattern:
    """Put an item whose key is not taken."""
    return AccessPattern(
        name=name,
        consumers=consumers,
        operation=Operation.PUT_ITEM,
        entities=(entity,),
        condition=WriteCondition.ABSENT,
    )


def replace(name: str, entity: Entity, *consumers: str) -> AccessPattern:
    """Put an item over one that exists."""
    return AccessPattern(
        name=name,
        consumers=consumers,
        operation=Operation.PUT_ITEM,
        entities=(entity,),
        condition=WriteCondition.EXISTS,
    )


def update(
    name: str, entity: Entity, *consumers: str, condition: WriteCondition = WriteCondition.EXISTS
) -> AccessPattern:
    """Change attributes of an item, which must exist unless the condition says otherwise."""
    return AccessPattern(
        name=name,
        consumers=consumers,
        operation=Operation.UPDATE_ITEM,
        entities=(entity,),
        condition=condition,
    )


def delete(
    name: str, entity: Entity, *consumers: str, condition: WriteCondition = WriteCondition.NONE
) -> AccessPattern:
    """Delete an item by its whole key; idempotent unless the condition says otherwise."""
    return AccessPattern(
        name=name,
        consumers=consumers,
        operation=Operation.DELETE_ITEM,
        entities=(entity,),
        condition=condition,
    )


def query(
    name: str,
    entities: Entity | tuple[Entity, ...],
    *consumers: str,
    key: KeyCondition | tuple[KeyCondition, ...],
    index: str | None = None,
    descending: bool = False,
    attributes: tuple[str, ...] = (),
) -> AccessPattern:
    """Read items of one partition in key order: strong on a table, eventual on an index."""
    return AccessPattern(
        name=name,
        consumers=consumers,
        operation=Operation.QUERY,
        entities=entities if isinstance(entities, tuple) else (entities,),
        index=index,
        key=key if isinstance(key, tuple) else (key,),
        descending=descending,
        attributes=attributes,
        strong=index is None,
    )


def batch_get(name: str, entity: Entity, *consumers: str) -> AccessPattern:
    """Read up to 100 items by their keys, strongly consistent."""
    return AccessPattern(
        name=name,
        consumers=consumers,
        operation=Operation.BATCH_GET_ITEM,
        entities=(entity,),
        strong=True,
    )


def batch_write(name: str, entity: Entity, *consumers: str) -> AccessPattern:
    """Put or delete up to 25 items."""
    return AccessPattern(
        name=name,
        consumers=consumers,
        operation=Operation.BATCH_WRITE_ITEM,
        entities=(entity,),
    )


def transact(name: str, *consumers: str, parts: tuple[TransactionPart, ...]) -> AccessPattern:
    """Write several items, in one table or several, all or none."""
    return AccessPattern(
        name=name, consumers=consumers, operation=Operation.TRANSACT_WRITE_ITEMS, parts=parts
    )


def read_stream(name: str, table: str, *consumers: str) -> AccessPattern:
    """Read every change of a table from its stream."""
    return AccessPattern(
        name=name, consumers=consumers, operation=Operation.READ_STREAM, table=table
    )


def put_part(entity: Entity, condition: WriteCondition = WriteCondition.ABSENT) -> TransactionPart:
    """Put an item in a transaction; its key must be free unless the condition says otherwise."""
    return TransactionPart(operation=Operation.PUT_ITEM, entity=entity, condition=condition)


def update_part(
    entity: Entity, condition: WriteCondition = WriteCondition.EXISTS
) -> TransactionPart:
    """Update an item in a transaction; it must exist unless the condition says otherwise."""
    return TransactionPart(operation=Operation.UPDATE_ITEM, entity=entity, condition=condition)


def delete_part(
    entity: Entity, condition: WriteCondition = WriteCondition.EXISTS
) -> TransactionPart:
    """Delete an item in a transaction; it must exist unless the condition says otherwise."""
    return TransactionPart(operation=Operation.DELETE_ITEM, entity=entity, condition=condition)


def check_part(entity: Entity) -> TransactionPart:
    """Demand in a transaction that an item exists."""
    return TransactionPart(
        operation=Operation.CONDITION_CHECK, entity=entity, condition=WriteCondition.EXISTS
    )
