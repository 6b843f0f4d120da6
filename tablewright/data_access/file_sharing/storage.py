"""The user's storage counter: changed by differences alone, within the quota."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.data_access.errors import BeingDeleted, NotFound, QuotaExceeded
from tablewright.data_access.file_sharing.records import USER
from tablewright.data_access.repository import transactions
from tablewright.data_access.repository.expressions import Change, Condition

if TYPE_CHECKING:
    from tablewright.data_access.errors import DataAccessError
    from tablewright.data_access.repository.performer import Refusal
    from tablewright.data_access.repository.transactions import Part
    from tablewright.data_access.values.codec import Item


def moved(delta: int) -> Change:
    """Count so many bytes more, or fewer where negative."""
    return Change(
        compute={
            "storageUsed": "#storageUsed + :delta",
            "storageAvailable": "#storageAvailable - :delta",
            "storageVersion": "#storageVersion + :one",
        },
        using={"delta": delta, "one": 1},
    )


def allowed(delta: int) -> Condition:
    """Demand that there is room for more bytes, or that as many are counted as are released."""
    # Not `used + size <= quota`: conditions know no arithmetic, so what is left is stored.
    if delta >= 0:
        return Condition(text="#storageAvailable >= :delta")
    return Condition(text="#storageUsed >= :released", values={"released": -delta})


def taking(user_id: str, delta: int) -> Part:
    """Count a difference against the user's quota, in a transaction."""
    return transactions.update(
        USER,
        {"userId": user_id},
        moved(delta),
        condition=allowed(delta),
        refused=_refusal(user_id, delta),
    )


def shifting(user_id: str, delta: int) -> Part:
    """As `taking`, but where nothing more is needed the quota may be overdrawn already."""
    if delta:
        return taking(user_id, delta)
    return transactions.update(
        USER, {"userId": user_id}, moved(0), refused=_refusal(user_id, delta)
    )


def _refusal(user_id: str, delta: int) -> Refusal:
    def refused(item: Item | None) -> DataAccessError | None:
        if item is None:
            return NotFound(f"there is no user userId={user_id!r}")
        user = USER.read(item)
        if user.deleting_at is not None:
            return BeingDeleted(f"user {user_id!r} is being deleted; nothing can be stored")
        if delta >= 0 and user.storage_available < delta:
            return QuotaExceeded(
                f"user {user_id!r} has {user.storage_available:,} of {user.storage_quota:,} bytes "
                f"left, and {delta:,} are needed; delete files or raise the quota"
            )
        if user.storage_used < -delta:
            return QuotaExceeded(
                f"user {user_id!r} uses {user.storage_used:,} bytes, and {-delta:,} were to be "
                "released; reconcile the storage if files say otherwise"
            )
        return None

    return refused
