"""How much a user has used: a sum over eight counters, for one would be a hot item."""

from __future__ import annotations

from typing import Final

from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.repository.kinds import ENTITY_TYPE, Kind
from tablewright.data_access.repository.records import Id, Integer, Record
from tablewright.models.catalog import kv_storage as model


class Usage(Record):
    """What a user's requests and stored bytes come to."""

    user_id: Id
    request_count: Integer = 0
    storage_bytes: Integer = 0


class UsageShard(Usage):
    """One of the counters, and the operations that it has counted of late."""

    recent_operations: frozenset[Id] = frozenset()


SHARD = Kind(model.KV_STORAGE, model.USAGE_SHARD, UsageShard)
REMEMBERED: Final = 10
"""Operations that a shard remembers at least: two sets of so many ids keep it within 1 KB."""


def counted(usage: Usage, operation_id: str) -> tuple[Change, Condition]:
    """Return the change that adds to a shard, on the condition that it was not added before.

    Of several operations that are repeated in turns, the last one's id alone would not tell.
    """
    change = Change(
        assign={ENTITY_TYPE: SHARD.entity.name},
        add={
            "requestCount": usage.request_count,
            "storageBytes": usage.storage_bytes,
            "recentOperations": frozenset({operation_id}),
        },
    )
    new = "NOT contains(#recentOperations, :op) AND NOT contains(#olderOperations, :op)"
    return change, Condition(text=new, values={"op": operation_id})


def forgotten() -> tuple[Change, Condition]:
    """Return the change that forgets the older operations, once there are enough recent ones."""
    change = Change(
        compute={"olderOperations": "#recentOperations"}, assign={"recentOperations": None}
    )
    enough = Condition(text="size(#recentOperations) >= :most", values={"most": REMEMBERED})
    return change, enough
