"""The checks that each access pattern can be served by the tables as they are declared."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tablewright.models import limits
from tablewright.models.access import TRANSACTION_PARTS, Operation, WriteCondition
from tablewright.models.errors import ModelError
from tablewright.models.key_conditions import check_query
from tablewright.models.table import ProjectionKind
from tablewright.models.tenants import check_tenant_key

if TYPE_CHECKING:
    from tablewright.models.access import AccessPattern
    from tablewright.models.entity import Entity
    from tablewright.models.model import DataModel
    from tablewright.models.table import Index, TableSpec

_INDEXED = frozenset({Operation.QUERY, Operation.SCAN})
_WITHOUT_ENTITY = frozenset({Operation.READ_STREAM, Operation.SCAN, Operation.DESCRIBE_TABLE})
_CONDITIONAL = frozenset({Operation.PUT_ITEM, Operation.UPDATE_ITEM, Operation.DELETE_ITEM})


def check_pattern(model: DataModel, pattern: AccessPattern) -> None:
    """Refuse a pattern that DynamoDB, or the declared projection, cannot serve."""
    if pattern.operation is Operation.TRANSACT_WRITE_ITEMS:
        _check_transaction(model, pattern)
        check_tenant_key(model, pattern)
        return
    table = model.table(pattern.table)
    where = f"table {table.name!r}: access pattern {pattern.name!r}"
    _check_operation(pattern, table, where)
    _check_entities(model, pattern, where)
    _check_index_use(pattern, table, where)
    if pattern.operation is Operation.QUERY:
        check_query(pattern, table, where)
    elif pattern.key:
        raise ModelError(f"{where}: {pattern.operation} takes the entity's key; drop `key`")
    check_tenant_key(model, pattern)


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
    if pattern.tenant_key is not None and operation in _WITHOUT_ENTITY:
        raise ModelError(f"{where}: {operation} is not limited by a partition key; drop tenant_key")


def _check_entities(model: DataModel, pattern: AccessPattern, where: str) -> None:
    if pattern.operation not in _WITHOUT_ENTITY and not pattern.entities:
        raise ModelError(f"{where} names no entity; say which kind of item it touches")
    if pattern.operation is Operation.READ_STREAM and not any(
        entity.table == pattern.table for entity in model.entities
    ):
        raise ModelError(
            f"{where} reads the stream of a table without an entity; declare an entity of the "
            "table, so that the pattern can be tried"
        )
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
    _check_single_items(model, pattern, where)


def _check_single_items(model: DataModel, pattern: AccessPattern, where: str) -> None:
    """Refuse to take an item twice: where its key has no field, no value makes it another."""
    keys = (
        (part.table, tuple(part.entity.keys[name] for name in model.table(part.table).key.names))
        for part in pattern.parts
    )
    constant = Counter(key for key in keys if not any(template.fields for template in key[1]))
    for (table, key), count in constant.items():
        if count > 1:
            raise ModelError(
                f"{where} has {count} parts on the one item {[part.text for part in key]} of "
                f"table {table!r}; a transaction takes an item once: combine them in one part, "
                "or give the key a field"
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
