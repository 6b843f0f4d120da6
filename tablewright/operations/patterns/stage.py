"""The stage of one access pattern: items put for it, what they must be, and their removal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.operations.patterns.result import Disproved
from tablewright.operations.patterns.samples import Placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mypy_boto3_dynamodb import DynamoDBClient

    from tablewright.operations.patterns.samples import Item

BATCH_WRITES = 25
BATCH_READS = 100
_ATTEMPTS = 5


class Stage:
    """Keeps the tables of an emulator and an expectation of them in step.

    Every item that was ever on the stage is removed by `clear`.
    """

    def __init__(self, dynamodb: DynamoDBClient, names: Mapping[str, str]) -> None:
        self._dynamodb = dynamodb
        self._names = names
        self._places: dict[tuple[str, ...], Placed] = {}
        self._items: dict[tuple[str, ...], Item | None] = {}

    def physical(self, table: str) -> str:
        """Return a table's physical name; raises Disproved where it has none."""
        if table not in self._names:
            raise Disproved(f"table {table!r} has no physical name in this stack")
        return self._names[table]

    def put(self, placed: Iterable[Placed]) -> None:
        """Put items whatever is there, in batches."""
        unique = {one.identity: one for one in placed}
        for one in unique.values():
            self.expect(one, one.item)
        self._write(
            (self.physical(one.table.name), {"PutRequest": {"Item": one.item}})
            for one in unique.values()
        )

    def expect(self, placed: Placed, item: Item | None) -> None:
        """Note what the place of an item must hold from now on; None is nothing."""
        self._places[placed.identity] = placed
        self._items[placed.identity] = item

    def has(self, placed: Placed) -> bool:
        """Tell whether the place of an item is used on the stage."""
        return placed.identity in self._items

    def check(self) -> None:
        """Compare every item with the expectation; raises Disproved for the first difference."""
        found = self._read()
        for identity, expected in self._items.items():
            placed, got = self._places[identity], found.get(identity)
            if got != expected:
                raise Disproved(f"table {placed.table.name!r} holds {got} where {expected} must be")

    def clear(self) -> None:
        """Delete every item that was ever on the stage."""
        self._write(
            (self.physical(placed.table.name), {"DeleteRequest": {"Key": placed.key}})
            for placed in self._places.values()
        )
        self._places.clear()
        self._items.clear()

    def _read(self) -> dict[tuple[str, ...], Item]:
        by_name = {self.physical(p.table.name): p.table for p in self._places.values()}
        found: dict[tuple[str, ...], Item] = {}
        for chunk in _chunks(list(self._places.values()), BATCH_READS):
            request: dict[str, Any] = {}
            for placed in chunk:
                name = self.physical(placed.table.name)
                asked = request.setdefault(name, {"Keys": [], "ConsistentRead": True})
                asked["Keys"].append(placed.key)
            for _ in range(_ATTEMPTS):
                answer = self._dynamodb.batch_get_item(RequestItems=request)
                for name, items in answer["Responses"].items():
                    found.update((Placed(by_name[name], i).identity, i) for i in items)
                request = dict(answer.get("UnprocessedKeys") or {})
                if not request:
                    break
        return found

    def _write(self, writes: Iterable[tuple[str, Any]]) -> None:
        for chunk in _chunks(list(writes), BATCH_WRITES):
            request: dict[str, Any] = {}
            for name, write in chunk:
                request.setdefault(name, []).append(write)
            for _ in range(_ATTEMPTS):
                answer = self._dynamodb.batch_write_item(RequestItems=request)
                request = dict(answer.get("UnprocessedItems") or {})
                if not request:
                    break
            else:
                raise Disproved(f"the endpoint left writes undone {_ATTEMPTS} times: {request}")


def _chunks(entries: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(entries), size):
        yield entries[start : start + size]
