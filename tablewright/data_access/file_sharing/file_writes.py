"""Writes of files; those that take or free space change the user's counter with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.data_access.errors import AlreadyExists, InvalidInput
from tablewright.data_access.file_sharing import storage
from tablewright.data_access.file_sharing.cascades import Cascades
from tablewright.data_access.file_sharing.changes import of_version, only, versioned
from tablewright.data_access.file_sharing.lookup import LOOKUP
from tablewright.data_access.file_sharing.records import (
    FILE,
    GUARD,
    File,
    FileChanges,
    FileGuard,
    FileKey,
    key_fields,
    sort_key_of,
)
from tablewright.data_access.repository import transactions
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.repository.performs import performs

if TYPE_CHECKING:
    from datetime import datetime

    from tablewright.data_access.repository.performer import Refusal
    from tablewright.data_access.repository.transactions import Part
    from tablewright.data_access.values.codec import Item


class FileWrites(Cascades):
    """Creates and changes files."""

    @performs("create_file", "get_file_by_user_and_id")
    def create_file(
        self,
        user_id: str,
        *,
        file_name: str,
        file_size: int,
        s3_key: str,
        mime_type: str = "application/octet-stream",
        file_id: str | None = None,
        upload_timestamp: datetime | None = None,
        op: str | None = None,
    ) -> File:
        """Create a file within the user's quota and return it.

        Its id is unique over all users. Give `s3_key` to one upload alone, for the deletion removes
        it. Raises AlreadyExists, QuotaExceeded, NotFound for the user, and BeingDeleted.
        """
        op = op or self._connection.new_id()
        file = File.of(
            user_id=user_id,
            upload_timestamp=upload_timestamp or self._connection.now(),
            file_id=op if file_id is None else file_id,
            file_name=file_name,
            file_size=file_size,
            mime_type=mime_type,
            s3_key=s3_key,
        )
        guard = FileGuard.of(
            file_id=file.file_id, owner_id=user_id, file_sort_key=sort_key_of(file)
        )
        parts = (
            transactions.put(GUARD, guard, refused=_taken(file.file_id)),
            transactions.put(FILE, file),
            storage.taking(user_id, file.file_size),
        )
        earlier = self._transact("create_file", op, *parts)
        return file if earlier is None else self._created(earlier[0], op)

    def _created(self, guard: Item | None, op: str) -> File:
        """Return the file that an earlier call with the same operation id has created."""
        if guard is None:
            raise InvalidInput(f"op={op!r} was another operation on this user; give a new one")
        of = GUARD.read(guard)
        fields = key_fields(of.owner_id, of.file_sort_key)
        with self._behind_write(f"file {of.file_id!r} was created", op=op):
            return self._require("get_file_by_user_and_id", FILE, fields)

    @performs(*LOOKUP, "update_file")
    def update_file(
        self,
        user_id: str,
        file_id: str,
        /,
        *,
        version: int | None = None,
        op: str | None = None,
        **changes: object,
    ) -> File:
        """Change `file_name` or `mime_type`, if the file has this version where one is given.

        Raises NotFound and VersionConflict; InvalidInput for anything else, as the size and the
        object change with the quota (`replace_content`) and the rest never.
        """
        only(changes, tuple(FileChanges.model_fields), "use replace_content for another content")
        wanted = FileChanges.of(**changes).model_dump(by_alias=True, exclude_unset=True)
        file = self._located(user_id, file_id)
        return self._update(
            "update_file",
            FILE,
            FILE.identity(file),
            versioned(wanted),
            op=op or self._connection.new_id(),
            condition=of_version(version),
        )

    @performs(*LOOKUP, "replace_content")
    def replace_content(
        self,
        user_id: str,
        file_id: str,
        *,
        file_size: int,
        s3_key: str,
        version: int | None = None,
        op: str | None = None,
    ) -> File:
        """Give a file another object, and count the difference against the quota.

        The former object stays in S3: remove it afterwards. Raises NotFound, VersionConflict where
        somebody else was faster, QuotaExceeded where it grows too large, and BeingDeleted.
        """
        old = self._located(user_id, file_id)
        new = File.of(**{**dict(old), "file_size": file_size, "s3_key": s3_key})
        op = op or self._connection.new_id()
        earlier = self._transact(
            "replace_content",
            op,
            _content_part(old, new, version),
            storage.shifting(user_id, new.file_size - old.file_size),
        )
        if earlier is None:
            return new.model_copy(update={"version": old.version + 1})
        with self._behind_write(f"the content of file {file_id!r} was replaced", op=op):
            return self._located(user_id, file_id)

    @performs(*LOOKUP, "increment_download_count.file")
    def increment_download_count(
        self,
        user_id: str,
        file_id: str,
        *,
        upload_timestamp: datetime | None = None,
        op: str | None = None,
    ) -> File:
        """Count a download once for each operation id, and return the file.

        With `upload_timestamp`, which a claimed link's file has, no look-up is needed. A repeat
        after somebody else's download counts twice. Raises NotFound.
        """
        if upload_timestamp is None:
            key: FileKey = self._located(user_id, file_id)
        else:
            key = FileKey.of(user_id=user_id, file_id=file_id, upload_timestamp=upload_timestamp)
        return self._update(
            "increment_download_count.file",
            FILE,
            key.model_dump(by_alias=True, include={*FileKey.model_fields}),
            Change(add={"downloadCount": 1}),
            op=op or self._connection.new_id(),
            stamp="lastDownload",
        )


def _content_part(old: File, new: File, version: int | None) -> Part:
    size = Condition(text="#fileSize = :old", values={"old": old.file_size})
    return transactions.update(
        FILE,
        FILE.identity(old),
        versioned({"fileSize": new.file_size, "s3Key": new.s3_key}),
        condition=size & of_version(old.version if version is None else version),
    )


def _taken(file_id: str) -> Refusal:
    return lambda _: AlreadyExists(f"there is a file fileId={file_id!r} already")
