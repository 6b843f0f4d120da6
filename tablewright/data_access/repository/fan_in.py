"""One read over all shards of a key: a query each, merged in the order of the sort key."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tablewright.data_access.repository.pages import MOST_READS, Page, check_limit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tablewright.data_access.repository.pages import Query
    from tablewright.data_access.transport.timing import Deadline
    from tablewright.data_access.values.codec import Item

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class FanIn(Generic[T]):
    """Queries of one access pattern, one a shard.

    `sort_key` is the attribute that orders them, `keys` every key attribute of index and table,
    which say where a shard goes on. A page takes at least one request a shard.
    """

    shards: Sequence[Query[T]]
    sort_key: str
    keys: Sequence[str]
    descending: bool = False

    def page(self, *, limit: int, cursor: str | None = None) -> Page[T]:
        """Return up to `limit` results in order, and where each shard goes on.

        A filter that drops nearly everything, or the deadline, ends a page early, as it does of
        one query.
        """
        check_limit(limit)
        starts = self._starts(cursor)
        deadline = self.shards[0].wire.patience.start()  # one for the page, as of one query
        found: list[T] = []
        for number, (shard, item) in enumerate(self._merged(starts, limit, deadline)):
            result = self.shards[0].decode(item)
            full = result is not None and len(found) == limit
            late = number > 0 and deadline.remaining_seconds <= 0
            if full or late or number == limit * MOST_READS:
                return Page(tuple(found), self._cursor(starts))
            if result is not None:
                found.append(result)
            starts[shard] = {name: item[name] for name in self.keys}
        return Page(tuple(found))

    def each(self) -> Iterator[T]:
        """Give every result in order, holding one response a shard."""
        merged = self._merged([None] * len(self.shards), None)
        return (result for _, item in merged if (result := self.shards[0].decode(item)) is not None)

    def _merged(
        self,
        starts: Sequence[Item | None],
        limit: int | None,
        deadline: Deadline | None = None,
    ) -> Iterator[tuple[int, Item]]:
        # The start of each shard is read before any is consumed, for they change meanwhile.
        streams = [
            self._stream(number, shard.items(start, limit, deadline))
            for number, (shard, start) in enumerate(zip(self.shards, list(starts), strict=True))
        ]
        merged = heapq.merge(*streams, key=itemgetter(0), reverse=self.descending)
        return ((number, item) for _, number, item in merged)

    def _stream(self, number: int, items: Iterator[Item]) -> Iterator[tuple[Any, int, Item]]:
        for item in items:
            yield _order(item[self.sort_key]), number, item

    def _starts(self, cursor: str | None) -> list[Item | None]:
        if cursor is None:
            return [None] * len(self.shards)
        cursors, starts = self.shards[0].cursors, len(self.shards)
        saved = cursors.read(cursor, self._covered(), starts=starts)
        return [saved.get(str(number)) for number in range(len(self.shards))]

    def _cursor(self, starts: Sequence[Item | None]) -> str:
        saved = {str(number): start for number, start in enumerate(starts) if start is not None}
        return self.shards[0].cursors.write(saved, self._covered())

    def _covered(self) -> Sequence[object]:
        return [shard.covered() for shard in self.shards]


def _order(value: dict[str, Any]) -> Any:  # noqa: ANN401 -- as DynamoDB sorts: numbers by value, strings by UTF-8
    ((tag, content),) = value.items()
    return Decimal(content) if tag == "N" else str(content).encode()
