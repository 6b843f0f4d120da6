"""Writes of single items, and batches: each counts once for each operation id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from tablewright.data_access.repository import batches
from tablewright.data_access.repository.conditions import (
    NOTHING,
    check_operation_id,
    is_of,
    once,
)
from tablewright.data_access.repository.expressions import of_condition, of_update
from tablewright.data_access.repository.kinds import OPERATION_ID
from tablewright.data_access.repository.performer import KEPT, Performer, Refusal
from tablewright.data_access.repository.records import Record
from tablewright.data_access.transport.failures import ConditionFailed
from tablewright.models import Operation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tablewright.data_access.repository.expressions import Change, Condition
    from tablewright.data_access.repository.kinds import Kind

R = TypeVar("R", bound=Record)


class Writing(Performer):
    """Writes as access patterns declare them, under their conditions.

    `op` is the id of an operation: repeated with the same one, a write counts once.
    """

    def _put(
        self,
        pattern: str,
        kind: Kind[R],
        record: R,
        *,
        op: str,
        condition: Condition = NOTHING,
        refused: Refusal | None = None,
    ) -> R:
        """Put a record as the pattern demands: over nothing, or over one that exists."""
        check_operation_id(op)
        declared = self._declared(pattern, Operation.PUT_ITEM)
        demands = self._demanded(kind, declared.condition) & condition
        try:
            with self._repeatable(op=op):
                self._send(
                    "put_item",
                    TableName=self._table(kind),
                    Item=kind.item(record, op),
                    **of_condition(demands),
                    **(KEPT if demands.text else {}),
                )
        except ConditionFailed as failed:
            if is_of(failed.item, op):
                return kind.read(failed.item or {})
            fields = kind.identity(record)
            raise self._refusal(kind, fields, declared.condition, failed.item, refused) from failed
        return record

    def _update(
        self,
        pattern: str,
        kind: Kind[R],
        fields: Mapping[str, object],
        change: Change,
        *,
        op: str,
        condition: Condition = NOTHING,
        refused: Refusal | None = None,
        marked: bool = False,
        stamp: str = OPERATION_ID,
    ) -> R:
        """Change an item once for each operation id, and return it as it is then.

        `refused` gives the error for the item that the condition met; usual are NotFound and
        VersionConflict. `marked` takes an item whose deletion has begun too. `stamp` is the
        attribute that keeps the operation's id.
        """
        check_operation_id(op)
        declared = self._declared(pattern, Operation.UPDATE_ITEM)
        stamped, unless_done = once(change, op, stamp)
        demands = self._demanded(kind, declared.condition, marked=marked) & unless_done & condition
        try:
            with self._repeatable(op=op):
                reply = self._send(
                    "update_item",
                    TableName=self._table(kind),
                    Key=kind.key(fields),
                    **of_update(stamped, demands),
                    ReturnValues="ALL_NEW",
                    **KEPT,
                )
        except ConditionFailed as failed:
            if is_of(failed.item, op, stamp):
                return kind.read(failed.item or {})
            raise self._refusal(kind, fields, declared.condition, failed.item, refused) from failed
        return kind.read(reply["Attributes"])

    def _delete(
        self,
        pattern: str,
        kind: Kind[Any],
        fields: Mapping[str, object],
        *,
        condition: Condition = NOTHING,
        refused: Refusal | None = None,
    ) -> None:
        """Delete an item by its key; one that is absent already is no error."""
        declared = self._declared(pattern, Operation.DELETE_ITEM)
        demands = self._demanded(kind, declared.condition, marked=True) & condition
        try:
            self._send(
                "delete_item",
                TableName=self._table(kind),
                Key=kind.key(fields),
                **of_condition(demands),
                **(KEPT if demands.text else {}),
            )
        except ConditionFailed as failed:
            raise self._refusal(kind, fields, declared.condition, failed.item, refused) from failed

    def _batch_write(
        self,
        pattern: str,
        kind: Kind[R],
        *,
        puts: Sequence[R] = (),
        deletes: Sequence[Mapping[str, object]] = (),
        op: str | None = None,
    ) -> None:
        """Put and delete items in batches: not atomic, without conditions, the last one wins.

        Raises Incomplete with those of `puts` and `deletes` that are left over.
        """
        if op is not None:
            check_operation_id(op)
        self._declared(pattern, Operation.BATCH_WRITE_ITEM)
        batches.write_all(
            self._connection.wire,
            self._table(kind),
            kind.table.key.names,
            puts=[(kind.item(record, op), record) for record in puts],
            deletes=[(kind.key(fields), fields) for fields in deletes],
        )
