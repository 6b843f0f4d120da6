"""Cursors: where the next page starts, signed so that only pages of this query can be asked for.

A cursor is text for a URL: version, key id, HMAC-SHA256 and start key. The signature covers what
the cursor is for (table, index, direction, key condition, filter, tenant), so that one of another
query is refused like a forged one. It is signed, not secret: who has it can read the start key.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from tablewright.data_access.errors import InvalidCursor, Misconfigured
from tablewright.data_access.values.sizes import MOST_PARTITION_KEY_BYTES, MOST_SORT_KEY_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tablewright.data_access.values.codec import Item

VARIABLE: Final = "TABLEWRIGHT_CURSOR_KEYS"
"""`id:base64,id:base64`: the first signs, all verify."""
LEAST_KEY_BYTES: Final = 32
_VERSION: Final = 1
_NO_CURSOR: Final = "the cursor is none; give back what a page gave, unchanged"

# A start key holds the keys of table and index, and JSON writes a control character as six bytes.
_KEY_ATTRIBUTES: Final = 4
_MOST_KEY_BYTES: Final = 2 * (MOST_PARTITION_KEY_BYTES + MOST_SORT_KEY_BYTES)
_MOST_NAME_BYTES: Final = 255
_MOST_ESCAPED: Final = 6
_AROUND: Final = 256
MOST_BYTES: Final = _MOST_ESCAPED * (_MOST_KEY_BYTES + _KEY_ATTRIBUTES * _MOST_NAME_BYTES) + _AROUND
"""As many as a cursor holds for each start key, at most; most have some hundred."""


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

        Without it a random key serves all connections of this process, and no other: another
        process, or this one after a restart, refuses its cursors.
        """
        given = (os.environ if environment is None else environment).get(VARIABLE, "")
        if not given.strip():
            return cls([_key_of_this_process()])
        return cls([_key_of(n, part.strip()) for n, part in enumerate(given.split(","), start=1)])

    def write(self, start_key: Item, scope: Sequence[object]) -> str:
        """Return the cursor for a start key; `scope` is everything that the query is."""
        text = json.dumps(
            start_key, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_text
        )
        body = text.encode()
        parts = (
            b"%d" % _VERSION,
            self._signing.id.encode(),
            _sign(self._signing, scope, body),
            body,
        )
        return base64.urlsafe_b64encode(b"|".join(parts)).decode().rstrip("=")

    def read(self, cursor: str, scope: Sequence[object], *, starts: int = 1) -> Item:
        """Return the start key of a cursor; raises InvalidCursor for any but one of this query.

        `starts` is how many start keys it may hold. Nothing of it is parsed before its signature
        is known to be right.
        """
        version, key_id, signature, body = _parts(cursor, starts)
        key = self._keys.get(key_id.decode(errors="replace"))
        if version != b"%d" % _VERSION or key is None:
            raise InvalidCursor(
                "the cursor is signed by a key that is not known here; start at the first page"
            )
        if not hmac.compare_digest(signature, _sign(key, scope, body)):
            raise InvalidCursor(
                "the cursor is of another query, or was altered; start at the first page"
            )
        start_key: Item = json.loads(body, object_hook=_with_bytes)
        return start_key


def _parts(cursor: str, starts: int) -> list[bytes]:
    if not isinstance(cursor, str) or len(cursor) * 3 > MOST_BYTES * starts * 4:
        raise InvalidCursor(_NO_CURSOR)
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = base64.b64decode(padded, altchars=b"-_", validate=True).split(b"|", 3)
    except ValueError:
        raise InvalidCursor(_NO_CURSOR) from None
    if len(parts) != 4:  # noqa: PLR2004 -- as it is written
        raise InvalidCursor(_NO_CURSOR)
    return parts


def _sign(key: CursorKey, scope: Sequence[object], body: bytes) -> bytes:
    # JSON says itself where it ends, so nothing can move between what is covered and the body.
    covered = json.dumps([list(scope), key.id], separators=(",", ":"), default=repr)
    return hmac.new(key.secret, covered.encode() + body, "sha256").hexdigest().encode()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _with_bytes(value: dict[str, Any]) -> dict[str, Any]:
    """Make bytes of a binary value again, which is text in JSON and on the fast path."""
    content = value.get("B")
    return {"B": base64.b64decode(content)} if isinstance(content, str) else value


@cache
def _key_of_this_process() -> CursorKey:
    # An id of its own, so that another process says that it does not know the key.
    return CursorKey(f"process{secrets.token_hex(4)}", secrets.token_bytes(LEAST_KEY_BYTES))


def _key_of(number: int, part: str) -> CursorKey:
    # Errors do not show what stands in the place of the id, for that is the secret where both are
    # the wrong way round.
    key_id, colon, secret = part.partition(":")
    if not colon:
        raise Misconfigured(f"{VARIABLE} must be id:base64, several with commas between")
    if not key_id.isalnum():
        raise Misconfigured(f"{VARIABLE}: the id of key {number} must be letters and digits")
    try:
        content = base64.b64decode(secret, validate=True)
    except ValueError:
        raise Misconfigured(
            f"{VARIABLE}: key {number} is no base64; write id:base64, in this order"
        ) from None
    if len(content) < LEAST_KEY_BYTES:
        raise Misconfigured(
            f"{VARIABLE}: key {number} has {len(content)} bytes; it needs at least "
            f"{LEAST_KEY_BYTES} random ones"
        )
    return CursorKey(key_id, content)
