"""Pages of a query: filled as far as a bounded number of reads goes, with a cursor to the next.

DynamoDB's Limit counts items before a filter drops some, so a page of a filtered query may come
back empty and still not be the last: only a missing cursor says that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from tablewright.data_access.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tablewright.data_access.repository.cursors import Cursors
    from tablewright.data_access.transport.wire import Wire
    from tablewright.data_access.values.codec import Item

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
class Query:
    """A request of `query`, and everything that its cursors must be for.

    `scope` names what the request itself may not show: the tenant, or a filter by another name.
    """

    wire: Wire
    cursors: Cursors
    request: dict[str, Any]
    scope: tuple[object, ...] = ()

    def page(
        self,
        decode: Callable[[Item], T | None],
        *,
        limit: int,
        cursor: str | None = None,
    ) -> Page[T]:
        """Return up to `limit` results; `decode` gives None for an item that does not count."""
        if not 1 <= limit <= MOST_IN_A_PAGE:
            raise InvalidInput(f"a page of {limit} items; ask for 1 to {MOST_IN_A_PAGE}")
        start = None if cursor is None else self.cursors.read(cursor, self._covered())
        found: list[T] = []
        for _ in range(MOST_READS):
            reply = self._read(start, limit - len(found))
            found += _counting(reply["Items"], decode)
            start = reply.get("LastEvaluatedKey")
            if start is None or len(found) == limit:
                break
        following = None if start is None else self.cursors.write(start, self._covered())
        return Page(tuple(found), following)

    def each(self, decode: Callable[[Item], T | None]) -> Iterator[T]:
        """Give every result, holding one response at a time."""
        start: Item | None = None
        while True:
            reply = self._read(start, None)
            yield from _counting(reply["Items"], decode)
            start = reply.get("LastEvaluatedKey")
            if start is None:
                return

    def _read(self, start: Item | None, limit: int | None) -> dict[str, Any]:
        more: dict[str, Any] = {} if limit is None else {"Limit": limit}
        if start is not None:
            more["ExclusiveStartKey"] = start
        return self.wire.send("query", **self.request, **more)

    def _covered(self) -> Sequence[object]:
        return (sorted(self.request.items()), *self.scope)


def _counting(items: Sequence[Item], decode: Callable[[Item], T | None]) -> Iterator[T]:
    return (result for result in map(decode, items) if result is not None)
