"""Many items in few requests: without duplicates, in the caller's order, and nothing lost silently.

DynamoDB takes 25 writes or 100 keys and 16 MB in a request, refuses duplicates, answers in no
order, and may leave some undone; those are sent again until the deadline, and told in Incomplete
after it. The deadline is one for the whole call, however many requests it takes.
Source: API reference, BatchWriteItem and BatchGetItem.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from tablewright.data_access.errors import DataAccessError, Incomplete

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tablewright.data_access.transport.timing import Deadline
    from tablewright.data_access.transport.wire import Wire
    from tablewright.data_access.values.codec import AttributeValue, Item

Identity = tuple[tuple[str, object], ...]
"""The values of an item's key."""

MOST_WRITES: Final = 25
MOST_KEYS: Final = 100
MOST_REQUEST_BYTES: Final = 16_000_000
"""16 MB as JSON writes them, which may be six times as many as an item is billed for."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One write or key: whose it is, what is sent for it, and what the caller calls it."""

    identity: Identity
    sent: Any
    of: object
    size: int = 0


def write_all(
    wire: Wire,
    table: str,
    key: Sequence[str],
    *,
    puts: Iterable[tuple[Item, object]] = (),
    deletes: Iterable[tuple[Item, object]] = (),
) -> None:
    """Put and delete items; of several writes to one key the last counts, deletes after puts.

    `key` names the table's key attributes; with each item, and with each key to delete, comes what
    the caller calls it. Not atomic: readers may see some of it. Raises Incomplete with what is left
    over, in the caller's words; what could not even begin raises its own error.
    """
    parts: dict[Identity, _Part] = {}
    for item, of in puts:
        part = _write({"PutRequest": {"Item": item}}, _identity(item, key), of)
        parts[part.identity] = part
    for at, of in deletes:
        part = _write({"DeleteRequest": {"Key": at}}, _identity(at, key), of)
        parts[part.identity] = part

    def send(deadline: Deadline, some: Sequence[_Part]) -> set[Identity]:
        items = {table: [part.sent for part in some]}
        reply = wire.send_within(deadline, "batch_write_item", RequestItems=items)
        left = reply.get("UnprocessedItems", {}).get(table, [])
        return {_identity(_key_of(request), key) for request in left}

    _send_all(wire, list(parts.values()), MOST_WRITES, send, "batch_write_item: {} writes")


def get_all(
    wire: Wire, table: str, key: Sequence[str], keys: Sequence[tuple[Item, object]]
) -> list[Item | None]:
    """Read items by their keys, strongly: one for each key in the same order, None where absent.

    Raises Incomplete with what is left over, in the caller's words.
    """
    identities = [_identity(at, key) for at, _ in keys]
    parts = {
        identity: _Part(identity, at, of)
        for identity, (at, of) in zip(identities, keys, strict=True)
    }
    found: dict[Identity, Item] = {}

    def send(deadline: Deadline, some: Sequence[_Part]) -> set[Identity]:
        asked = {"Keys": [part.sent for part in some], "ConsistentRead": True}
        reply = wire.send_within(deadline, "batch_get_item", RequestItems={table: asked})
        for item in reply.get("Responses", {}).get(table, []):
            found[_identity(item, key)] = item
        left = reply.get("UnprocessedKeys", {}).get(table, {}).get("Keys", [])
        return {_identity(at, key) for at in left}

    _send_all(wire, list(parts.values()), MOST_KEYS, send, "batch_get_item: {} keys")
    return [found.get(identity) for identity in identities]


def _send_all(
    wire: Wire,
    waiting: list[_Part],
    most: int,
    send: Callable[[Deadline, Sequence[_Part]], set[Identity]],
    what: str,
) -> None:
    """Send all parts; `send` returns the identities of those that a request left undone.

    They are sent again as they were given: a response of the fast path holds bytes as text.
    """
    everything = len(waiting)
    deadline = wire.patience.start()
    pauses = deadline.afresh()
    while waiting:
        some = _fitting(waiting, most)
        try:
            undone = send(deadline, some)
        except DataAccessError as error:
            if len(waiting) == everything:
                raise
            raise _incomplete(what, waiting, f": {error}") from error
        left = [part for part in some if part.identity in undone]
        waiting = left + waiting[len(some) :]
        if not left:
            pauses = deadline.afresh()
        in_time = pauses.pause() if left else deadline.remaining_seconds > 0
        if waiting and not in_time:
            raise _incomplete(what, waiting, " at the deadline")


def _fitting(waiting: Sequence[_Part], most: int) -> Sequence[_Part]:
    """Return the first parts, as many as one request takes."""
    room = MOST_REQUEST_BYTES
    for number, part in enumerate(waiting[:most]):
        room -= part.size
        if room < 0 and number:
            return waiting[:number]
    return waiting[:most]


def _incomplete(what: str, waiting: Sequence[_Part], why: str) -> Incomplete:
    told = f"{what.format(len(waiting))} are left over{why}; call again with what is left over"
    return Incomplete(told, tuple(part.of for part in waiting))


def _write(request: dict[str, Any], identity: Identity, of: object) -> _Part:
    return _Part(identity, request, of, size=len(json.dumps(request, default=_text)) + 1)


def _key_of(request: dict[str, Any]) -> Item:
    put = request.get("PutRequest")
    at: Item = put["Item"] if put else request["DeleteRequest"]["Key"]
    return at


def _identity(item: Item, key: Sequence[str]) -> Identity:
    return tuple(_value(item[attribute]) for attribute in key)


def _value(value: AttributeValue) -> tuple[str, object]:
    """Return a key's value in a form that is equal however it was written."""
    ((tag, content),) = value.items()
    if tag == "N":
        return tag, Decimal(content)
    if tag == "B":
        return tag, b64decode(content) if isinstance(content, str) else bytes(content)
    return tag, content


def _text(content: bytes) -> str:
    return b64encode(content).decode()
