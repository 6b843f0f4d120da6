"""OIDC state: what a login leaves behind while the user is away at the provider, to be used once.

The state parameter is unguessable and is the key, so no error names it.
Source: OpenID Connect Core 1.0, section 3.1.2.1 (state, nonce); RFC 7636 (code verifier).
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Final

from pydantic import Field

from tablewright.data_access.errors import InvalidInput, NotFound
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.repository.records import Expiry, Id, Record, Text
from tablewright.models.catalog import usage_quotas as model

_SECRET_BYTES: Final = 32
_LIFETIME: Final = timedelta(minutes=10)


class State(Record):
    """One login under way; `consumed_by` is the operation that used it."""

    state: Id = Field(repr=False)
    expires_at: Expiry
    consumed_by: Text | None = None
    nonce: Text | None = Field(default=None, repr=False)
    code_verifier: Text | None = Field(default=None, repr=False)
    redirect_to: Text | None = None


STATE = Kind(model.USAGE_QUOTAS, model.STATE, State, secret=True)
_UNUSED: Final = "attribute_not_exists(#consumedBy) OR #consumedBy = :by"


class OidcStateRepository(BaseRepository):
    """Creates states, and consumes each once."""

    model = model.USAGE_QUOTAS

    @performs("create_state")
    def create_state(
        self,
        *,
        state: str | None = None,
        expires_at: datetime | None = None,
        nonce: str | None = None,
        code_verifier: str | None = None,
        redirect_to: str | None = None,
        op: str | None = None,
    ) -> State:
        """Keep a login under a state of 256 random bits and return it.

        It expires in ten minutes unless `expires_at` says otherwise. Raises AlreadyExists for a
        state that is there and has not expired.
        """
        op = op or self._connection.new_id()
        now = self._connection.now()
        kept = State.of(
            state=self._random() if state is None else state,
            expires_at=now + _LIFETIME if expires_at is None else expires_at,
            nonce=nonce,
            code_verifier=code_verifier,
            redirect_to=redirect_to,
        )
        if kept.expires_at <= now:
            raise InvalidInput(f"expires_at {kept.expires_at} is over; give a moment to come")
        with self._repeatable(state=kept.state):
            return self._put("create_state", STATE, kept, op=op)

    @performs("consume_state")
    def consume_state(self, state: str, *, op: str | None = None) -> State:
        """Use a state and return it: once, though the same operation may repeat it.

        Raises NotFound for one that is absent, expired, or used by another operation.
        """
        op = op or self._connection.new_id()
        used = self._update(
            "consume_state",
            STATE,
            {"state": state},
            Change(assign={"consumedBy": op}),
            op=op,
            condition=Condition(text=_UNUSED, values={"by": op}),
            refused=lambda _: NotFound(f"there is no {STATE.named({'state': state})}"),
        )
        if used.consumed_by != op:
            # The item bears the id of this operation, and yet another one wrote it.
            raise InvalidInput("op is the one that created the state; give consuming its own")
        return used

    def _random(self) -> str:
        return urlsafe_b64encode(self._connection.new_secret(_SECRET_BYTES)).decode().rstrip("=")
