"""What namespaces, memberships and keys are, for the repositories that share them."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.records import Id, Record, Timestamp
from tablewright.models.catalog import kv_storage as model


class Namespace(Record):
    """A name under which its owner keeps keys."""

    name: Id
    owner_id: Id
    created_at: Timestamp
    updated_at: Timestamp


class Membership(Record):
    """That a user has a namespace; it lies beside the user, where it is listed at once."""

    user_id: Id
    name: Id
    created_at: Timestamp


class Key(Record):
    """A key of a namespace and its value: anything that DynamoDB stores, but for None itself.

    Tuples come back as lists, sets as frozensets, and whole Decimals as int.
    """

    namespace: Id = Field(alias="name")
    key: Id
    value: Any
    created_at: Timestamp
    updated_at: Timestamp


NAMESPACE = Kind(model.KV_STORAGE, model.NAMESPACE, Namespace)
MEMBERSHIP = Kind(model.KV_STORAGE, model.MEMBERSHIP, Membership)
KEY = Kind(model.KV_STORAGE, model.KEY, Key)
