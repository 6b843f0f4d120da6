"""Repositories over a wire that fails: each write counts once, and each end is told as what it is.

Each fault is met below signing and parsing, by a real client on each backend.
"""

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    Incomplete,
    Misconfigured,
    ServiceUnavailable,
    Throttled,
    TransactionConflicted,
    UnknownOutcome,
)
from tablewright.data_access.kv_storage import KeysRepository, NamespacesRepository, UsersRepository
from tablewright.models.catalog import KV_STORAGE
from tests.support import faults as wire

NOT_APPLIED = {
    "throttled": wire.THROTTLED,
    "too many requests": wire.TOO_MANY_REQUESTS,
    "conflict": wire.CONFLICT,
    "500": wire.INTERNAL_ERROR,
    "503 without a name": wire.NAMELESS_503,
    "timeout": wire.TIMED_OUT,
    "no connection": wire.NO_CONNECTION,
    "no connection in time": wire.CONNECT_TIMED_OUT,
    "nonsense": wire.MALFORMED,
}
LOST = {
    "timeout": wire.LOST,
    "connection closed": wire.LOST_CONNECTION,
    "500": wire.LOST_IN_500,
    "503 without a name": wire.LOST_IN_503,
    "nonsense": wire.LOST_IN_NONSENSE,
}
UNANSWERED = ["500", "503 without a name", "timeout", "nonsense"]
ATTEMPTS = 15
"""In 10 seconds, with pauses of half of 0.05, 0.1, 0.2 … 2 seconds."""
CANCELLED = {
    "conflict": wire.CANCELLED_BY_CONFLICT,
    "throttling": wire.CANCELLED_BY_THROTTLING,
    "in progress": wire.IN_PROGRESS,
}


@pytest.fixture
def users(connect):
    return UsersRepository(connect(KV_STORAGE))


@pytest.fixture
def namespaces(connect, users):
    users.create_user(user_id="u1")
    return NamespacesRepository(connect(KV_STORAGE))


def by_name(table):
    return pytest.mark.parametrize("fault", table.values(), ids=table)


@by_name(NOT_APPLIED)
def test_a_create_is_repeated_unchanged_until_it_succeeds(users, faults, clock, fault):
    faults.on("PutItem", fault, fault)
    created = users.create_user(user_id="u1")
    bodies = faults.bodies("PutItem")
    assert bodies == [bodies[0]] * 3
    assert clock.slept == [0.025, 0.05]
    assert users.get_user("u1") == created


@by_name(LOST)
def test_a_create_whose_answer_is_lost_knows_its_own_item(users, faults, fault):
    faults.on("PutItem", fault, fault)
    created = users.create_user(user_id="u1")
    assert faults.count("PutItem") == 3
    assert users.get_user("u1") == created
    with pytest.raises(AlreadyExists):
        users.create_user(user_id="u1")


@by_name({**LOST, **NOT_APPLIED})
def test_a_counter_counts_once_whatever_is_lost(users, faults, fault):
    for op in ("a", "b", "c"):
        faults.on("UpdateItem", fault, None)
        users.record_usage("u1", requests=1, storage_bytes=10, op=op)
    assert faults.count("UpdateItem") == 6
    usage = users.get_usage("u1")
    assert (usage.request_count, usage.storage_bytes) == (3, 30)


@by_name({**LOST, **NOT_APPLIED, **CANCELLED})
def test_a_transaction_keeps_its_token_and_its_parts(namespaces, faults, fault):
    faults.on("TransactWriteItems", fault, fault)
    created = namespaces.create_namespace("n1", "u1")
    bodies = faults.bodies("TransactWriteItems")
    assert bodies == [bodies[0]] * 3
    assert len(bodies[0]["ClientRequestToken"]) == 36
    assert namespaces.get_namespace("n1") == created
    assert [each.name for each in namespaces.list_user_namespaces("u1").items] == ["n1"]


@by_name({name: fault for name, fault in NOT_APPLIED.items() if name != "conflict"})
@pytest.mark.parametrize("operation", ["GetItem", "Query"])
def test_a_read_is_repeated_and_finds_what_is_there(users, faults, operation, fault):
    users.create_user(user_id="u1")
    users.record_usage("u1", requests=2)
    faults.on(operation, fault, fault)
    if operation == "GetItem":
        assert users.get_user("u1").user_id == "u1"
    else:
        assert users.get_usage("u1").request_count == 2
    assert faults.count(operation) == 3


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("throttled", Throttled),
        ("too many requests", Throttled),
        ("conflict", TransactionConflicted),
        ("no connection", ServiceUnavailable),
        ("no connection in time", ServiceUnavailable),
        *((name, UnknownOutcome) for name in UNANSWERED),
    ],
)
def test_a_write_ends_at_its_deadline_with_the_error_that_is_true(users, faults, clock, name, kind):
    faults.always("PutItem", NOT_APPLIED[name])
    with pytest.raises(kind, match=f"tried {ATTEMPTS} times until the deadline") as told:
        users.create_user(user_id="u1", op="op-1")
    assert faults.count("PutItem") == ATTEMPTS
    assert clock.elapsed < 10
    assert told.value.__cause__ is not None or name == "nonsense"
    if kind is UnknownOutcome:
        assert told.value.repeat_with == {"op": "op-1"}


