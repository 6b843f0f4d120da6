"""Users: their profiles, preferences and storage quotas, and the deletion of all that is theirs."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from tablewright.data_access.errors import BeingDeleted, Incomplete, NotFound, VersionConflict
from tablewright.data_access.file_sharing.cascades import FILE_CASCADE, bearing, marking
from tablewright.data_access.file_sharing.changes import of_version, only, preferred, versioned
from tablewright.data_access.file_sharing.records import FILE, USER, File, User, UserChanges
from tablewright.data_access.file_sharing.user_storage import UserStorage
from tablewright.data_access.repository import transactions
from tablewright.data_access.repository.conditions import NOTHING
from tablewright.data_access.repository.expressions import Change
from tablewright.data_access.repository.kinds import DELETING_AT
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.transport.timing import timestamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.data_access.errors import DataAccessError
    from tablewright.data_access.repository.expressions import Condition
    from tablewright.data_access.values.codec import Item

MOST_PASSES: Final = 10
"""Passes over a user's files in one call; one is enough unless others delete the same files."""


class UsersRepository(UserStorage):
    """Users. `remove_object` removes a file's object from S3 by its key, and may be repeated."""

    @performs("create_user")
    def create_user(
        self,
        user_id: str | None = None,
        *,
        storage_quota: int,
        email: str | None = None,
        display_name: str | None = None,
        op: str | None = None,
    ) -> User:
        """Create a user with a quota in bytes and return it; raises AlreadyExists, BeingDeleted."""
        op = op or self._connection.new_id()
        user = User.of(
            user_id=op if user_id is None else user_id,
            email=email,
            display_name=display_name,
            created_at=self._connection.now(),
            storage_quota=storage_quota,
            storage_available=storage_quota,
        )

        def refused(item: Item | None) -> DataAccessError | None:
            if item is None or DELETING_AT not in item:
                return None
            return BeingDeleted(f"user {user.user_id!r} is being deleted; create it afterwards")

        return self._put("create_user", USER, user, op=op, refused=refused)

    @performs("get_user")
    def get_user(self, user_id: str) -> User:
        """Return a user; raises NotFound."""
        return self._require("get_user", USER, {"userId": user_id})

    @performs("update_user")
    def update_user(
        self,
        user_id: str,
        /,
        *,
        version: int | None = None,
        op: str | None = None,
        **changes: object,
    ) -> User:
        """Change `email` or `display_name`, None to remove it, if the user has this version.

        Raises NotFound and VersionConflict; InvalidInput for anything else, storage above all.
        """
        only(changes, tuple(UserChanges.model_fields), "see this repository's other methods")
        wanted = UserChanges.of(**changes).model_dump(by_alias=True, exclude_unset=True)
        return self._changed(user_id, versioned(wanted), op, of_version(version))

    @performs("update_user")
    def update_last_login(
        self, user_id: str, *, version: int | None = None, op: str | None = None
    ) -> User:
        """Keep that a user has logged in now; the version stays. As `update_user`."""
        login = Change(assign={"lastLoginAt": timestamp(self._connection.now())})
        return self._changed(user_id, login, op, of_version(version))

    @performs("update_user")
    def update_preferences(
        self, user_id: str, preferences: Mapping[str, object], *, op: str | None = None
    ) -> User:
        """Set single preferences by name, None to remove one; the others stay. Raises NotFound.

        Two who change different preferences at once both succeed. About a hundred fit in a call.
        """
        return self._changed(user_id, preferred(preferences), op)

    def _changed(
        self, user_id: str, change: Change, op: str | None, condition: Condition = NOTHING
    ) -> User:
        op = op or self._connection.new_id()
        fields = {"userId": user_id}
        return self._update("update_user", USER, fields, change, op=op, condition=condition)

    @performs("delete_user.mark")
    def mark_user_for_deletion(self, user_id: str, *, op: str | None = None) -> bool:
        """Begin a deletion that `delete_user` finishes; False where there is no such user.

        From here on the user counts as absent, and nothing can be stored for it.
        """
        return self._begun(user_id, op or self._connection.new_id()) is not None

    @performs(
        "delete_user.mark",
        "list_files.oldest_first",
        "delete_user.mark_file",
        *FILE_CASCADE,
        "delete_user",
    )
    def delete_user(self, user_id: str, *, op: str | None = None) -> bool:
        """Delete a user with all files, links and objects; False where there is no such user.

        Called again after an interruption it goes on. Raises Incomplete for what stays.
        """
        op = op or self._connection.new_id()
        with self._repeatable(op=op):
            user = self._begun(user_id, op)
            if user is None:
                return False
            try:
                with self._going_on(f"the deletion of user {user_id!r}", user_id):
                    self._delete_files(user, op)
                    self._delete_self(user)
            except VersionConflict:
                # Somebody else has finished the deletion, and another user has come since.
                return True
        return True

    def _begun(self, user_id: str, op: str) -> User | None:
        try:
            with self._repeatable(op=op):
                return self._marked("delete_user.mark", USER, {"userId": user_id}, op)
        except NotFound:
            return None

    def _delete_files(self, user: User, op: str) -> None:
        fields = {"userId": user.user_id}
        for _ in range(MOST_PASSES):
            files = self._query("list_files.oldest_first", FILE, fields, marked=True).each()
            left = []
            for file in files:
                self._delete_one(user, file, op)
                left.append(file.file_id)
            if not left:
                return
        raise Incomplete(
            f"user {user.user_id!r} still has {len(left)} files after {MOST_PASSES} passes; "
            "delete the user again to go on",
            tuple(left),
        )

    def _delete_one(self, user: User, file: File, op: str) -> None:
        """Delete a file of a marked user; raises VersionConflict where the user is another now."""
        op = f"{op}:{file.file_id}"
        if file.deleting_at is None:
            now = self._connection.now()
            try:
                self._transact(
                    "delete_user.mark_file",
                    f"{op}:mark",
                    transactions.check(
                        USER,
                        {"userId": user.user_id},
                        condition=bearing(user.deleting_at),
                        refused=_outrun,
                        marked=True,
                    ),
                    transactions.update(FILE, FILE.identity(file), marking(now), marked=True),
                )
            except NotFound:
                return
            file = file.model_copy(update={"deleting_at": now})
        self._delete_marked(file, op)

    def _delete_self(self, user: User) -> None:
        with suppress(NotFound):
            fields, seen = {"userId": user.user_id}, bearing(user.deleting_at)
            self._delete("delete_user", USER, fields, condition=seen)


def _outrun(_: Item | None) -> DataAccessError:
    return VersionConflict("the user was deleted meanwhile")
