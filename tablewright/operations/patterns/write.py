"""One write on one item: its request, when it is allowed, and what it leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tablewright.models import Operation, WriteCondition
from tablewright.operations.patterns.conditions import joined, write_condition

if TYPE_CHECKING:
    from tablewright.models import Entity
    from tablewright.operations.patterns.samples import Item, Placed, Samples

_OLD, _NEW = 1, 2
_ACTIONS = {
    Operation.PUT_ITEM: "Put",
    Operation.UPDATE_ITEM: "Update",
    Operation.DELETE_ITEM: "Delete",
    Operation.CONDITION_CHECK: "ConditionCheck",
}


@dataclass(frozen=True)
class Write:
    """A put, update, delete or check of the entity's item whose fields have one number.

    `taken` says whether the item is there before the write.
    """

    operation: Operation
    condition: WriteCondition
    entity: Entity
    before: Placed
    after: Placed
    taken: bool

    @classmethod
    def of(
        cls,
        samples: Samples,
        operation: Operation,
        condition: WriteCondition,
        entity: Entity,
        number: int,
        *,
        taken: bool,
    ) -> Write:
        """Compose the item of that number as it is before a write, and as the write wants it."""
        before = samples.number(entity, number, revision=_OLD)
        after = samples.number(entity, number, revision=_NEW)
        return cls(operation, condition, entity, before, after, taken)

    @property
    def allowed(self) -> bool:
        """Tell whether the condition holds."""
        return {
            WriteCondition.NONE: True,
            WriteCondition.ABSENT: not self.taken,
            WriteCondition.EXISTS: self.taken,
        }[self.condition]

    @property
    def effect(self) -> Item | None:
        """Return what an allowed write leaves; None is nothing."""
        there = self.before.item if self.taken else None
        if self.operation is Operation.PUT_ITEM:
            return self.after.item
        if self.operation is Operation.DELETE_ITEM:
            return None
        if self.operation is Operation.UPDATE_ITEM:
            return {**(there or self.after.key), **self._changes}
        return there

    @property
    def unchanged(self) -> Item | None:
        """Return what is there when the write is refused."""
        return self.before.item if self.taken else None

    def request(self, table_name: str) -> dict[str, Any]:
        """Write the parameters of the operation."""
        partition_key = self.before.table.key.partition[0].name
        condition = write_condition(self.condition, partition_key)
        if self.operation is Operation.PUT_ITEM:
            return {"TableName": table_name, "Item": self.after.item, **condition}
        keyed = {"TableName": table_name, "Key": self.before.key}
        if self.operation is Operation.UPDATE_ITEM:
            return joined(keyed, _set(self._changes), condition)
        return {**keyed, **condition}

    def action(self, table_name: str) -> dict[str, Any]:
        """Write the operation as a part of a transaction."""
        return {_ACTIONS[self.operation]: self.request(table_name)}

    @property
    def _changes(self) -> Item:
        keys = self.entity.keys
        return {name: value for name, value in self.after.item.items() if name not in keys}


def _set(changes: Item) -> dict[str, Any]:
    aliased = list(enumerate(changes.items()))
    return {
        "UpdateExpression": "SET " + ", ".join(f"#u{n} = :u{n}" for n, _ in aliased),
        "ExpressionAttributeNames": {f"#u{n}": name for n, (name, _) in aliased},
        "ExpressionAttributeValues": {f":u{n}": value for n, (_, value) in aliased},
    }
