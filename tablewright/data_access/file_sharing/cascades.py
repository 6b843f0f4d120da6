"""Deletions of what hangs together: each marks first, so that nothing is added meanwhile.

A cascade that was interrupted anywhere goes on when it is called again: what leads to the rest is
deleted last. Two at once do no harm, and one that was held up does not touch what came later
under the same id, for every step demands the mark that it saw.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from tablewright.data_access.errors import CorruptItem, Incomplete, NotFound, VersionConflict
from tablewright.data_access.file_sharing.link_removal import LinkRemoval
from tablewright.data_access.file_sharing.records import (
    FILE,
    GUARD,
    USER,
    File,
    sort_key_of,
)
from tablewright.data_access.file_sharing.storage import moved
from tablewright.data_access.repository import transactions
from tablewright.data_access.repository.conditions import check_operation_id
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.repository.kinds import DELETING_AT
from tablewright.data_access.repository.records import Record
from tablewright.data_access.transport.timing import timestamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tablewright.data_access.connection import Connection
    from tablewright.data_access.errors import DataAccessError
    from tablewright.data_access.repository.kinds import Kind
    from tablewright.data_access.repository.transactions import Part
    from tablewright.data_access.values.codec import Item

R = TypeVar("R", bound=Record)
RemoveObject = Callable[[str], object]
"""Removes an object from S3 by its key; one that is gone already is no error."""

FILE_CASCADE = (
    "get_share_links_by_file_id",
    "delete_share_links_by_file_id",
    "delete_file",
)
"""The access patterns that follow a file's mark."""


class Cascades(LinkRemoval):
    """Deletes files with their links and objects, and gives the space back once."""

    def __init__(
        self, connection: Connection, *, remove_object: RemoveObject | None = None
    ) -> None:
        super().__init__(connection)
        self._remove_object = remove_object

    def _marked(self, pattern: str, kind: Kind[R], fields: Mapping[str, object], op: str) -> R:
        """Mark an item and return it as it is then; an earlier mark stays. Raises NotFound."""
        check_operation_id(op)
        change = marking(self._connection.now())
        return self._update(pattern, kind, fields, change, op=f"{op}:mark", marked=True)

    def _delete_marked(self, file: File, op: str) -> None:
        """Finish the deletion of a marked file, unless somebody else has; raises Incomplete."""
        self._delete_links(file.file_id, sort_key_of(file))
        self._remove(file)
        with suppress(NotFound, VersionConflict):
            self._transact(
                "delete_file",
                f"{op}:delete",
                _removal(file),
                transactions.delete(GUARD, {"fileId": file.file_id}),
                _release(file),
            )

    def _remove(self, file: File) -> None:
        if self._remove_object is None:
            return
        try:
            self._remove_object(file.s3_key)
        except Exception as error:
            raise Incomplete(
                f"file {file.file_id!r}: its object {file.s3_key!r} was not removed "
                f"({type(error).__name__}); delete the file again to go on",
                (file.s3_key,),
            ) from error


def marking(now: datetime) -> Change:
    """Mark an item as being deleted since now, or since an earlier mark."""
    kept = f"if_not_exists(#{DELETING_AT}, :now)"
    return Change(compute={DELETING_AT: kept}, using={"now": timestamp(now)})


def bearing(mark: datetime | None) -> Condition:
    """Demand the mark that was seen, so that what came later under the same id is left alone."""
    if mark is None:
        raise CorruptItem("an item that was marked has no mark")
    return Condition(text=f"#{DELETING_AT} = :mark", values={"mark": timestamp(mark)})


def _removal(file: File) -> Part:
    def refused(item: Item | None) -> DataAccessError | None:
        if item is None:
            return None
        if FILE.read(item).deleting_at != file.deleting_at:
            return VersionConflict("another file has come in its place")
        return Incomplete(
            f"file {file.file_id!r} has changed while it was deleted; delete it again to go on",
            (file.file_id,),
        )

    size = Condition(text="#fileSize = :size", values={"size": file.file_size})
    return transactions.delete(
        FILE,
        FILE.identity(file),
        condition=size & bearing(file.deleting_at),
        refused=refused,
        marked=True,
    )


def _release(file: File) -> Part:
    def refused(item: Item | None) -> DataAccessError | None:
        if item is None:
            return CorruptItem(
                f"file {file.file_id!r} is of user {file.user_id!r}, who is gone: something else "
                "deleted the user; delete the file and its guard by their keys"
            )
        if USER.read(item).storage_used < file.file_size:
            return Incomplete(
                f"file {file.file_id!r} cannot give back {file.file_size:,} bytes, for user "
                f"{file.user_id!r} uses fewer; call reconcile_storage, and delete it again",
                (file.file_id,),
            )
        return None

    return transactions.update(
        USER,
        {"userId": file.user_id},
        moved(-file.file_size),
        condition=Condition(text="#storageUsed >= :size", values={"size": file.file_size}),
        refused=refused,
        marked=True,
    )
