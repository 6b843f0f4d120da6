"""A quota is whole again with each period, whoever comes first and whatever is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from threading import Lock

import pytest

from tablewright.data_access.errors import (
    InvalidInput,
    NotFound,
    QuotaExceeded,
    UnknownOutcome,
    VersionConflict,
)
from tablewright.data_access.usage_quotas.periods import period_of
from tablewright.models.catalog import USAGE_QUOTAS
from tests.support import faults as wire

A_MONTH = 31 * 24 * 3600
KEY = {"PK": {"S": "USER#u1"}, "SK": {"S": "QUOTA#monthly"}}


@pytest.fixture
def used(quotas, clock):
    """Eight of ten are used in January; it is February."""
    quotas.assign_quota("u1", "monthly", tier="free", limit=10)
    quotas.consume("u1", "monthly", 8)
    clock.sleep(A_MONTH)


def stored(backend):
    table = backend.tables(USAGE_QUOTAS)["user-quotas"]
    item = backend.client.get_item(TableName=table, Key=KEY, ConsistentRead=True)["Item"]
    return item["period"]["S"], int(item["remaining"]["N"])


def set_period(backend, period):
    backend.client.update_item(
        TableName=backend.tables(USAGE_QUOTAS)["user-quotas"],
        Key=KEY,
        UpdateExpression="SET #p = :p",
        ExpressionAttributeNames={"#p": "period"},
        ExpressionAttributeValues={":p": {"S": period}},
    )


@pytest.mark.parametrize(
    ("quota_type", "moment", "period"),
    [
        ("daily", datetime(2026, 1, 31, 23, 59, 59, 999999, UTC), "2026-01-31"),
        ("monthly", datetime(2026, 1, 31, tzinfo=UTC), "2026-01"),
        ("tokens-monthly", datetime(2026, 12, 1, tzinfo=UTC), "2026-12"),
        ("a#b-yearly", datetime(2026, 12, 31, tzinfo=UTC), "2026"),
        ("daily", datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=2))), "2025-12-31"),
    ],
    ids=str,
)
def test_a_period_is_of_utc_and_of_the_last_word_of_the_type(quota_type, moment, period):
    assert period_of(quota_type, moment) == period


@pytest.mark.usefixtures("used")
def test_a_quota_that_is_read_in_a_new_period_is_whole(quotas, backend):
    quota = quotas.get_quota("u1", "monthly")
    assert (quota.period, quota.remaining) == ("2026-02", 10)
    assert stored(backend) == ("2026-01", 2), "reading writes nothing"


@pytest.mark.usefixtures("used")
def test_consuming_in_a_new_period_begins_it(quotas, backend):
    quotas.consume("u1", "monthly", 7)
    assert stored(backend) == ("2026-02", 3)
    with pytest.raises(QuotaExceeded, match="3 of 10 remain in 2026-02"):
        quotas.consume("u1", "monthly", 4)


@pytest.mark.usefixtures("used")
def test_more_than_the_limit_is_refused_in_a_new_period_too(quotas):
    with pytest.raises(QuotaExceeded, match="10 of 10 remain in 2026-02, where 11 are needed"):
        quotas.consume("u1", "monthly", 11)
    quotas.consume("u1", "monthly", 10)


@pytest.mark.usefixtures("used")
def test_a_changed_limit_counts_whole_in_a_new_period(quotas):
    changed = quotas.assign_quota("u1", "monthly", tier="pro", limit=4, version=1)
    assert (changed.period, changed.remaining) == ("2026-02", 4)
    quotas.consume("u1", "monthly", 4)


@pytest.mark.parametrize("lost", range(3), ids=["refused", "renewed", "consumed"])
@pytest.mark.parametrize("loss", [wire.LOST, wire.LOST_IN_500])
@pytest.mark.usefixtures("used")
def test_a_lost_answer_anywhere_consumes_once(quotas, faults, backend, lost, loss):
    faults.on("TransactWriteItems", *[None] * lost, loss)
    quotas.consume("u1", "monthly", 4)
    assert stored(backend) == ("2026-02", 6)


@pytest.mark.parametrize("lost", range(3), ids=["refused", "renewed", "consumed"])
@pytest.mark.usefixtures("used")
def test_a_repeated_call_consumes_once_wherever_the_first_one_stopped(
    quotas, faults, backend, lost
):
    faults.on("TransactWriteItems", *[None] * lost, *[wire.LOST] * 100)
    with pytest.raises(UnknownOutcome) as unknown:
        quotas.consume("u1", "monthly", 4, op="o")
    assert unknown.value.repeat_with == {"op": "o"}
    faults._script.clear()
    quotas.consume("u1", "monthly", 4, **unknown.value.repeat_with)
    quotas.consume("u1", "monthly", 4, **unknown.value.repeat_with)
    assert stored(backend) == ("2026-02", 6)


def test_an_operation_of_the_last_period_that_is_repeated_takes_nothing(quotas, clock, backend):
    quotas.assign_quota("u1", "monthly", tier="free", limit=10)
    quotas.consume("u1", "monthly", 8, op="o")
    clock.sleep(A_MONTH)
    quotas.consume("u1", "monthly", 8, op="o")
    assert stored(backend) == ("2026-01", 2)


@pytest.mark.usefixtures("used")
def test_two_that_begin_a_period_at_once_begin_it_once(quotas, faults, backend):
    def another():
        quotas.consume("u1", "monthly", 3)

    faults.on("TransactWriteItems", None, wire.before(another))
    quotas.consume("u1", "monthly", 4)
    assert stored(backend) == ("2026-02", 3)


@pytest.mark.usefixtures("used")
def test_a_host_whose_clock_is_behind_does_not_bring_a_period_back(quotas, backend):
    set_period(backend, "2026-03")
    with pytest.raises(QuotaExceeded, match="2 of 10 remain in 2026-03"):
        quotas.consume("u1", "monthly", 3)
    quotas.consume("u1", "monthly", 2)
    assert stored(backend) == ("2026-03", 0)
    assert quotas.get_quota("u1", "monthly").remaining == 0


@pytest.mark.usefixtures("used")
def test_a_quota_that_disappears_while_a_period_begins_is_not_found(quotas, faults, backend):
    table = backend.tables(USAGE_QUOTAS)["user-quotas"]

    def vanish():
        backend.client.delete_item(TableName=table, Key=KEY)

    faults.on("TransactWriteItems", None, wire.before(vanish))
    with pytest.raises(NotFound):
        quotas.consume("u1", "monthly", 1)
    assert backend.items(table) == [], "and no ghost is left"


@pytest.mark.usefixtures("used")
def test_a_period_that_changes_with_every_attempt_ends_as_a_conflict(quotas, faults, backend):
    periods = iter(f"20{number}" for number in range(30, 50))
    faults.always("TransactWriteItems", wire.before(lambda: set_period(backend, next(periods))))
    with pytest.raises(VersionConflict, match="try again"):
        quotas.consume("u1", "monthly", 1)
    assert faults.count("TransactWriteItems") == 4


def one_at_a_time():
    """Apply requests one by one: moto takes back what others wrote when it rolls back."""
    lock = Lock()

    def fault(exchange):
        with lock:
            return exchange.apply()

    return fault


@pytest.mark.usefixtures("used")
def test_many_that_consume_at_once_in_a_new_period_never_exceed_the_quota(quotas, backend, faults):
    if backend.name == "moto":
        faults.always("TransactWriteItems", one_at_a_time())

    def consume(number):
        try:
            quotas.consume("u1", "monthly", 1, op=f"op-{number}")
        except QuotaExceeded:
            return 0
        return 1

    with ThreadPoolExecutor(8) as threads:
        granted = sum(threads.map(consume, range(16)))
    assert granted == 10
    assert stored(backend) == ("2026-02", 0)


def test_a_type_is_checked_before_a_moment_is():
    with pytest.raises(InvalidInput, match="does not say when it renews"):
        period_of("weekly", datetime(2026, 1, 1, tzinfo=UTC))
