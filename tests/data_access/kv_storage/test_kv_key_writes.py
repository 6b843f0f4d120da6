"""Keys are written once, and only into a namespace that is there."""

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    NotFound,
    TransactionConflicted,
    UnknownOutcome,
)
from tablewright.models.catalog import KV_STORAGE
from tests.support.faults import LOST, TIMED_OUT, Faults, before


@pytest.fixture
def keys(namespaces, keys):
    namespaces.create_namespace("n", "u#1")
    return keys


def test_a_key_that_is_taken_is_not_created_again(keys):
    first = keys.create_key("n", "a#b%", 1)
    with pytest.raises(AlreadyExists, match="there is a key name='n' key='a#b%' already"):
        keys.create_key("n", "a#b%", 2)
    assert keys.get_key("n", "a#b%") == first


def test_putting_over_a_key_keeps_when_it_was_created(keys, clock):
    created = keys.put_key("n", "k", {"a": 1})
    clock.sleep(60)
    put = keys.put_key("n", "k", "other")
    assert (put.value, put.created_at, put.updated_at) == ("other", created.created_at, clock.now())
    assert keys.get_key("n", "k") == put


@pytest.mark.parametrize("write", ["create_key", "put_key"])
def test_a_namespace_that_is_not_there_takes_no_keys(keys, backend, write):
    (table,) = backend.tables(KV_STORAGE).values()
    was = backend.items(table)
    with pytest.raises(NotFound, match="there is no namespace name='none'"):
        getattr(keys, write)("none", "k", 1)
    assert backend.items(table) == was


@pytest.mark.parametrize("write", ["create_key", "put_key"])
def test_a_write_with_the_same_operation_id_counts_once(keys, clock, write):
    first = getattr(keys, write)("n", "k", 1, op="op-1")
    clock.sleep(3600)
    assert getattr(keys, write)("n", "k", 1, op="op-1") == first


@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.parametrize("operation", ["UpdateItem", "TransactWriteItems"])
@pytest.mark.parametrize("fault", [LOST, TIMED_OUT])
def test_a_put_that_is_not_answered_is_made_once(keys, backend, exists, operation, fault):
    if exists:
        keys.create_key("n", "k", "old")
    with Faults(backend.client) as faults:
        faults.on(operation, fault)
        put = keys.put_key("n", "k", "new")
    assert keys.get_key("n", "k") == put
    assert put.value == "new"


def test_a_put_of_unknown_outcome_is_repeated_by_its_operation_id(keys, backend):
    with Faults(backend.client) as faults:
        faults.always("TransactWriteItems", LOST)
        with pytest.raises(UnknownOutcome) as caught:
            keys.put_key("n", "k", 1)
    applied = keys.get_key("n", "k")
    assert keys.put_key("n", "k", 1, **caught.value.repeat_with) == applied


def test_a_put_holds_although_another_creates_and_deletes_the_key_meanwhile(keys, backend):
    with Faults(backend.client) as faults:
        faults.on("TransactWriteItems", before(lambda: keys.create_key("n", "k", "theirs")))
        faults.on("UpdateItem", None, before(lambda: keys.delete_key("n", "k")))
        assert keys.put_key("n", "k", "mine").value == "mine"
        assert faults.count("UpdateItem") == 2
    assert keys.get_key("n", "k").value == "mine"


def test_a_put_that_never_meets_a_quiet_moment_ends_at_its_deadline(keys, backend, clock):
    with Faults(backend.client) as faults:
        faults.always("UpdateItem", before(lambda: keys.delete_key("n", "k")))
        faults.always("TransactWriteItems", before(lambda: keys.create_key("n", "k", "theirs")))
        with pytest.raises(TransactionConflicted, match="key='k' is created and deleted by others"):
            keys.put_key("n", "k", "mine")
    assert clock.elapsed <= 10
    assert keys.get_key("n", "k").value == "theirs"
