"""Cursors: where the next page starts, signed so that only pages of this query can be asked for.

A cursor is text for a URL: version, key id, HMAC-SHA256 and start key. The signature covers what
the cursor is for (table, index, direction, key condition, filter, tenant), so that one of another
query is refused like a forged one. It is signed, not secret: who has it can read the start key.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tablewright.data_access.errors import InvalidCursor, Misconfigured

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tablewright.data_access.values.codec import Item

VARIABLE: Final = "TABLEWRIGHT_CURSOR_KEYS"
"""`id:base64,id:base64`: the first signs, all verify."""
LEAST_KEY_BYTES: Final = 32
MOST_CURSOR_CHARACTERS: Final = 524_288
"""As long as the keys of eight shards may be; most cursors have some hundred characters."""
_VERSION: Final = 1


@dataclass(frozen=True)
class CursorKey:
    """A secret of at least 32 bytes, and the short id by which cursors name it."""

    id: str
    secret: bytes

    def __post_init__(self) -> None:
        if not self.id or not self.id.isalnum():
            raise Misconfigured(f"cursor key id {self.id!r} must be letters and digits")
        if len(self.secret) < LEAST_KEY_BYTES:
            raise Misconfigured(
                f"cursor key {self.id!r} has {len(self.secret)} bytes; it needs at least "
                f"{LEAST_KEY_BYTES} random ones"
            )

    def __repr__(self) -> str:
        return f"CursorKey({self.id!r})"


class Cursors:
    """Signs and reads cursors; keys rotate by putting a new one first."""

    def __init__(self, keys: Sequence[CursorKey]) -> None:
        if not keys:
            raise Misconfigured(f"no cursor key is given; set {VARIABLE} or pass one")
        self._signing = keys[0]
        self._keys = {key.id: key for key in keys}
        if len(self._keys) != len(keys):
            raise Misconfigured("two cursor keys have one id; give each its own")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Cursors:
        """Take the keys of `TABLEWRIGHT_CURSOR_KEYS`.

        Without it a random key serves this process alone: another process, or this one after a
        restart, refuses its cursors.
        """
        given = (os.environ if environment is None else environment).get(VARIABLE, "")
        if not given.strip():
            return cls([CursorKey("process", secrets.token_bytes(LEAST_KEY_BYTES))])
        return cls([_key_of(part.strip()) for part in given.split(",")])

    def write(self, start_key: Item, scope: Sequence[object]) -> str:
        """Return the cursor for a start key; `scope` is everything that the query is."""
        body = json.dumps(start_key, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        signature = _sign(self._signing, scope, body)
        parts = (str(_VERSION), self._signing.id, signature, body)
        return base64.urlsafe_b64encode("|".join(parts).encode()).decode().rstrip("=")

    def read(self, cursor: str, scope: Sequence[object]) -> Item:
        """Return the start key of a cursor; raises InvalidCursor for any but one of this query."""
        if not isinstance(cursor, str) or len(cursor) > MOST_CURSOR_CHARACTERS:
            raise InvalidCursor("the cursor is none; give back what a page gave, unchanged")
        try:
            padded = cursor + "=" * (-len(cursor) % 4)
            text = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
            version, key_id, signature, body = text.split("|", 3)
        except (binascii.Error, ValueError):
            raise InvalidCursor(
                "the cursor is none; give back what a page gave, unchanged"
            ) from None
        key = self._keys.get(key_id)
        if version != str(_VERSION) or key is None:
            raise InvalidCursor(
                "the cursor is signed by a key that is not known here; start at the first page"
            )
        if not hmac.compare_digest(signature, _sign(key, scope, body)):
            raise InvalidCursor(
                "the cursor is of another query, or was altered; start at the first page"
            )
        start_key: Item = json.loads(body)
        return start_key


def _sign(key: CursorKey, scope: Sequence[object], body: str) -> str:
    covered = json.dumps([list(scope), key.id, body], separators=(",", ":"), default=str)
    return hmac.new(key.secret, covered.encode(), "sha256").hexdigest()


def _key_of(part: str) -> CursorKey:
    key_id, colon, secret = part.partition(":")
    if not colon:
        raise Misconfigured(f"{VARIABLE} must be id:base64, several with commas between")
    try:
        return CursorKey(key_id, base64.b64decode(secret, validate=True))
    except binascii.Error:
        raise Misconfigured(f"{VARIABLE}: key {key_id!r} is no base64") from None
