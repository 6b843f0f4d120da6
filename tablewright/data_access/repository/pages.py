"""Pages of a query: filled as far as a bounded number of reads goes, with a cursor to the next.

DynamoDB's Limit counts items before a filter drops some, so a page of a filtered query may come
back empty and still not be the last: only a missing cursor says that.
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from tablewright.data_access.errors import InvalidInput
from tablewright.data_access.values.shown import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tablewright.data_access.repository.cursors import Cursors
    from tablewright.data_access.transport.timing import Deadline
    from tablewright.data_access.transport.wire import Wire
    from tablewright.data_access.values.codec import AttributeValue, Item

T = TypeVar("T")

MOST_IN_A_PAGE: Final = 1000
MOST_READS: Final = 10
"""Requests for one page; a filter that drops nearly everything ends a page early."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some results, and where the next ones start; None where there are no more."""

    items: tuple[T, ...]
    cursor: str | None = None


@dataclass(frozen=True, kw_only=True)
class Query(Generic[T]):
    """A request of `query`, and everything that its cursors must be for.

    `decode` gives None for an item that does not count. `scope` names what the request itself may
    not show: the tenant, or a filter by another name.
    """

    wire: Wire
    cursors: Cursors
    request: dict[str, Any]
    decode: Callable[[Item], T | None]
    scope: tuple[object, ...] = ()

    def page(self, *, limit: int, cursor: str | None = None) -> Page[T]:
        """Return up to `limit` results."""
        check_limit(limit)
        start = None if cursor is None else self.cursors.read(cursor, self.covered())
        found: list[T] = []
        deadline = self.wire.patience.start()  # one for the page, however many reads it takes
        for _ in range(MOST_READS):
            reply = self._read(start, limit - len(found), deadline)
            found += self._counting(reply["Items"])
            start = reply.get("LastEvaluatedKey")
            if start is None or len(found) == limit or deadline.remaining_seconds <= 0:
                break
        following = None if start is None else self.cursors.write(start, self.covered())
        return Page(tuple(found), following)

    def each(self) -> Iterator[T]:
        """Give every result, holding one response at a time."""
        return self._counting(self.items())

    def items(
        self,
        start: Item | None = None,
        limit: int | None = None,
        deadline: Deadline | None = None,
    ) -> Iterator[Item]:
        """Give every item as it is stored, behind a start key; `limit` is of one response.

        Each response has a deadline of its own unless one is given for all.
        """
        while True:
            reply = self._read(start, limit, deadline)
            yield from reply["Items"]
            start = reply.get("LastEvaluatedKey")
            del reply  # or there would be two while the next one is read
            if start is None:
                return

    def covered(self) -> Sequence[object]:
        """Return everything that a cursor of this query is signed for."""
        return (sorted(self.request.items()), *self.scope)

    def _read(
        self, start: Item | None, limit: int | None, deadline: Deadline | None = None
    ) -> dict[str, Any]:
        more: dict[str, Any] = {} if limit is None else {"Limit": limit}
        if start is not None:
            more["ExclusiveStartKey"] = {name: _as_sent(value) for name, value in start.items()}
        deadline = deadline or self.wire.patience.start()
        return self.wire.send_within(deadline, "query", **self.request, **more)

    def _counting(self, items: Iterable[Item]) -> Iterator[T]:
        return (result for result in map(self.decode, items) if result is not None)


def _as_sent(value: AttributeValue) -> AttributeValue:
    """Return a key's value as boto3 sends it: bytes, where the fast path read base64 text."""
    content = value.get("B")
    return {"B": b64decode(content)} if isinstance(content, str) else value


def check_limit(limit: int) -> None:
    """Refuse a page of no size, or of one that is no page any more."""
    if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MOST_IN_A_PAGE:
        raise InvalidInput(f"a page of {shown(limit)} items; ask for 1 to {MOST_IN_A_PAGE}")


def walk(page: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """Give every result of a method that gives pages, holding one page at a time.

    `walk(lambda cursor: files.list_files("u1", cursor=cursor))`
    """
    cursor: str | None = None
    while True:
        results = page(cursor)
        yield from results.items
        cursor = results.cursor
        del results  # or there would be two while the next one is read
        if cursor is None:
            return
