"""The application table's methods, which are the same for every kind of record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from tablewright.data_access.application_table.changes import change_of
from tablewright.data_access.application_table.records import Session, UserProfile
from tablewright.data_access.application_table.registry import (
    Registry,
    condition_fields,
    key_fields,
    of_another_kind,
)
from tablewright.data_access.errors import InvalidInput, VersionConflict
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.expressions import Condition
from tablewright.data_access.repository.kinds import ENTITY_TYPE
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.repository.records import Record
from tablewright.models.catalog.application_table import APPLICATION_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tablewright.data_access.connection import Connection
    from tablewright.data_access.repository.kinds import Kind
    from tablewright.data_access.repository.pages import Page
    from tablewright.models import DataModel

R = TypeVar("R", bound=Record)

BUILT_IN: Final[Mapping[type[Record], str]] = {UserProfile: "user_profile", Session: "session"}
"""The entity of each record class that comes with the application table."""


class ApplicationTable(BaseRepository):
    """Stores any kind of record that is registered: a record class, and an entity of the model.

    A method performs the access pattern `<method>.<entity>`, which the model must declare for the
    kinds that it is used with. The fields of a key are given by their names: `user_id="u1"`.
    """

    model = APPLICATION_TABLE

    def __init__(
        self,
        connection: Connection,
        model: DataModel = APPLICATION_TABLE,
        kinds: Mapping[type[Record], str] = BUILT_IN,
    ) -> None:
        super().__init__(connection)
        self.model = model
        self._registry = Registry(model, kinds)

    @performs("put.*")
    def put(self, record: R, *, op: str | None = None) -> R:
        """Store a new record and return it; raises AlreadyExists where its key is taken."""
        op = op or self._connection.new_id()
        kind = self._registry.kind(type(record))
        refused = of_another_kind(kind)
        return self._put(_pattern("put", kind), kind, record, op=op, refused=refused)

    @performs("get.*")
    def get(self, record: type[R], /, **key: object) -> R:
        """Return the record of a key; raises NotFound, also for one that has expired."""
        kind = self._registry.kind(record)
        return self._require(_pattern("get", kind), kind, key_fields(kind, key))

    @performs("get.*", "update.*")
    def update(
        self,
        record: type[R],
        changes: Mapping[str, object],
        /,
        *,
        op: str | None = None,
        **key: object,
    ) -> R:
        """Give some fields of a record new values, and return it as it is then.

        None removes a field. The record is read first, so that its own rules judge the outcome and
        index keys move with their fields; other fields that change meanwhile keep their change.
        Raises NotFound, and VersionConflict where others change the same index key all the while.
        """
        op = op or self._connection.new_id()
        kind = self._registry.kind(record)
        fields = key_fields(kind, key)
        deadline = self._connection.wire.patience.start()
        while True:
            current = self._require(_pattern("get", kind), kind, fields)
            change, condition = change_of(kind, current, changes)
            try:
                return self._update(
                    _pattern("update", kind), kind, fields, change, op=op, condition=condition
                )
            except VersionConflict:
                if not deadline.pause():
                    raise

    @performs("delete.*")
    def delete(self, record: type[Record], /, **key: object) -> None:
        """Delete the record of a key; one that is absent already is no error."""
        kind = self._registry.kind(record)
        self._delete(
            _pattern("delete", kind),
            kind,
            key_fields(kind, key),
            condition=Condition(
                text=f"attribute_not_exists(#{kind.partition_key}) OR #{ENTITY_TYPE} = :kind",
                values={"kind": kind.entity.name},
            ),
            refused=of_another_kind(kind),
        )

    @performs("list.*")
    def list(
        self,
        record: type[R],
        /,
        *,
        limit: int = 50,
        cursor: str | None = None,
        upper: Mapping[str, object] | None = None,
        **fields: object,
    ) -> Page[R]:
        """Return records of one partition in the order of their sort keys.

        `fields` are those of the pattern's key condition; `upper` are other values for the upper
        end of a BETWEEN.
        """
        return self._page("list", record, limit, cursor, upper, fields)

    @performs("list_by_index.*")
    def list_by_index(
        self,
        record: type[R],
        /,
        *,
        limit: int = 50,
        cursor: str | None = None,
        upper: Mapping[str, object] | None = None,
        **fields: object,
    ) -> Page[R]:
        """Return records as `list` does, from the index that the pattern names, with a lag."""
        return self._page("list_by_index", record, limit, cursor, upper, fields)

    @performs("get_many.*")
    def get_many(
        self, record: type[R], keys: Iterable[Mapping[str, object]]
    ) -> tuple[R | None, ...]:
        """Return the records of some keys in their order, None for one that is absent or expired.

        Raises Incomplete where DynamoDB leaves some over until the deadline.
        """
        kind = self._registry.kind(record)
        fields = [key_fields(kind, key) for key in keys]
        return tuple(self._batch_get(_pattern("get_many", kind), kind, fields))

    @performs("put_many.*")
    def put_many(self, records: Iterable[Record], *, op: str | None = None) -> None:
        """Store records of one kind, over what is there, the last one of a key; not atomic.

        Raises Incomplete where DynamoDB leaves some over until the deadline.
        """
        op = op or self._connection.new_id()
        puts = tuple(records)
        classes = {type(record) for record in puts}
        if len(classes) > 1:
            names = sorted(each.__name__ for each in classes)
            raise InvalidInput(f"records of several kinds {names}; put each kind by itself")
        for record in classes:
            kind = self._registry.kind(record)
            with self._repeatable(op=op):
                self._batch_write(_pattern("put_many", kind), kind, puts=puts, op=op)

    def _page(  # noqa: PLR0917 -- what the two listing methods take
        self,
        method: str,
        record: type[R],
        limit: int,
        cursor: str | None,
        upper: Mapping[str, object] | None,
        given: Mapping[str, object],
    ) -> Page[R]:
        kind = self._registry.kind(record)
        pattern = self.model.pattern(_pattern(method, kind))
        fields = condition_fields(kind, pattern, given)
        if pattern.fan_in > 1:
            return self._fan_in(pattern.name, kind, fields).page(limit=limit, cursor=cursor)
        end = None if upper is None else condition_fields(kind, pattern, upper)
        query = self._query(pattern.name, kind, fields, end)
        return query.page(limit=limit, cursor=cursor)


def _pattern(method: str, kind: Kind[Any]) -> str:
    return f"{method}.{kind.entity.name}"
