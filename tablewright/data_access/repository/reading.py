"""Reads: one item, a query, a query over shards, a batch; what has expired is never given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from tablewright.data_access.errors import NotFound
from tablewright.data_access.repository import batches, requests
from tablewright.data_access.repository.fan_in import FanIn
from tablewright.data_access.repository.pages import Query
from tablewright.data_access.repository.performer import Performer
from tablewright.data_access.repository.records import Record
from tablewright.models import Operation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tablewright.data_access.repository.kinds import Kind
    from tablewright.data_access.values.codec import Item

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class Reading(Performer):
    """Reads as access patterns declare them; keys are given by the fields of their templates."""

    def _get(
        self,
        pattern: str,
        kind: Kind[R],
        fields: Mapping[str, object],
        *,
        marked: bool = False,
    ) -> R | None:
        """Read one item by its key; None where it is absent or expired.

        One whose deletion has begun counts as absent too, unless `marked` ones are meant.
        """
        item = self._get_item(pattern, kind, fields)
        if item is None or not (marked or kind.is_live(item, self._connection.now_in_seconds())):
            return None
        return kind.read(item)

    def _require(
        self, pattern: str, kind: Kind[R], fields: Mapping[str, object], *, marked: bool = False
    ) -> R:
        """Read one item by its key, as `_get`; raises NotFound."""
        found = self._get(pattern, kind, fields, marked=marked)
        if found is None:
            raise NotFound(f"there is no {kind.named(fields)}")
        return found

    def _get_item(self, pattern: str, kind: Kind[Any], fields: Mapping[str, object]) -> Item | None:
        declared = self._declared(pattern, Operation.GET_ITEM)
        reply = self._send(
            "get_item",
            TableName=self._table(kind),
            Key=kind.key(fields),
            ConsistentRead=declared.strong,
        )
        item: Item | None = reply.get("Item")
        return item

    def _query(
        self,
        pattern: str,
        decode: Kind[R] | Callable[[Item], T | None],
        fields: Mapping[str, object],
        upper: Mapping[str, object] | None = None,
        *,
        shard: int | None = None,
        marked: bool = False,
    ) -> Query[Any]:
        """Prepare a declared Query; `upper` fills the upper end of a BETWEEN."""
        declared = self._declared(pattern, Operation.QUERY)
        request = requests.query(self.model, declared, fields, upper, shard=shard)
        spec = self.model.table(declared.table)
        return Query(
            wire=self._connection.wire,
            cursors=self._connection.cursors,
            request={"TableName": self._connection.tables.name(spec), **request},
            decode=decode if callable(decode) else self._reader(decode, marked=marked),
            scope=(pattern,),
        )

    def _fan_in(self, pattern: str, kind: Kind[R], fields: Mapping[str, object]) -> FanIn[R]:
        """Prepare a declared Query over every shard of its partition key, merged in order."""
        declared = self._declared(pattern, Operation.QUERY)
        spec = self.model.table(declared.table)
        key = spec.key_of(declared.index)
        return FanIn(
            shards=[
                self._query(pattern, kind, fields, shard=shard) for shard in range(declared.fan_in)
            ],
            sort_key=key.names[-1],
            keys=tuple(dict.fromkeys((*key.names, *spec.key.names))),
            descending=declared.descending,
        )

    def _batch_get(
        self, pattern: str, kind: Kind[R], keys: Sequence[Mapping[str, object]]
    ) -> list[R | None]:
        """Read items by their keys, in the caller's order; None where one is absent.

        Raises Incomplete with those of `keys` that are left over.
        """
        self._declared(pattern, Operation.BATCH_GET_ITEM)
        items = batches.get_all(
            self._connection.wire,
            self._table(kind),
            kind.table.key.names,
            [(kind.key(fields), fields) for fields in keys],
        )
        read = self._reader(kind)
        return [None if item is None else read(item) for item in items]

    def _reader(self, kind: Kind[R], *, marked: bool = False) -> Callable[[Item], R | None]:
        now = self._connection.now_in_seconds()

        def read(item: Item) -> R | None:
            return kind.read(item) if marked or kind.is_live(item, now) else None

        return read
