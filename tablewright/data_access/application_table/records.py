"""Records of the application table: what every kind that expires has, and the two built in."""

from __future__ import annotations

from pydantic import Field

from tablewright.data_access.repository.records import Expiry, Id, Record, Text, Timestamp


class Expiring(Record):
    """A record that is gone from `expires_at` on, stored as the table's attribute `TTL`.

    None keeps it for good. DynamoDB deletes it days later, but no read gives it any more.
    """

    expires_at: Expiry | None = Field(default=None, alias="TTL")


class UserProfile(Record):
    """Who a user is."""

    user_id: Id
    name: Text | None = None
    email: Text | None = None
    created_at: Timestamp


class Session(Expiring):
    """That a user is signed in.

    Errors name the session's id: where a token stands for it, keep the token's hash.
    """

    session_id: Id
    user_id: Id
    created_at: Timestamp
