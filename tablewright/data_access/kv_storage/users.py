"""Users of key-value storage, and what they use."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tablewright.data_access.errors import (
    Conflict,
    InvalidInput,
    NotFound,
    Retryable,
    UnknownOutcome,
    VersionConflict,
)
from tablewright.data_access.kv_storage.usage import REMEMBERED, SHARD, Usage, counted, forgotten
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.repository.records import Id, Record, Text, Timestamp
from tablewright.models.catalog import kv_storage as model

if TYPE_CHECKING:
    from collections.abc import Mapping


class User(Record):
    """Who owns namespaces and API keys."""

    user_id: Id
    email: Text | None = None
    plan: Text | None = None
    created_at: Timestamp
    updated_at: Timestamp


USER = Kind(model.KV_STORAGE, model.USER, User)


class UsersRepository(BaseRepository):
    """Creates and finds users, and counts what they use."""

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

    @performs("record_usage", "record_usage.forget")
    def record_usage(
        self,
        user_id: str,
        *,
        requests: int = 0,
        storage_bytes: int = 0,
        op: str | None = None,
    ) -> None:
        """Add to what a user has used; a negative number of bytes gives some back.

        Repeated with one `op`, it counts once, unless ten others have come to the same one of eight
        shards meanwhile. Whether there is such a user is not asked. Raises InvalidInput where there
        is nothing to add.
        """
        op = op or self._connection.new_id()
        added = Usage.of(user_id=user_id, request_count=requests, storage_bytes=storage_bytes)
        if requests < 0 or not (requests or storage_bytes):
            raise InvalidInput(
                f"usage of {requests} requests and {storage_bytes} bytes; give a positive number "
                "of requests, or a number of bytes"
            )
        fields = {"userId": user_id, "operationId": op}
        change, condition = counted(added, op)
        try:
            shard = self._update("record_usage", SHARD, fields, change, op=op, condition=condition)
        except VersionConflict:
            return  # the shard remembers the operation
        if len(shard.recent_operations) >= REMEMBERED:
            self._forget(fields)

    @performs("get_usage")
    def get_usage(self, user_id: str) -> Usage:
        """Return what a user has used so far: nothing where nothing was recorded."""
        shards = list(self._query("get_usage", SHARD, {"userId": user_id}).each())
        return Usage.of(
            user_id=user_id,
            request_count=sum(shard.request_count for shard in shards),
            storage_bytes=sum(shard.storage_bytes for shard in shards),
        )

    def _forget(self, shard: Mapping[str, object]) -> None:
        """Let a shard forget its older operations; where that fails, the next one does it."""
        change, condition = forgotten()
        op = self._connection.new_id()
        with suppress(Conflict, NotFound, Retryable, UnknownOutcome):
            self._update("record_usage.forget", SHARD, shard, change, op=op, condition=condition)
