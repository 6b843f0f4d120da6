"""Trial of a Query: exactly the matching items, in key order, page by page, on every shard."""

from __future__ import annotations

import json
import zlib
from heapq import merge
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tablewright.models import ProjectionKind
from tablewright.operations.patterns.arguments import Arguments
from tablewright.operations.patterns.candidates import Candidates
from tablewright.operations.patterns.conditions import (
    joined,
    key_expression,
    projection,
    sort_position,
)
from tablewright.operations.patterns.result import Disproved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tablewright.operations.patterns.candidates import Candidate
    from tablewright.operations.patterns.case import Case
    from tablewright.operations.patterns.samples import Item

_PAGE = 2


def prove_query(case: Case) -> None:
    """Put matches and neighbours, and walk the pages of every query of the fan-in."""
    trial = _Trial(case)
    trial.put()
    trial.check_declaration()
    trial.check_projection()
    trial.walk()


class _Trial:
    """One query with its items."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.pattern = case.pattern
        self.arguments = Arguments(case.pattern, case.table, case.samples)
        self.candidates = Candidates(case.model, self.arguments).all()
        self.sort_key = [a.name for a in case.table.key_of(self.pattern.index).sort]
        self.shards = range(self.pattern.fan_in)

    def put(self) -> None:
        """Put every item, in an order that is neither that of the keys nor its reverse."""
        self.case.expect(f"a table with the key {list(self.case.table.key.names)}")
        placed = [candidate.placed for candidate in self.candidates]
        self.case.stage.put(sorted(placed, key=lambda p: zlib.crc32(repr(p.identity).encode())))

    def check_declaration(self) -> None:
        """Demand that the key condition parts the matching items from their neighbours."""
        for candidate in self.candidates:
            wanted = candidate.wanted
            self.case.expect(
                f"a key condition that {'holds' if wanted else 'does not hold'} for an item: "
                f"{candidate.what}"
            )
            found = any(self._matches(candidate, shard) for shard in self.shards)
            self.case.demand(
                wanted in (None, found),
                f"{'no query finds it' if wanted else 'the query finds it'}; its key is "
                f"{candidate.placed.key}; mend the condition or the entity's key template",
            )

    def check_projection(self) -> None:
        """Demand that an index which holds part of an item holds just what it declares."""
        if self.pattern.index is None:
            return
        kind = self.case.table.index(self.pattern.index).projection.kind
        if kind is ProjectionKind.ALL:
            return
        shard = next(shard for shard in self.shards if self._expected(shard))
        held = self._held()
        self.case.expect(f"items with the attributes {sorted(held)} in the index ({kind})")
        answer = self.case.emulator.dynamodb.query(**self._parameters(shard), Limit=1)
        for item, whole in zip(answer["Items"], self._expected(shard)[:1], strict=True):
            expected = held & set(whole)
            self.case.demand(set(item) == expected, f"got {sorted(item)}")
        self.case.proved()

    def walk(self) -> None:
        """Demand the matching items in order, from each query and merged from all."""
        order = "descending" if self.pattern.descending else "ascending"
        total = sum(len(self._expected(shard)) for shard in self.shards)
        self.case.expect(
            f"exactly {total} of {len(self.candidates)} items in {order} key order, in pages of "
            f"{_PAGE}, from {len(self.shards)} {'query' if len(self.shards) == 1 else 'queries'}"
        )
        self.case.demand(total, "no item can match the key condition")
        asked = projection(self.pattern.attributes)
        results = [self._pages(joined(self._parameters(n), asked)) for n in self.shards]
        for shard, items in zip(self.shards, results, strict=True):
            self._compare(items, self._expected(shard))
        self._compare_merged(results)
        self.case.proved()

    def _compare_merged(self, results: list[list[Item]]) -> None:
        everything = [item for items in results for item in items]
        if len(results) == 1 or not all(set(self.sort_key) <= set(item) for item in everything):
            return
        together = merge(*results, key=self._position, reverse=self.pattern.descending)
        positions = [self._position(item) for item in together]
        in_order = sorted(positions, reverse=self.pattern.descending)
        self.case.demand(positions == in_order, f"merged: {positions}")

    def _compare(self, got: list[Item], expected: list[Item]) -> None:
        """Compare in order; items of equal sort keys may come in any."""
        self.case.demand(
            len(got) == len(expected), f"got {len(got)} items instead of {len(expected)}: {got}"
        )
        start = 0
        for _, group in groupby(expected, key=self._position):
            wanted = [self._needed(item) for item in group]
            part = got[start : start + len(wanted)]
            self.case.demand(
                _comparable(part) == _comparable(wanted), f"got {part} instead of {wanted}"
            )
            start += len(wanted)

    def _expected(self, shard: int) -> list[Item]:
        items = [c.placed.item for c in self.candidates if self._matches(c, shard)]
        return sorted(items, key=self._position, reverse=self.pattern.descending)

    def _matches(self, candidate: Candidate, shard: int) -> bool:
        """Tell whether a query finds the item: it is in the index, and the condition holds."""
        item = candidate.placed.item
        key = self.case.table.key_of(self.pattern.index).names
        return set(key) <= set(item) and all(
            bound.holds(item) for bound in self.arguments.bounds(shard)
        )

    def _position(self, item: Item) -> tuple[Any, ...]:
        return sort_position(item, self.sort_key)

    def _held(self) -> set[str]:
        index = self.case.table.index(str(self.pattern.index))
        return {
            *self.case.table.key.names,
            *index.key.names,
            *index.projection.attributes,
        }

    def _needed(self, item: Item) -> Item:
        wanted = self.pattern.attributes
        return {name: value for name, value in item.items() if not wanted or name in wanted}

    def _parameters(self, shard: int) -> dict[str, Any]:
        parameters = {
            "TableName": self.case.table_name,
            "ScanIndexForward": not self.pattern.descending,
            "ConsistentRead": self.pattern.strong,
        }
        if self.pattern.index is not None:
            parameters["IndexName"] = self.pattern.index
        return joined(parameters, key_expression(self.arguments.bounds(shard)))

    def _pages(self, parameters: dict[str, Any]) -> list[Item]:
        items: list[Item] = []
        # Every page but the last holds an item, and an empty one may end the walk.
        for _ in range(len(self.candidates) + 1):
            answer = self.case.emulator.dynamodb.query(**parameters, Limit=_PAGE)
            items += answer["Items"]
            if not answer.get("LastEvaluatedKey"):
                return items
            parameters = parameters | {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
        raise Disproved(f"the pages never end: {len(items)} items so far")


def _comparable(items: Iterable[Item]) -> list[str]:
    return sorted(json.dumps(item, sort_keys=True, default=repr) for item in items)
