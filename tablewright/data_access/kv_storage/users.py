"""Users of key-value storage."""

from __future__ import annotations

from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.repository.records import Id, Record, Text, Timestamp
from tablewright.models.catalog import kv_storage as model


class User(Record):
    """Who owns namespaces and API keys."""

    user_id: Id
    email: Text | None = None
    plan: Text | None = None
    created_at: Timestamp
    updated_at: Timestamp


USER = Kind(model.KV_STORAGE, model.USER, User)


class UsersRepository(BaseRepository):
    """Creates and finds users."""

    model = model.KV_STORAGE

    @performs("create_user")
    def create_user(
        self,
        *,
        user_id: str | None = None,
        email: str | None = None,
        plan: str | None = None,
        op: str | None = None,
    ) -> User:
        """Create a user and return it; raises AlreadyExists for an id that is taken."""
        op = op or self._connection.new_id()
        now = self._connection.now()
        user = User.of(
            user_id=user_id or op, email=email, plan=plan, created_at=now, updated_at=now
        )
        return self._put("create_user", USER, user, op=op)

    @performs("get_user")
    def get_user(self, user_id: str) -> User:
        """Return a user; raises NotFound."""
        return self._require("get_user", USER, {"userId": user_id})