@by_name(LOST)
def test_a_write_that_was_applied_and_never_answered_is_repeated_safely(users, faults, fault):
    faults.always("UpdateItem", fault)
    with pytest.raises(UnknownOutcome) as told:
        users.record_usage("u1", requests=1)
    faults.always("UpdateItem", None)
    users.record_usage("u1", requests=1, **told.value.repeat_with)
    assert users.get_usage("u1").request_count == 1


@by_name({name: NOT_APPLIED[name] for name in UNANSWERED})
@pytest.mark.parametrize("operation", ["GetItem", "Query"])
def test_a_read_that_is_never_answered_is_no_unknown_outcome(users, faults, operation, fault):
    faults.always(operation, fault)
    method = users.get_user if operation == "GetItem" else users.get_usage
    with pytest.raises(ServiceUnavailable):
        method("u1")


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (wire.DENIED, "lack a permission"),
        (wire.NO_TABLE, "no such table or index"),
        (wire.BAD_CREDENTIALS, "credentials are no good"),
        (wire.error("AccessDeniedException", status=403), "lack a permission"),
        (lambda exchange: exchange.reply(407, b'"proxy"'), "not DynamoDB answered with status 407"),
    ],
)
def test_what_no_repeat_mends_is_told_at_once(users, faults, clock, fault, told):
    faults.always("PutItem", fault)
    with pytest.raises(Misconfigured, match=told):
        users.create_user(user_id="u1")
    assert (faults.count("PutItem"), clock.slept) == (1, [])


def test_a_lost_write_that_is_then_refused_may_have_happened(users, faults):
    faults.on("PutItem", wire.LOST, wire.DENIED)
    with pytest.raises(UnknownOutcome) as told:
        users.create_user(user_id="u1")
    created = users.get_user("u1")
    assert users.create_user(user_id="u1", **told.value.repeat_with) == created


def test_another_write_between_two_attempts_is_not_taken_for_the_own_one(users, faults):
    faults.on(
        "PutItem",
        wire.TIMED_OUT,
        wire.before(lambda: users.create_user(user_id="u1", email="stranger@example.com")),
    )
    with pytest.raises(AlreadyExists):
        users.create_user(user_id="u1")
    assert users.get_user("u1").email == "stranger@example.com"


@pytest.fixture
def keys(connect, namespaces):
    namespaces.create_namespace("n1", "u1")
    keys = KeysRepository(connect(KV_STORAGE))
    for number in range(30):
        keys.create_key("n1", f"k{number:02}", number)
    return keys


def stored_keys(keys):
    return [key.key for key in keys.list_keys("n1").items]


def test_leftovers_of_a_batch_are_sent_again_until_none_is_left(namespaces, keys, faults):
    faults.on("BatchWriteItem", wire.leaving(10), wire.leaving(0), wire.LOST, wire.THROTTLED)
    assert namespaces.delete_namespace("n1") is True
    assert stored_keys(keys) == []
    sizes = [
        len(requests)
        for body in faults.bodies("BatchWriteItem")
        for requests in body["RequestItems"].values()
    ]
    assert sizes == [25, 20, 20, 20, 20]


def test_a_batch_that_never_ends_tells_all_that_is_left(namespaces, keys, faults, clock):
    faults.on("BatchWriteItem", wire.leaving(5))
    faults.always("BatchWriteItem", wire.leaving(0))
    with pytest.raises(Incomplete) as told:
        namespaces.delete_namespace("n1")
    assert clock.elapsed < 10
    assert [each["key"] for each in told.value.leftovers] == stored_keys(keys)
    assert len(told.value.leftovers) == 25
    faults.always("BatchWriteItem", None)
    assert namespaces.delete_namespace("n1") is True


def test_what_is_unhooked_meets_no_fault(backend, users):
    with wire.Faults(backend.client) as faults:
        faults.always("PutItem", wire.THROTTLED)
    users.create_user(user_id="u1")
    assert faults.attempts == []
