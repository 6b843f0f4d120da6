"""Files: created within the quota, found, listed, changed, and deleted with what hangs on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from tablewright.data_access.errors import InvalidInput, NotFound
from tablewright.data_access.file_sharing.cascades import FILE_CASCADE
from tablewright.data_access.file_sharing.file_writes import FileWrites
from tablewright.data_access.file_sharing.lookup import LOOKUP
from tablewright.data_access.file_sharing.records import FILE, FILE_SIZE, File
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.values.shown import shown

if TYPE_CHECKING:
    from tablewright.data_access.repository.pages import Page

SortBy = Literal["upload_time", "file_size"]

_LISTS: Final[dict[tuple[str, bool], str]] = {
    ("upload_time", False): "list_files.oldest_first",
    ("upload_time", True): "list_files.newest_first",
    ("file_size", False): "list_files.smallest_first",
    ("file_size", True): "list_files.largest_first",
}


class FilesRepository(FileWrites):
    """Files of users. `remove_object` removes an object from S3 by its key, and may be repeated."""

    @performs("get_file_by_id", "get_file_by_user_and_id")
    def get_file_by_id(self, file_id: str) -> File:
        """Return a file as the index has it, which may be behind by a moment.

        Whose it is says its `user_id`: this does not decide who may read it. Raises NotFound, and
        CorruptItem for an id that two items have.
        """
        for file in self._rows(file_id):
            if file.deleting_at is None:
                return file
        raise NotFound(f"there is no file fileId={file_id!r}")

    @performs(*LOOKUP)
    def get_file_by_user_and_id(self, user_id: str, file_id: str) -> File:
        """Return a user's file as it is now; raises NotFound, also for another user's."""
        return self._located(user_id, file_id)

    @performs(*_LISTS.values())
    def list_files(
        self,
        user_id: str,
        *,
        sort_by: SortBy = "upload_time",
        descending: bool = True,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[File]:
        """Return a user's files by time of upload, or by size (from an index, which may lag)."""
        if sort_by not in get_args(SortBy):
            raise InvalidInput(
                f"sort_by={shown(sort_by)}; give one of {', '.join(get_args(SortBy))}"
            )
        query = self._query(_LISTS[sort_by, bool(descending)], FILE, {"userId": user_id})
        return query.page(limit=limit, cursor=cursor)

    @performs("get_user_storage_used")
    def get_user_storage_used(self, user_id: str) -> int:
        """Return the sum of a user's file sizes by the index, those being deleted included.

        It reports how far the user's counter has drifted; the counter alone decides about quotas.
        """
        sizes = self._query("get_user_storage_used", FILE_SIZE, {"userId": user_id}, marked=True)
        return sum(each.file_size for each in sizes.each())

    @performs(*LOOKUP, "delete_file.mark")
    def mark_file_for_deletion(self, user_id: str, file_id: str, *, op: str | None = None) -> bool:
        """Begin a deletion that `delete_file` finishes; False where there is no such file.

        From here on the file counts as absent, but for the space that it takes.
        """
        return self._begun(user_id, file_id, op or self._connection.new_id()) is not None

    @performs(*LOOKUP, "delete_file.mark", *FILE_CASCADE)
    def delete_file(self, user_id: str, file_id: str, *, op: str | None = None) -> bool:
        """Delete a file, its links and its object, and give its space back; False where absent.

        Called again after an interruption it goes on. Raises Incomplete for what stays. A link
        that the index does not show yet stays until it expires, and cannot be used.
        """
        op = op or self._connection.new_id()
        with self._repeatable(op=op):
            file = self._begun(user_id, file_id, op)
            if file is not None:
                with self._going_on(f"the deletion of file {file_id!r}", file_id):
                    self._delete_marked(file, op)
        return file is not None

    def _begun(self, user_id: str, file_id: str, op: str) -> File | None:
        found = self._found(user_id, file_id, marked=True)
        if found is None:
            return None
        try:
            with self._repeatable(op=op):
                return self._marked("delete_file.mark", FILE, FILE.identity(found), op)
        except NotFound:
            return None
