"""Quotas are assigned by tier, consumed once for each operation, and renewed by their periods."""

from datetime import UTC, datetime

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    CorruptItem,
    InvalidInput,
    KeyTooLong,
    NotFound,
    QuotaExceeded,
    VersionConflict,
)
from tablewright.data_access.repository.pages import walk
from tablewright.models.catalog import USAGE_QUOTAS
from tests.support import faults as wire

A_DAY = 24 * 3600


def remaining(quotas, quota_type="monthly"):
    return quotas.get_quota("u1", quota_type).remaining


def test_a_quota_is_found_as_it_was_assigned(quotas):
    created = quotas.assign_quota("a#b%", "tokens-daily", tier="team#1", limit=5)
    assert quotas.get_quota("a#b%", "tokens-daily") == created
    assert created.model_dump() == {
        "user_id": "a#b%",
        "type": "tokens-daily",
        "tier": "team#1",
        "limit": 5,
        "remaining": 5,
        "period": "2026-01-01",
        "version": 1,
    }


@pytest.mark.usefixtures("assigned")
def test_a_quota_that_is_not_there_is_not_found(quotas):
    with pytest.raises(NotFound, match="there is no quota userId='u1' type='daily'"):
        quotas.get_quota("u1", "daily")
    with pytest.raises(NotFound):
        quotas.consume("u1", "daily", 1)
    with pytest.raises(NotFound):
        quotas.assign_quota("u1", "daily", tier="free", limit=1, version=1)


def test_a_second_quota_of_one_type_is_refused(quotas, assigned):
    with pytest.raises(AlreadyExists):
        quotas.assign_quota("u1", "monthly", tier="pro", limit=100)
    assert quotas.get_quota("u1", "monthly") == assigned


def test_assigning_with_the_same_operation_id_again_gives_the_same_quota(quotas):
    first = quotas.assign_quota("u1", "monthly", tier="free", limit=10, op="o")
    assert quotas.assign_quota("u1", "monthly", tier="free", limit=10, op="o") == first


@pytest.mark.parametrize(
    ("limit", "left"), [(25, 19), (10, 4), (7, 1), (6, 0), (2, -4), (0, -6)], ids=str
)
@pytest.mark.usefixtures("assigned")
def test_what_is_used_stays_used_when_the_limit_changes(quotas, limit, left):
    quotas.consume("u1", "monthly", 6)
    changed = quotas.assign_quota("u1", "monthly", tier="pro", limit=limit, version=1)
    assert (changed.limit, changed.remaining, changed.version) == (limit, left, 2)
    assert quotas.get_quota("u1", "monthly") == changed


@pytest.mark.usefixtures("assigned")
def test_nothing_can_be_consumed_below_zero_until_the_next_period(quotas, clock):
    quotas.consume("u1", "monthly", 6)
    quotas.assign_quota("u1", "monthly", tier="free", limit=2, version=1)
    with pytest.raises(QuotaExceeded, match="-4 of 2 remain in 2026-01, where 1 are needed"):
        quotas.consume("u1", "monthly", 1)
    clock.sleep(31 * A_DAY)
    quotas.consume("u1", "monthly", 2)
    assert remaining(quotas) == 0


@pytest.mark.usefixtures("assigned")
def test_a_quota_that_has_changed_since_it_was_read_is_left_alone(quotas):
    quotas.assign_quota("u1", "monthly", tier="pro", limit=20, version=1)
    with pytest.raises(VersionConflict):
        quotas.assign_quota("u1", "monthly", tier="free", limit=5, version=1)
    with pytest.raises(VersionConflict):
        quotas.assign_quota("u1", "monthly", tier="free", limit=5, version=3)
    assert quotas.get_quota("u1", "monthly").limit == 20


@pytest.mark.usefixtures("assigned")
def test_consuming_between_does_not_get_in_the_way_of_a_change(quotas):
    quotas.consume("u1", "monthly", 1)
    assert quotas.assign_quota("u1", "monthly", tier="a", limit=11, version=1).remaining == 10


@pytest.mark.usefixtures("assigned")
def test_another_change_between_the_read_and_the_write_of_a_change_is_seen(quotas, faults):
    def another():
        quotas.assign_quota("u1", "monthly", tier="pro", limit=50, version=1)

    faults.on("UpdateItem", wire.before(another))
    with pytest.raises(VersionConflict):
        quotas.assign_quota("u1", "monthly", tier="free", limit=20, version=1)
    assert (quotas.get_quota("u1", "monthly").limit, remaining(quotas)) == (50, 50)


@pytest.mark.parametrize("loss", [wire.LOST, wire.LOST_IN_500, wire.LOST_IN_NONSENSE])
@pytest.mark.usefixtures("assigned")
def test_a_change_counts_once_when_its_answer_is_lost(quotas, faults, loss):
    quotas.consume("u1", "monthly", 3)
    faults.on("UpdateItem", loss)
    changed = quotas.assign_quota("u1", "monthly", tier="pro", limit=20, version=1)
    assert (changed.remaining, changed.version) == (17, 2)
    assert faults.count("UpdateItem") == 2
    again = quotas.assign_quota("u1", "monthly", tier="pro", limit=20, version=1, op="id-3")
    assert again == quotas.get_quota("u1", "monthly") == changed


