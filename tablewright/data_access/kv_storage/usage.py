"""How much a user has used: a sum over eight counters, for one would be a hot item."""

from __future__ import annotations

from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.records import Id, Integer, Record
from tablewright.models.catalog import kv_storage as model


class Usage(Record):
    """What a user's requests and stored bytes come to."""

    user_id: Id
    request_count: Integer = 0
    storage_bytes: Integer = 0


SHARD = Kind(model.KV_STORAGE, model.USAGE_SHARD, Usage)
