"""The checks that each access pattern can be served by the tables as they are declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.models import limits
from tablewright.models.access import TRANSACTION_PARTS, Comparator, Operation, WriteCondition
from tablewright.models.errors import ModelError
from tablewright.models.keys import LAST, KeyTemplate
from tablewright.models.table import AttributeType, ProjectionKind

if TYPE_CHECKING:
    from tablewright.models.access import AccessPattern, KeyCondition
    from tablewright.models.entity import Entity
    from tablewright.models.model import DataModel
    from tablewright.models.table import Attribute, Index, TableSpec

_INDEXED = frozenset({Operation.QUERY, Operation.SCAN})
_WITHOUT_ENTITY = frozenset({Operation.READ_STREAM, Operation.SCAN, Operation.DESCRIBE_TABLE})
_CONDITIONAL = frozenset({Operation.PUT_ITEM, Operation.UPDATE_ITEM, Operation.DELETE_ITEM})


def check_pattern(model: DataModel, pattern: AccessPattern) -> None:
    """Refuse a pattern that DynamoDB, or the declared projection, cannot serve."""
    if pattern.operation is Operation.TRANSACT_WRITE_ITEMS:
        _check_transaction(model, pattern)
        return
    table = model.table(pattern.table)
    where = f"table {table.name!r}: access pattern {pattern.name!r}"
    _check_operation(pattern, table, where)
    _check_entities(model, pattern, where)
    _check_index_use(pattern, table, where)
    if pattern.operation is Operation.QUERY:
        _check_query(pattern, table, where)
    elif pattern.key:
        raise ModelError(f"{where}: {pattern.operation} takes the entity's key; drop `key`")


def _check_operation(pattern: AccessPattern, table: TableSpec, where: str) -> None:
    operation = pattern.operation
    if operation is Operation.CONDITION_CHECK:
        raise ModelError(f"{where}: a ConditionCheckItem is part of a transaction; use transact()")
    if operation is Operation.SCAN and not pattern.reason:
        raise ModelError(f"{where} is a Scan without a reason; query an index, or write down why")
    if operation is Operation.READ_STREAM and table.stream is None:
        raise ModelError(f"{where} reads a stream, but the table has none; declare stream=Stream()")
    if pattern.condition is not WriteCondition.NONE and operation not in _CONDITIONAL:
        raise ModelError(f"{where}: {operation} takes no condition; drop it")
    if pattern.tenant_key and operation in _WITHOUT_ENTITY:
        raise ModelError(f"{where}: {operation} is not limited by a partition key; drop tenant_key")


def _check_entities(model: DataModel, pattern: AccessPattern, where: str) -> None:
    if pattern.operation not in _WITHOUT_ENTITY and not pattern.entities:
        raise ModelError(f"{where} names no entity; say which kind of item it touches")
    for entity in pattern.entities:
        _check_known(model, where, entity)
        if entity.table != pattern.table:
            raise ModelError(
                f"{where} names entity {entity.name!r} of table {entity.table!r}; "
                "one operation reads one table"
            )


def _check_known(model: DataModel, where: str, entity: Entity) -> None:
    if not model.knows(entity):
        raise ModelError(
            f"{where} names entity {entity.name!r}, which is not in the model's entities; add it"
        )


def _check_transaction(model: DataModel, pattern: AccessPattern) -> None:
    where = f"model {model.name!r}: access pattern {pattern.name!r}"
    if not 1 <= len(pattern.parts) <= limits.TRANSACTION_ACTIONS:
        raise ModelError(
            f"{where} has {len(pattern.parts)} parts; a transaction takes 1 to "
            f"{limits.TRANSACTION_ACTIONS}"
        )
    for part in pattern.parts:
        _check_known(model, where, part.entity)
        if part.operation not in TRANSACTION_PARTS:
            raise ModelError(
                f"{where}: {part.operation} cannot be part of a transaction; use Put, Update, "
                "Delete or ConditionCheck"
            )


def _check_index_use(pattern: AccessPattern, table: TableSpec, where: str) -> None:
    if pattern.index is None:
        return
    index = table.index(pattern.index)
    if pattern.operation not in _INDEXED:
        raise ModelError(
            f"{where}: {pattern.operation} works on the table, not on index {index.name!r}; "
            "use a Query, or drop the index"
        )
    if pattern.strong and not index.local:
        raise ModelError(
            f"{where} reads global index {index.name!r} strongly; AWS offers eventual reads only "
            "there: drop strong, or read the table"
        )
    missing = [name for name in pattern.attributes if name not in _held(table, index)]
    if index.projection.kind is not ProjectionKind.ALL and (missing or not pattern.attributes):
        lacks = f"lacks {missing}" if missing else "does not hold all attributes"
        raise ModelError(
            f"{where} needs {list(pattern.attributes) or 'all attributes'}, but index "
            f"{index.name!r} {lacks} ({index.projection.kind}); project them, or need less"
        )


def _held(table: TableSpec, index: Index) -> set[str]:
    return {*table.key.names, *index.key.names, *index.projection.attributes}


def _check_query(pattern: AccessPattern, table: TableSpec, where: str) -> None:
    key = table.key_of(pattern.index)
    on = f"index {pattern.index!r}" if pattern.index else "the table"
    given = [condition.attribute for condition in pattern.key]
    least, names = len(key.partition), list(key.names)
    if given != names[: len(given)] or len(given) < least:
        raise ModelError(
            f"{where}: its key condition is on {given}, but {on} has the key {names}; name the "
            f"partition key ({', '.join(names[:least])}), then sort key attributes from the left"
        )
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