@pytest.mark.usefixtures("assigned")
def test_a_change_of_tier_moves_the_quota_to_it(quotas):
    quotas.assign_quota("u1", "monthly", tier="pro", limit=10, version=1)
    assert quotas.list_by_tier("free").items == ()
    assert [quota.user_id for quota in quotas.list_by_tier("pro").items] == ["u1"]


@pytest.mark.parametrize("user_id", ["", None, 7, "\ud800", "u" * 2044])
def test_a_user_id_that_cannot_be_a_key_is_refused(quotas, faults, user_id):
    for call in (
        lambda: quotas.get_quota(user_id, "monthly"),
        lambda: quotas.consume(user_id, "monthly", 1),
        lambda: quotas.assign_quota(user_id, "monthly", tier="free", limit=1),
        lambda: quotas.assign_quota(user_id, "monthly", tier="free", limit=1, version=1),
    ):
        with pytest.raises(InvalidInput):
            call()
    assert faults.attempts == []


def test_the_limit_of_an_index_key_counts_what_it_is_composed_of(quotas):
    fits = "é" * ((1024 - len("USER##QUOTA#monthly")) // 2)
    quotas.assign_quota(fits, "monthly", tier="free", limit=1)
    with pytest.raises(KeyTooLong, match="key 'GSI1SK' has 1,025 bytes; a sort key"):
        quotas.assign_quota(fits + "é", "monthly", tier="free", limit=1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"tier": ""},
        {"tier": 1},
        {"limit": -1},
        {"limit": 1.5},
        {"limit": True},
        {"limit": "10"},
        {"version": 1.0},
        {"version": True},
        {"version": -1},
    ],
    ids=str,
)
def test_a_quota_that_is_none_is_refused(quotas, faults, wrong):
    with pytest.raises(InvalidInput, match=next(iter(wrong))):
        quotas.assign_quota("u1", "monthly", **{"tier": "free", "limit": 1, **wrong})
    assert faults.attempts == []


@pytest.mark.parametrize("quota_type", ["", "requests", "weekly", "monthly-", "MONTHLY", None, 3])
def test_a_type_that_does_not_say_when_it_renews_is_refused(quotas, faults, quota_type):
    for call in (
        lambda: quotas.assign_quota("u1", quota_type, tier="free", limit=1),
        lambda: quotas.consume("u1", quota_type, 1),
    ):
        with pytest.raises(InvalidInput, match="end it with daily, monthly, yearly"):
            call()
    assert faults.attempts == []


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("tier", {"S": ""}),
        ("version", {"BOOL": True}),
        ("limit", {"N": "-1"}),
        ("limit", {"N": "0.5"}),
    ],
)
@pytest.mark.usefixtures("assigned")
def test_an_item_that_is_no_quota_is_corrupt(quotas, backend, attribute, value):
    backend.client.update_item(
        TableName=backend.tables(USAGE_QUOTAS)["user-quotas"],
        Key={"PK": {"S": "USER#u1"}, "SK": {"S": "QUOTA#monthly"}},
        UpdateExpression="SET #a = :v",
        ExpressionAttributeNames={"#a": attribute},
        ExpressionAttributeValues={":v": value},
    )
    for call in (
        lambda: quotas.get_quota("u1", "monthly"),
        lambda: quotas.list_by_tier("free"),
        lambda: quotas.consume("u1", "monthly", 11),
    ):
        with pytest.raises(CorruptItem, match=f"a stored quota: {attribute}"):
            call()


def test_a_tier_lists_its_quotas_by_user_and_type_page_by_page(quotas):
    for number in range(30):
        quotas.assign_quota(f"u{number:02}", "daily", tier="free", limit=number)
    quotas.assign_quota("u99", "daily", tier="free#1", limit=1)
    listed = list(walk(lambda cursor: quotas.list_by_tier("free", limit=7, cursor=cursor)))
    assert [quota.limit for quota in listed] == list(range(30))


@pytest.mark.usefixtures("assigned")
def test_listed_quotas_count_as_they_do_now(quotas, clock):
    quotas.consume("u1", "monthly", 4)
    clock.sleep(31 * A_DAY)
    (listed,) = quotas.list_by_tier("free").items
    assert (listed.period, listed.remaining) == ("2026-02", 10)
    assert listed == quotas.get_quota("u1", "monthly")


def test_a_moment_without_its_zone_has_no_period(assigned):
    with pytest.raises(InvalidInput, match="no time zone"):
        assigned.at(datetime(2026, 1, 1))  # noqa: DTZ001 -- what is refused
    assert assigned.at(datetime(2025, 1, 1, tzinfo=UTC)) == assigned
