"""Transactions: parts that are written together or not at all, once for each operation id.

Source: API reference, TransactWriteItems: at most 100 actions and 4 MB, no item twice; a token of
at most 36 characters makes a repeated request count once within ten minutes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tablewright.data_access.errors import TooManyItems
from tablewright.data_access.repository.conditions import NOTHING
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.repository.kinds import OPERATION_ID
from tablewright.data_access.values.sizes import MOST_ITEM_BYTES, size_of
from tablewright.models import Operation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tablewright.data_access.repository.kinds import Kind
    from tablewright.data_access.repository.performer import Refusal
    from tablewright.data_access.repository.records import Record

MOST_ACTIONS: Final = 100
MOST_BYTES: Final = 4 * 1024 * 1024
_TOKEN_CHARACTERS: Final = 36
_VERBS: Final = {
    Operation.PUT_ITEM: "Put",
    Operation.UPDATE_ITEM: "Update",
    Operation.DELETE_ITEM: "Delete",
    Operation.CONDITION_CHECK: "ConditionCheck",
}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One action of a transaction, beside what the access pattern demands of it."""

    operation: Operation
    kind: Kind[Any]
    record: Record | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    change: Change = field(default_factory=Change)
    condition: Condition = NOTHING
    refused: Refusal | None = None
    marked: bool = False
    stamp: str | None = OPERATION_ID

    @property
    def verb(self) -> str:
        """The word for the action in a request."""
        return _VERBS[self.operation]


def put(
    kind: Kind[Any],
    record: Record,
    *,
    refused: Refusal | None = None,
) -> Part:
    """Put a record."""
    return Part(
        operation=Operation.PUT_ITEM,
        kind=kind,
        record=record,
        fields=kind.identity(record),
        refused=refused,
    )


def update(
    kind: Kind[Any],
    fields: Mapping[str, object],
    change: Change,
    *,
    condition: Condition = NOTHING,
    refused: Refusal | None = None,
    marked: bool = False,
    stamp: str | None = OPERATION_ID,
) -> Part:
    """Change an item; `marked` takes one whose deletion has begun too.

    `stamp` is the attribute that keeps the operation's id, None where another part keeps it.
    """
    return Part(
        operation=Operation.UPDATE_ITEM,
        kind=kind,
        fields=fields,
        change=change,
        condition=condition,
        refused=refused,
        marked=marked,
        stamp=stamp,
    )


def delete(
    kind: Kind[Any],
    fields: Mapping[str, object],
    *,
    condition: Condition = NOTHING,
    refused: Refusal | None = None,
    marked: bool = False,
) -> Part:
    """Delete an item; `marked` takes one whose deletion has begun too."""
    return Part(
        operation=Operation.DELETE_ITEM,
        kind=kind,
        fields=fields,
        condition=condition,
        refused=refused,
        marked=marked,
        stamp=None,
    )


def check(
    kind: Kind[Any],
    fields: Mapping[str, object],
    *,
    condition: Condition = NOTHING,
    refused: Refusal | None = None,
    marked: bool = False,
) -> Part:
    """Demand something of an item that stays as it is; `marked` as in `update`."""
    return Part(
        operation=Operation.CONDITION_CHECK,
        kind=kind,
        fields=fields,
        condition=condition,
        refused=refused,
        marked=marked,
        stamp=None,
    )


def check_size(pattern: str, actions: Sequence[Mapping[str, Any]]) -> None:
    """Raise TooManyItems for items that together have more bytes than one transaction takes."""
    items = [action["Put"]["Item"] for action in actions if "Put" in action]
    if len(items) * MOST_ITEM_BYTES <= MOST_BYTES:
        return
    size = sum(map(size_of, items))
    if size > MOST_BYTES:
        raise TooManyItems(
            f"{pattern}: {len(items)} items of {size:,} bytes together; a transaction takes "
            f"{MOST_BYTES:,}"
        )


def token(operation_id: str, actions: Sequence[Mapping[str, Any]]) -> str:
    """Return the token of an operation: the same for the same request, and for no other.

    DynamoDB refuses a token that comes back with another request, so both are in it.
    """
    text = json.dumps([operation_id, actions], sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()[:_TOKEN_CHARACTERS]
