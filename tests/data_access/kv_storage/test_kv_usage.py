"""Usage is the sum of eight shards, to each of which an operation adds once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest

from tablewright.data_access.errors import InvalidInput, UnknownOutcome
from tablewright.data_access.kv_storage import Usage, UsersRepository
from tablewright.data_access.kv_storage.usage import REMEMBERED
from tablewright.data_access.values.sizes import size_of
from tablewright.models.catalog import KV_STORAGE
from tablewright.models.keys import shard_of
from tests.support.faults import LOST, THROTTLED, TIMED_OUT, Faults

# As long as a UUID, for the size of an item.
_IDS = (f"op-{number:033}" for number in range(1000))
OF_ONE_SHARD = [op for op in _IDS if shard_of(op, 8) == 3][: 3 * REMEMBERED]


@pytest.fixture
def users(connect):
    return UsersRepository(connect(KV_STORAGE))


def usage(requests, storage_bytes):
    return Usage.of(user_id="u#1", request_count=requests, storage_bytes=storage_bytes)


def test_nothing_is_used_before_anything_is_recorded(users):
    assert users.get_usage("u#1") == usage(0, 0)


def test_usage_adds_up_over_the_shards_and_bytes_can_be_given_back(users, backend):
    for number in range(40):
        users.record_usage("u#1", requests=1, storage_bytes=100, op=f"op-{number}")
    users.record_usage("u#1", storage_bytes=-1500)
    users.record_usage("u2", requests=7)
    assert users.get_usage("u#1") == usage(40, 2500)
    (table,) = backend.tables(KV_STORAGE).values()
    shards = {item["SK"]["S"] for item in backend.items(table) if item["PK"]["S"] == "USER#u%231"}
    assert shards == {f"USAGE#{number}" for number in range(8)}


def test_a_user_and_their_namespaces_are_no_usage(users):
    users.create_user(user_id="u#1")
    users.record_usage("u#1", requests=1)
    assert users.get_usage("u#1") == usage(1, 0)


def test_an_operation_counts_once_however_often_it_is_repeated(users):
    for _ in range(3):
        users.record_usage("u#1", requests=1, storage_bytes=5, op="op-1")
    assert users.get_usage("u#1") == usage(1, 5)


def test_a_lost_answer_counts_once(users, backend):
    with Faults(backend.client) as faults:
        faults.on("UpdateItem", LOST, LOST, None, LOST)
        users.record_usage("u#1", requests=1)
        users.record_usage("u#1", requests=1)
        assert faults.count("UpdateItem") == 5
    assert users.get_usage("u#1") == usage(2, 0)


def test_an_unknown_outcome_is_repeated_by_its_operation_id(users, backend):
    with Faults(backend.client) as faults:
        faults.always("UpdateItem", LOST)
        with pytest.raises(UnknownOutcome) as caught:
            users.record_usage("u#1", requests=3)
    users.record_usage("u#1", requests=3, **caught.value.repeat_with)
    assert users.get_usage("u#1") == usage(3, 0)


@pytest.mark.parametrize(
    ("requests", "storage_bytes"),
    [(0, 0), (-1, 0), (-1, 5), (1.0, 0), (1, 0.5), (True, 0), ("1", 0), (None, 1), (10**40 + 1, 0)],
)
def test_what_is_no_usage_is_refused_and_not_counted(users, requests, storage_bytes):
    with pytest.raises(InvalidInput):
        users.record_usage("u#1", requests=requests, storage_bytes=storage_bytes)
    assert users.get_usage("u#1") == usage(0, 0)


@pytest.mark.parametrize("user_id", ["", 7, None, "\ud800", "é" * 1022])
def test_an_id_that_cannot_be_a_key_is_refused(users, user_id):
    with pytest.raises(InvalidInput):
        users.record_usage(user_id, requests=1)
    with pytest.raises(InvalidInput):
        users.get_usage(user_id)


def test_an_operation_is_known_although_others_came_to_its_shard_meanwhile(users):
    for op in OF_ONE_SHARD:
        users.record_usage("u#1", requests=1, op=op)
    for op in OF_ONE_SHARD[-REMEMBERED:]:
        users.record_usage("u#1", requests=1, op=op)
    assert users.get_usage("u#1") == usage(len(OF_ONE_SHARD), 0)


def test_a_shard_forgets_old_operations_and_stays_within_one_write_unit(users, backend):
    for op in OF_ONE_SHARD:
        users.record_usage("u#1", requests=1, op=op)
    (table,) = backend.tables(KV_STORAGE).values()
    (item,) = backend.items(table)
    assert size_of(item) <= 1024


@pytest.mark.parametrize("fault", [LOST, TIMED_OUT, THROTTLED])
def test_usage_is_recorded_although_its_shard_cannot_forget(users, backend, fault):
    before, after = OF_ONE_SHARD[: REMEMBERED - 1], OF_ONE_SHARD[REMEMBERED - 1 :]
    for op in before:
        users.record_usage("u#1", requests=1, op=op)
    with Faults(backend.client) as faults:
        faults.on("UpdateItem", None)
        faults.always("UpdateItem", fault)
        users.record_usage("u#1", requests=1, op=after[0])
        assert faults.count("UpdateItem") > 2
    for op in (*before, *after):
        users.record_usage("u#1", requests=1, op=op)
    assert users.get_usage("u#1") == usage(len(OF_ONE_SHARD), 0)


def test_counts_are_exact_when_threads_record_together_and_answers_are_lost(users, backend):
    lock = Lock()

    def alone(fault):
        def locked(exchange):
            with lock:  # moto writes an item in several steps
                return fault(exchange)

        return locked

    with Faults(backend.client) as faults, ThreadPoolExecutor(8) as threads:
        faults.on("UpdateItem", *[alone(LOST), alone(lambda exchange: exchange.apply())] * 20)
        faults.always("UpdateItem", alone(lambda exchange: exchange.apply()))
        work = [
            threads.submit(users.record_usage, "u#1", requests=1, op=f"op-{number}")
            for number in range(60)
        ]
        for each in work:
            each.result()
    assert users.get_usage("u#1") == usage(60, 0)
