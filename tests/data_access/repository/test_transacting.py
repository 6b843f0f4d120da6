"""Several items are written together or not at all, and once for each operation id."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablewright.data_access.errors import (
    AlreadyExists,
    TransactionConflicted,
    UnknownOutcome,
    VersionConflict,
)
from tablewright.data_access.repository.expressions import Change
from tablewright.data_access.repository.transactions import token, update
from tablewright.data_access.shop.records import USER
from tablewright.data_access.usage_quotas.records import QUOTA
from tablewright.models.catalog import USAGE_QUOTAS
from tests.support import faults as wire
from tests.support.shop_writes import Writes, change_email, create, store, stored


def test_parts_are_written_together(repository, clock, items):
    assert create(repository, clock) is None
    assert set(items()) == {"USER#u1", "EMAIL#a@b"}
    assert {item["operationId"]["S"] for item in items().values()} == {"op-1"}


def test_the_same_operation_again_gives_what_it_left(repository, clock, items):
    create(repository, clock)
    left = items()
    clock.sleep(1)
    found = create(repository, clock)
    assert found == (left["USER#u1"], left["EMAIL#a@b"])
    assert items() == left


def test_an_operation_of_another_id_is_refused_and_writes_nothing(repository, clock, items):
    create(repository, clock)
    left = items()
    with pytest.raises(AlreadyExists, match="there is a user userId='u1' already"):
        create(repository, clock, op="op-2")
    with pytest.raises(AlreadyExists, match="there is an email_guard email='a@b' already"):
        create(repository, clock, op="op-2", user_id="u2")
    assert items() == left


def test_one_item_that_bears_the_operation_is_witness_enough(repository, clock, items):
    create(repository, clock)
    repository._update(
        "set_user_status", USER, {"userId": "u1"}, Change(assign={"status": "x"}), op="op-2"
    )
    clock.sleep(1)  # another time makes another request, for which no token counts
    found = create(repository, clock)
    assert [item["operationId"]["S"] for item in found] == ["op-2", "op-1"]
    assert items()["USER#u1"]["status"] == {"S": "x"}


def test_an_item_that_is_only_deleted_is_no_witness(repository, clock, items):
    there = stored(clock)
    store(repository, {**there["old"], "operationId": {"S": "op-1"}})
    store(repository, there["user"])
    left = items()
    with pytest.raises(VersionConflict, match="email_guard email='a@b' has changed meanwhile"):
        change_email(repository, "op-1", owner="u2")
    assert items() == left


def test_an_update_that_was_lost_counts_once(repository, clock, items, faults):
    create(repository, clock)
    faults.on("TransactWriteItems", wire.LOST)
    change_email(repository, "op-2")
    found = change_email(repository, "op-2")
    assert items()["USER#u1"]["version"] == {"N": "2"}
    assert items()["EMAIL#new@b"]["operationId"] == {"S": "op-2"}
    assert found is None or found[0] is None


def test_an_operation_whose_witnesses_are_busy_when_it_is_repeated_waits_for_them(
    repository, clock, items, faults
):
    create(repository, clock)
    change_email(repository, "op-2")
    left = items()
    # The old e-mail is gone, and the new one and the user are in another's transaction.
    busy = ("ConditionalCheckFailed", "TransactionConflict", "TransactionConflict")
    faults.on("TransactWriteItems", wire.cancelled(*busy))
    change_email(repository, "op-2")
    assert items() == left


@pytest.mark.parametrize(
    "trouble",
    [
        wire.CONFLICT,
        wire.CANCELLED_BY_CONFLICT,
        wire.CANCELLED_BY_THROTTLING,
        wire.IN_PROGRESS,
        wire.THROTTLED,
        wire.INTERNAL_ERROR,
        wire.TIMED_OUT,
        wire.LOST,
        wire.LOST_IN_500,
        wire.MALFORMED,
    ],
)
def test_every_attempt_is_the_same_request_with_the_same_token(
    repository, clock, items, faults, trouble
):
    faults.on("TransactWriteItems", trouble, trouble)
    create(repository, clock)
    assert set(items()) == {"USER#u1", "EMAIL#a@b"}
    first, *others = faults.bodies("TransactWriteItems")
    assert len(others) == 2
    assert all(body == first for body in others)
    assert 0 < len(first["ClientRequestToken"]) <= 36
    assert len(clock.slept) == 2


def test_an_addition_counts_once_whatever_else_its_request_holds(connect, faults):
    connection = connect(USAGE_QUOTAS)
    quotas, of = Writes(connection), {"userId": "u1", "type": "t"}
    quotas.model = USAGE_QUOTAS
    table, key = connection.tables.name(QUOTA.table), QUOTA.key(of)
    connection.wire.send("put_item", TableName=table, Item={**key, "limit": {"N": "9"}})
    for assigned in ("a", "b"):
        part = update(QUOTA, of, Change(assign={"tier": assigned}, add={"limit": 1}))
        faults.on("TransactWriteItems", wire.LOST)
        found = quotas._transact("consume", "op-1", part)
    assert found[0]["limit"] == {"N": "10"}
    left = connection.wire.send("get_item", TableName=table, Key=key)["Item"]
    assert left == {**key, "limit": {"N": "10"}, "tier": {"S": "a"}, "operationId": {"S": "op-1"}}


def test_a_request_has_a_token_of_its_own_however_long_the_operation_id(repository, clock, faults):
    ids = ["x" * 100, "x" * 99, "x" * 100]
    for number, op in enumerate(ids):
        create(repository, clock, op=op, user_id=f"u{number % 2}", email=f"{number}@b")
    tokens = [body["ClientRequestToken"] for body in faults.bodies("TransactWriteItems")]
    assert len(set(tokens)) == 3
    assert all(len(each) <= 36 for each in tokens)


def test_a_conflict_ends_at_the_deadline_with_nothing_written(repository, clock, items, faults):
    faults.always("TransactWriteItems", wire.CANCELLED_BY_CONFLICT)
    with pytest.raises(TransactionConflicted, match="nothing was written"):
        create(repository, clock)
    assert items() == {}
    assert clock.elapsed <= 10
    assert faults.count("TransactWriteItems") > 5


def test_an_unknown_outcome_tells_the_operation_id(repository, clock, items, faults):
    faults.on("TransactWriteItems", wire.LOST)
    faults.always("TransactWriteItems", wire.TIMED_OUT)
    with pytest.raises(UnknownOutcome) as raised:
        create(repository, clock, op="op-7")
    assert raised.value.repeat_with == {"op": "op-7"}
    left = items()
    faults.always("TransactWriteItems", None)
    create(repository, clock, **raised.value.repeat_with)
    assert items() == left


TEXT = st.text(max_size=60)
ACTIONS = st.lists(st.dictionaries(TEXT, st.one_of(TEXT, st.binary(max_size=9)), max_size=3))


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(op=TEXT, actions=ACTIONS, other_op=TEXT, other_actions=ACTIONS)
def test_a_token_is_of_one_operation_and_one_request(op, actions, other_op, other_actions):
    made = token(op, actions)
    assert 0 < len(made) <= 36
    assert made.isascii()
    assert token(op, [dict(reversed(action.items())) for action in actions]) == made
    if (other_op, other_actions) != (op, actions):
        assert token(other_op, other_actions) != made
