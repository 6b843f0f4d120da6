"""A user's storage: what is used and left, changed by differences, and set right by a sum."""

from __future__ import annotations

from tablewright.data_access.file_sharing import storage
from tablewright.data_access.file_sharing.cascades import Cascades
from tablewright.data_access.file_sharing.changes import check_bytes
from tablewright.data_access.file_sharing.records import FILE, USER, User
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.repository.performs import performs


class UserStorage(Cascades):
    """Reads and changes what users store and may store."""

    @performs("increment_storage_used")
    def increment_storage_used(self, user_id: str, delta: int, *, op: str | None = None) -> None:
        """Count bytes beside those of files, fewer where negative; once for each operation id.

        Files count themselves: this is for what is stored elsewhere, and `reconcile_storage` drops
        it. Raises QuotaExceeded, NotFound and BeingDeleted.
        """
        check_bytes("delta", delta, least=None)
        op = op or self._connection.new_id()
        self._transact("increment_storage_used", op, storage.taking(user_id, delta))

    @performs("get_user", "list_files.oldest_first", "reconcile_storage")
    def reconcile_storage(self, user_id: str, *, op: str | None = None) -> User:
        """Set a user's counter to the sum of the files' sizes, as strong reads find them.

        Takes a user being deleted too. Raises NotFound, and VersionConflict where files came or
        went meanwhile: call again.
        """
        fields = {"userId": user_id}
        seen = self._require("get_user", USER, fields, marked=True)
        files = self._query("list_files.oldest_first", FILE, fields, marked=True)
        used = sum(file.file_size for file in files.each())
        return self._update(
            "reconcile_storage",
            USER,
            fields,
            Change(
                assign={"storageUsed": used, "storageAvailable": seen.storage_quota - used},
                compute={"storageVersion": "#storageVersion + :one"},
                using={"one": 1},
            ),
            op=op or self._connection.new_id(),
            condition=_counted_on(seen),
            marked=True,
        )

    @performs("get_user", "update_user")
    def set_storage_quota(self, user_id: str, quota: int, *, op: str | None = None) -> User:
        """Set a user's quota in bytes; below what is used, nothing more can be stored.

        Raises NotFound, and VersionConflict where somebody else has set it meanwhile.
        """
        check_bytes("quota", quota)
        fields = {"userId": user_id}
        old = self._require("get_user", USER, fields).storage_quota
        return self._update(
            "update_user",
            USER,
            fields,
            Change(
                assign={"storageQuota": quota},
                compute={
                    "storageAvailable": "#storageAvailable + :more",
                    "storageVersion": "#storageVersion + :one",
                },
                using={"more": quota - old, "one": 1},
            ),
            op=op or self._connection.new_id(),
            condition=Condition(text="#storageQuota = :old", values={"old": old}),
        )

    @performs("get_user")
    def has_available_storage(self, user_id: str, size: int) -> bool:
        """Tell whether so many bytes fit now: advice, for only `create_file` decides.

        Raises NotFound.
        """
        check_bytes("size", size)
        return self.get_available_storage(user_id) >= size

    @performs("get_user")
    def get_available_storage(self, user_id: str) -> int:
        """Return how many bytes are left, negative where the quota is overdrawn; NotFound."""
        return self._require("get_user", USER, {"userId": user_id}).storage_available


def _counted_on(seen: User) -> Condition:
    return Condition(text="#storageVersion = :version", values={"version": seen.storage_version})
