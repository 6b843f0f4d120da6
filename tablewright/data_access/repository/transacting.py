"""Transactions as access patterns declare them, once for each operation id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.data_access.errors import TooManyItems
from tablewright.data_access.repository import transactions
from tablewright.data_access.repository.conditions import check_operation_id, is_of, once
from tablewright.data_access.repository.expressions import of_condition, of_update
from tablewright.data_access.repository.performer import KEPT, Performer
from tablewright.data_access.transport.failures import Cancelled
from tablewright.models import ModelError, Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tablewright.data_access.repository.transactions import Part
    from tablewright.data_access.values.codec import Item
    from tablewright.models import TransactionPart


class Transacting(Performer):
    """Writes several items together or not at all; `transactions` makes the parts."""

    def _transact(self, pattern: str, op: str, *parts: Part) -> tuple[Item | None, ...] | None:
        """Write the parts together, once for each operation id.

        None where they are written now; where an earlier call with the same operation id wrote
        them, the items that it left, by part. Raises the refusal of the first part that refused.
        """
        check_operation_id(op)
        declared = self._declared(pattern, Operation.TRANSACT_WRITE_ITEMS)
        if len(parts) > transactions.MOST_ACTIONS:
            raise TooManyItems(
                f"{pattern}: {len(parts)} writes at once; a transaction takes "
                f"{transactions.MOST_ACTIONS}"
            )
        promised = [declared.parts[min(n, len(declared.parts) - 1)] for n in range(len(parts))]
        actions = [self._action(p, part, op) for p, part in zip(promised, parts, strict=True)]
        transactions.check_size(pattern, actions)
        try:
            with self._repeatable(op=op):
                self._send(
                    "transact_write_items",
                    TransactItems=actions,
                    ClientRequestToken=transactions.token(op, actions),
                )
        except Cancelled as cancelled:
            return self._settled(cancelled, promised, parts, op)
        return None

    def _settled(
        self,
        cancelled: Cancelled,
        promised: Sequence[TransactionPart],
        parts: Sequence[Part],
        op: str,
    ) -> tuple[Item | None, ...]:
        found = tuple(cancelled.item(number) for number in range(len(parts)))
        # What the transaction would have deleted or left alone is no witness that it happened.
        if any(is_of(item, op, part.stamp) for item, part in zip(found, parts, strict=True)):
            return found
        failed = next(number for number in range(len(parts)) if cancelled.failed(number))
        part = parts[failed]
        condition = promised[failed].condition
        raise self._refusal(
            part.kind, part.fields, condition, found[failed], part.refused
        ) from cancelled

    def _action(self, promised: TransactionPart, part: Part, op: str) -> dict[str, Any]:
        """Return one action of a request, as the pattern promises it."""
        if (promised.operation, promised.entity) != (part.operation, part.kind.entity):
            raise ModelError(
                f"a transaction does {part.operation} on {part.kind.entity.name!r} where its "
                f"access pattern declares {promised.operation} on {promised.entity.name!r}"
            )
        demands = self._demanded(part.kind, promised.condition, marked=part.marked)
        action: dict[str, Any] = {"TableName": self._table(part.kind), **KEPT}
        if part.operation is Operation.UPDATE_ITEM:
            stamped, unless_done = once(part.change, op, part.stamp)
            action |= of_update(stamped, demands & unless_done & part.condition)
        else:
            action |= of_condition(demands & part.condition)
        if part.record is None:
            action["Key"] = part.kind.key(part.fields)
        else:
            action["Item"] = part.kind.item(part.record, op)
        return {part.verb: action}
