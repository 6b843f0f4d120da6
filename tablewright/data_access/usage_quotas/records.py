"""The records of quotas and sessions."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 -- pydantic reads the annotation
from datetime import datetime  # noqa: TC003 -- pydantic reads the annotation

from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.records import Count, Id, Integer, Record, Timestamp
from tablewright.data_access.usage_quotas.periods import QuotaType, period_of
from tablewright.models.catalog import usage_quotas as model


class Quota(Record):
    """How much of something a user may use in a period, and what remains of it.

    `remaining` is below zero where the limit was lowered under what is used already.
    """

    user_id: Id
    type: QuotaType
    tier: Id
    limit: Count
    remaining: Integer
    period: Id
    version: Count

    def at(self, moment: datetime) -> Quota:
        """Return the quota as it counts at a moment: whole again where its period is over."""
        period = period_of(self.type, moment)
        if self.period >= period:
            return self
        return self.model_copy(update={"period": period, "remaining": self.limit})


class Session(Record):
    """What a user did in one go, since `timestamp`."""

    user_id: Id
    session_id: Id
    timestamp: Timestamp
    metadata: Mapping[str, object] = {}


QUOTA = Kind(model.USAGE_QUOTAS, model.QUOTA, Quota)
SESSION = Kind(model.USAGE_QUOTAS, model.SESSION, Session)
