"""API keys: a random secret that its user holds, and of which only the hash is stored."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Final

from pydantic import Field

from tablewright.data_access.errors import InvalidInput, NotFound
from tablewright.data_access.kv_storage.users import USER, User
from tablewright.data_access.repository import transactions
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.expressions import Change
from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.repository.records import Id, Record, Text, Timestamp
from tablewright.data_access.transport.timing import timestamp
from tablewright.models.catalog import kv_storage as model

if TYPE_CHECKING:
    from tablewright.data_access.repository.pages import Page

SECRET_BYTES: Final = 32
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class ApiKey(Record):
    """What is stored of an API key; `sha256` names it without telling the secret."""

    sha256: Id = Field(repr=False)
    user_id: Id
    created_at: Timestamp
    revoked_at: Timestamp | None = None


class CreatedApiKey(Record):
    """A new API key and its secret, which is told this once."""

    secret: Text = Field(repr=False)
    api_key: ApiKey


API_KEY = Kind(model.KV_STORAGE, model.API_KEY, ApiKey, secret=True)


def sha256_of(secret: str) -> str:
    """Return the hash under which an API key is stored; raises InvalidInput for no secret."""
    if not isinstance(secret, str) or not _SECRET.fullmatch(secret):
        raise InvalidInput(
            f"what is given is no API key: one has {SECRET_BYTES} bytes as url-safe base64 "
            "without padding"
        )
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiKeysRepository(BaseRepository):
    """Creates, revokes and lists API keys, and finds the user of one."""

    model = model.KV_STORAGE

    @performs("create_api_key")
    def create_api_key(
        self, user_id: str, *, secret: str | None = None, op: str | None = None
    ) -> CreatedApiKey:
        """Create an API key of a user, and return it with its secret, which is not stored.

        Give `secret` only to repeat a call that ended in UnknownOutcome, whose `repeat_with` holds
        it. Raises NotFound where there is no such user.
        """
        op = op or self._connection.new_id()
        if secret is None:
            drawn = self._connection.new_secret(SECRET_BYTES)
            secret = base64.urlsafe_b64encode(drawn).decode().rstrip("=")
        api_key = ApiKey.of(
            sha256=sha256_of(secret), user_id=user_id, created_at=self._connection.now()
        )
        with self._repeatable(secret=secret):
            found = self._transact(
                "create_api_key",
                op,
                transactions.check(USER, {"userId": user_id}),
                transactions.put(API_KEY, api_key),
            )
        stored = found[1] if found else None
        return CreatedApiKey.of(secret=secret, api_key=API_KEY.read(stored) if stored else api_key)

    @performs("get_user_by_api_key", "get_user")
    def get_user_by_api_key(self, secret: str) -> User:
        """Return the user of an API key.

        Raises NotFound for a key that does not exist or is revoked, which takes effect at once.
        """
        api_key = self._get("get_user_by_api_key", API_KEY, {"sha256": sha256_of(secret)})
        if api_key is None or api_key.revoked_at is not None:
            raise NotFound("there is no such API key")
        return self._require("get_user", USER, {"userId": api_key.user_id})

    @performs("revoke_api_key")
    def revoke_api_key(self, sha256: str, *, op: str | None = None) -> ApiKey:
        """Revoke an API key by the hash that its record or `sha256_of` gives; it stays listed.

        Revoking again keeps the first time. Raises NotFound.
        """
        op = op or self._connection.new_id()
        if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
            raise InvalidInput(
                "what is given is no hash of an API key; give the `sha256` of its record"
            )
        change = Change(
            compute={"revokedAt": "if_not_exists(#revokedAt, :revokedAt)"},
            using={"revokedAt": timestamp(self._connection.now())},
        )
        return self._update("revoke_api_key", API_KEY, {"sha256": sha256}, change, op=op)

    @performs("list_api_keys")
    def list_api_keys(
        self, user_id: str, *, limit: int = 50, cursor: str | None = None
    ) -> Page[ApiKey]:
        """Return a user's API keys, oldest first, revoked ones too; new ones appear with a lag."""
        keys = self._query("list_api_keys", API_KEY, {"userId": user_id})
        return keys.page(limit=limit, cursor=cursor)
