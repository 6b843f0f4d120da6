"""Usage quotas: assigned to users by tier, consumed once for each operation, renewed by period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.data_access.errors import (
    DataAccessError,
    InvalidInput,
    QuotaExceeded,
    VersionConflict,
)
from tablewright.data_access.repository import transactions
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.repository.pages import Page
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.usage_quotas.periods import period_of
from tablewright.data_access.usage_quotas.records import QUOTA, Quota
from tablewright.data_access.values.shown import shown
from tablewright.models.catalog import USAGE_QUOTAS

if TYPE_CHECKING:
    from tablewright.data_access.values.codec import Item

_MOST_TURNS: Final = 4
"""Attempts to consume in a quota whose period changes meanwhile; clocks of hosts differ."""


class _OtherPeriod(VersionConflict):
    """The quota that was met is in another period than was asked for."""

    def __init__(self, quota: Quota) -> None:
        super().__init__(f"{_named(quota)} is in period {quota.period} meanwhile; try again")
        self.period = quota.period


class QuotasRepository(BaseRepository):
    """Assigns, reads and consumes quotas.

    A quota's type says when it renews: see `periods`.
    """

    model = USAGE_QUOTAS

    @performs("get_quota")
    def get_quota(self, user_id: str, quota_type: str) -> Quota:
        """Return a quota as it counts now; raises NotFound."""
        found = self._require("get_quota", QUOTA, {"userId": user_id, "type": quota_type})
        return found.at(self._connection.now())

    @performs("assign_quota", "get_quota", "assign_quota.change")
    def assign_quota(
        self,
        user_id: str,
        quota_type: str,
        *,
        tier: str,
        limit: int,
        version: int | None = None,
        op: str | None = None,
    ) -> Quota:
        """Give a user a quota, or with `version` change the one that was read, and return it.

        What is used stays used: `remaining` moves with the limit, below zero where less is left
        than was used. Consuming leaves the version as it is. Raises AlreadyExists without a
        version, NotFound and VersionConflict with one.
        """
        op = op or self._connection.new_id()
        now = self._connection.now()
        wanted = Quota.of(
            user_id=user_id,
            type=quota_type,
            tier=tier,
            limit=limit,
            remaining=limit,
            period=period_of(quota_type, now),
            version=1 if version is None else version,
        )
        if version is None:
            return self._put("assign_quota", QUOTA, wanted, op=op)
        return self._change(wanted, op).at(now)

    def _change(self, wanted: Quota, op: str) -> Quota:
        fields = QUOTA.identity(wanted)
        # DynamoDB adds two numbers in an expression, not three, so the old limit is read first.
        held = self._require("get_quota", QUOTA, fields)
        change = Change(
            assign={
                "tier": wanted.tier,
                "limit": wanted.limit,
                **QUOTA.index_keys_with("tier", {**fields, "tier": wanted.tier}),
            },
            compute={"remaining": "#remaining + :difference", "version": "#version + :one"},
            using={"difference": wanted.limit - held.limit, "one": 1},
        )
        unchanged = Condition(
            text="#version = :version AND #limit = :held",
            values={"version": wanted.version, "held": held.limit},
        )
        return self._update(
            "assign_quota.change", QUOTA, fields, change, op=op, condition=unchanged
        )

    @performs("consume")
    def consume(self, user_id: str, quota_type: str, amount: int, *, op: str | None = None) -> None:
        """Take a positive amount of what remains in this period, once for each operation id.

        Raises QuotaExceeded and NotFound. A repeated call is told from a new one by the last
        operation on the quota, and within ten minutes by the token of its transaction also where
        others consumed in between.
        """
        op = op or self._connection.new_id()
        _check_amount(amount)
        period = period_of(quota_type, self._connection.now())
        with self._repeatable(op=op):
            for turn in range(1, _MOST_TURNS + 1):
                try:
                    self._take(user_id, quota_type, amount, period, op)
                except _OtherPeriod as other:
                    if turn == _MOST_TURNS:
                        raise
                    if other.period < period:
                        self._renew(user_id, quota_type, other.period, period, op)
                    else:
                        # Another host's clock is ahead: a period that began does not come back.
                        period = other.period
                else:
                    return

    def _take(self, user_id: str, quota_type: str, amount: int, period: str, op: str) -> None:
        def refused(item: Item | None) -> DataAccessError | None:
            if item is None:
                return None
            quota = QUOTA.read(item)
            if quota.period != period:
                return _OtherPeriod(quota)
            return QuotaExceeded(
                f"{_named(quota)}: {quota.remaining} of {quota.limit} remain in {period}, where "
                f"{amount} are needed; wait for the next period or raise the limit"
            )

        part = transactions.update(
            QUOTA,
            {"userId": user_id, "type": quota_type},
            Change(compute={"remaining": "#remaining - :amount"}, using={"amount": amount}),
            condition=Condition(
                text="#period = :period AND #remaining >= :amount",
                values={"period": period, "amount": amount},
            ),
            refused=refused,
        )
        self._transact("consume", op, part)

    def _renew(self, user_id: str, quota_type: str, old: str, new: str, op: str) -> None:
        """Begin a period with all of the limit, unless another has begun it."""
        part = transactions.update(
            QUOTA,
            {"userId": user_id, "type": quota_type},
            Change(assign={"period": new}, compute={"remaining": "#limit"}),
            condition=Condition(text="#period = :old", values={"old": old}),
            refused=lambda item: _OtherPeriod(QUOTA.read(item)) if item else None,
        )
        # An operation of its own: what begins a period has not consumed anything yet.
        try:
            self._transact("consume", f"{op}#{new}", part)
        except _OtherPeriod:
            return

    @performs("list_by_tier")
    def list_by_tier(self, tier: str, *, limit: int = 50, cursor: str | None = None) -> Page[Quota]:
        """List the quotas of a tier by user and type, as they count now; the index lags a little.

        A page reads every shard of the tier.
        """
        page = self._fan_in("list_by_tier", QUOTA, {"tier": tier}).page(limit=limit, cursor=cursor)
        now = self._connection.now()
        return Page(tuple(quota.at(now) for quota in page.items), page.cursor)


def _named(quota: Quota) -> str:
    return f"quota {quota.type!r} of user {quota.user_id!r}"


def _check_amount(amount: int) -> None:
    if isinstance(amount, bool) or not isinstance(amount, int) or amount < 1:
        raise InvalidInput(f"an amount of {shown(amount)}; consume a whole number of at least 1")
