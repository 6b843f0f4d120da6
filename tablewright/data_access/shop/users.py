"""Users of the shop: one id and one e-mail each, and a status by which they are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.data_access.errors import EmailTaken, NotFound, VersionConflict
from tablewright.data_access.repository import transactions
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.conditions import NOTHING
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.repository.records import Count, Id, Record
from tablewright.data_access.shop.records import (
    EMAIL_GUARD,
    USER,
    USER_SUMMARY,
    Email,
    EmailGuard,
    User,
    UserSummary,
    comparable,
)
from tablewright.models.catalog import shop as model

if TYPE_CHECKING:
    from tablewright.data_access.repository.pages import Page
    from tablewright.data_access.repository.performer import Refusal


class Address(Record):
    """An e-mail that is given."""

    email: Email


class Setting(Record):
    """A status that is given, and the version that it is for."""

    status: Id
    version: Count | None


class UsersRepository(BaseRepository):
    """Creates, finds and changes users."""

    model = model.SHOP

    @performs("create_user", "get_user")
    def create_user(
        self,
        *,
        user_id: str | None = None,
        name: str,
        email: str,
        status: str = "active",
        op: str | None = None,
    ) -> User:
        """Create a user and return it.

        Raises AlreadyExists for an id that is taken, else EmailTaken for an e-mail that is, also
        where the two differ by case alone.
        """
        op = op or self._connection.new_id()
        user = User.of(
            user_id=op if user_id is None else user_id,
            name=name,
            email=email,
            status=status,
            version=1,
            created_at=self._connection.now(),
        )
        earlier = self._transact(
            "create_user",
            op,
            transactions.put(USER, user),
            transactions.put(EMAIL_GUARD, _guard(user), refused=_taken(email)),
        )
        if earlier is None:
            return user
        with self._behind_write(f"user {user.user_id!r} was created", op=op):
            return self.get_user(user.user_id)

    @performs("get_user")
    def get_user(self, user_id: str) -> User:
        """Return a user; raises NotFound."""
        return self._require("get_user", USER, {"userId": user_id})

    @performs("get_user_by_email", "get_user")
    def get_user_by_email(self, email: str) -> User:
        """Return the user who has this e-mail, in whatever case; raises NotFound."""
        wanted = comparable(Address.of(email=email).email)
        guard = self._get("get_user_by_email", EMAIL_GUARD, {"email": wanted})
        if guard is not None:
            user = self._get("get_user", USER, {"userId": guard.user_id})
            # Between the two reads the user may have changed to another e-mail.
            if user is not None and comparable(user.email) == wanted:
                return user
        raise NotFound(f"there is no user email={email!r}")

    @performs("get_user", "change_email", "change_email.spelling")
    def change_email(
        self, user_id: str, *, old_email: str, new_email: str, op: str | None = None
    ) -> User:
        """Give a user another e-mail, free the old one, and return the user.

        Raises NotFound, EmailTaken, or VersionConflict where the user has another e-mail than the
        old one, or changes at the same time.
        """
        op = op or self._connection.new_id()
        old, new = (Address.of(email=email).email for email in (old_email, new_email))
        seen = self.get_user(user_id)
        change = Change(assign={"email": new}, add={"version": 1})
        unchanged = Condition(
            text="#email = :old AND #version = :seen", values={"old": old, "seen": seen.version}
        )
        key = {"userId": user_id}
        if comparable(old) == comparable(new):
            return self._update(
                "change_email.spelling", USER, key, change, op=op, condition=unchanged
            )
        changed = seen.model_copy(update={"email": new, "version": seen.version + 1})
        earlier = self._transact(
            "change_email",
            op,
            transactions.delete(
                EMAIL_GUARD,
                {"email": comparable(old)},
                condition=Condition(text="#userId = :userId", values={"userId": user_id}),
                refused=lambda _: VersionConflict(f"user {user_id!r} has not the e-mail {old!r}"),
            ),
            transactions.put(EMAIL_GUARD, _guard(changed), refused=_taken(new)),
            transactions.update(USER, key, change, condition=unchanged),
        )
        if earlier is None:
            return changed
        with self._behind_write(f"the e-mail of user {user_id!r} was changed", op=op):
            return self.get_user(user_id)

    @performs("set_user_status")
    def set_user_status(
        self, user_id: str, *, status: str, version: int | None = None, op: str | None = None
    ) -> User:
        """Set a user's status, where `version` is given only if it is still the user's.

        Raises NotFound or VersionConflict. The list by status follows a little later.
        """
        wanted = Setting.of(status=status, version=version)
        own = USER.index_keys_with("status", {"userId": user_id, "status": wanted.status})
        return self._update(
            "set_user_status",
            USER,
            {"userId": user_id},
            Change(assign={"status": wanted.status, **own}, add={"version": 1}),
            op=op or self._connection.new_id(),
            condition=NOTHING
            if version is None
            else Condition(text="#version = :seen", values={"seen": wanted.version}),
        )

    @performs("list_users_by_status")
    def list_users_by_status(
        self, status: str, *, limit: int = 50, cursor: str | None = None
    ) -> Page[UserSummary]:
        """List users of a status by their ids, as they were a little earlier."""
        shards = self._fan_in("list_users_by_status", USER_SUMMARY, {"status": status})
        return shards.page(limit=limit, cursor=cursor)

    @performs("get_user")
    def follow(self, summary: UserSummary) -> User:
        """Return the whole user of a summary as it is now; raises NotFound."""
        return self.get_user(summary.user_id)


def _guard(user: User) -> EmailGuard:
    return EmailGuard.of(email=comparable(user.email), user_id=user.user_id)


def _taken(email: str) -> Refusal:
    return lambda _: EmailTaken(f"another user has the e-mail {email!r}")
