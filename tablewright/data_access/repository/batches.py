"""Many items in few requests: without duplicates, in the caller's order, and nothing lost silently.

DynamoDB takes 25 writes or 100 keys in a request, refuses duplicates, answers in no order, and may
leave some undone; those are sent again until the deadline, and told in Incomplete after it.
Source: API reference, BatchWriteItem and BatchGetItem.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tablewright.data_access.errors import Incomplete

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tablewright.data_access.transport.wire import Wire
    from tablewright.data_access.values.codec import Item

MOST_WRITES: Final = 25
MOST_KEYS: Final = 100


def write_all(
    wire: Wire, table: str, key: Sequence[str], *, puts: Iterable[Item], deletes: Iterable[Item]
) -> None:
    """Put and delete items; of several writes to one key the last counts, deletes after puts.

    `key` names the table's key attributes; `deletes` are keys. Not atomic: readers may see some of
    it. Raises Incomplete with the requests that are left over.
    """
    requests: dict[str, Any] = {}
    for item in puts:
        requests[_identity(item, key)] = {"PutRequest": {"Item": item}}
    for of in deletes:
        requests[_identity(of, key)] = {"DeleteRequest": {"Key": of}}
    for some in _chunks(list(requests.values()), MOST_WRITES):
        _write_some(wire, table, some)


def get_all(
    wire: Wire,
    table: str,
    key: Sequence[str],
    keys: Sequence[Item],
    **options: Any,  # noqa: ANN401 -- as boto3 takes them
) -> list[Item | None]:
    """Read items by their keys, strongly: one for each key in the same order, None where absent.

    `options` go to boto3 as they are, such as a projection. Raises Incomplete with the keys that
    are left over.
    """
    wanted = {_identity(of, key): of for of in keys}
    found: dict[str, Item] = {}
    for some in _chunks(list(wanted.values()), MOST_KEYS):
        for item in _read_some(wire, table, some, options):
            found[_identity(item, key)] = item
    return [found.get(_identity(of, key)) for of in keys]


def _write_some(wire: Wire, table: str, requests: list[Any]) -> None:
    deadline = wire.patience.start()
    while requests:
        reply = wire.send("batch_write_item", RequestItems={table: requests})
        requests = reply.get("UnprocessedItems", {}).get(table, [])
        if requests and not deadline.pause():
            raise Incomplete(
                f"batch_write_item: {len(requests)} writes are left over at the deadline; "
                "write them again",
                tuple(requests),
            )


def _read_some(wire: Wire, table: str, keys: list[Item], options: dict[str, Any]) -> Iterator[Item]:
    deadline = wire.patience.start()
    while keys:
        asked = {"Keys": keys, "ConsistentRead": True, **options}
        reply = wire.send("batch_get_item", RequestItems={table: asked})
        yield from reply.get("Responses", {}).get(table, [])
        keys = reply.get("UnprocessedKeys", {}).get(table, {}).get("Keys", [])
        if keys and not deadline.pause():
            raise Incomplete(
                f"batch_get_item: {len(keys)} keys are left over at the deadline; read them again",
                tuple(keys),
            )


def _identity(item: Item, key: Sequence[str]) -> str:
    return json.dumps([item[attribute] for attribute in key], sort_keys=True)


def _chunks(everything: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(everything), size):
        yield everything[start : start + size]
