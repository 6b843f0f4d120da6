"""Files by their ids: the index finds an item, the item decides, the guard settles doubt."""

from __future__ import annotations

from tablewright.data_access.errors import CorruptItem, NotFound
from tablewright.data_access.file_sharing.records import (
    FILE,
    GUARD,
    MODEL,
    USER,
    File,
    key_fields,
)
from tablewright.data_access.repository.base import BaseRepository

LOOKUP = ("get_file_by_id", "get_file_by_user_and_id", "get_file_by_user_and_id.guard")
"""The access patterns of a look-up."""


class FileLookup(BaseRepository):
    """Finds files by user and file id, which are no key together."""

    model = MODEL

    def _rows(self, file_id: str) -> list[File]:
        """Return the items that the index has for a file id, marked ones too.

        The index is eventual: right after a file was deleted and its id used again, it may hold
        both, so that two are read again before they are called a mistake.
        """
        rows: list[File] = list(
            self._query("get_file_by_id", FILE, {"fileId": file_id}, marked=True).each()
        )
        if len(rows) > 1:
            rows = [row for row in rows if self._row(row) is not None]
        if len(rows) > 1:
            raise CorruptItem(
                f"file id {file_id!r} has {len(rows)} items; delete all but the one that its "
                "guard names"
            )
        return rows

    def _found(self, user_id: str, file_id: str, *, marked: bool = False) -> File | None:
        """Return a user's file; None where it is absent or another's."""
        USER.key({"userId": user_id})
        GUARD.key({"fileId": file_id})
        for row in self._rows(file_id):
            if row.user_id == user_id:
                file = self._row(row)
                if file is not None:
                    return file if marked or file.deleting_at is None else None
        # The index lags behind: a new file is not in it yet, and a deleted one may still be.
        guard = self._get("get_file_by_user_and_id.guard", GUARD, {"fileId": file_id})
        if guard is None or guard.owner_id != user_id:
            return None
        fields = key_fields(guard.owner_id, guard.file_sort_key)
        return self._get("get_file_by_user_and_id", FILE, fields, marked=marked)

    def _located(self, user_id: str, file_id: str, *, marked: bool = False) -> File:
        """Return a user's file; raises NotFound."""
        file = self._found(user_id, file_id, marked=marked)
        if file is None:
            raise NotFound(f"there is no file fileId={file_id!r} of user {user_id!r}")
        return file

    def _row(self, file: File) -> File | None:
        return self._get("get_file_by_user_and_id", FILE, FILE.identity(file), marked=True)
