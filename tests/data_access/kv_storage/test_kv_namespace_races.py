"""Nothing that others do while a namespace is being deleted outlives it, or is lost by it."""

import pytest

from tablewright.data_access.errors import (
    BeingDeleted,
    Incomplete,
    NotFound,
    UnknownOutcome,
)
from tablewright.models.catalog import KV_STORAGE
from tests.support.faults import (
    TIMED_OUT,
    Faults,
    after,
    before,
    leaving,
)
from tests.support.kv_items import USERS_ALONE, everything_in


@pytest.fixture
def being_deleted(namespaces, keys, backend):
    """A namespace `n` whose deletion has begun; of its keys `k` and `other` both are left."""
    namespaces.create_namespace("n", "u#1")
    keys.create_key("n", "k", "old")
    keys.create_key("n", "other", "old")
    with Faults(backend.client) as faults:
        faults.always("BatchWriteItem", leaving(0))
        with pytest.raises(Incomplete):
            namespaces.delete_namespace("n")


@pytest.mark.usefixtures("being_deleted")
class TestWhileANamespaceIsBeingDeleted:
    def test_it_counts_as_absent(self, namespaces):
        with pytest.raises(NotFound):
            namespaces.get_namespace("n")
        assert namespaces.list_user_namespaces_with_metadata("u#1").items == ()

    def test_it_takes_no_new_keys(self, keys):
        for write in (keys.create_key, keys.put_key):
            with pytest.raises(BeingDeleted, match="name='n' is being deleted"):
                write("n", "new", 1)

    def test_its_name_cannot_be_taken_yet(self, namespaces):
        with pytest.raises(BeingDeleted, match="can be created anew after that"):
            namespaces.create_namespace("n", "u2")

    def test_a_value_put_over_another_goes_with_it(self, namespaces, keys, backend):
        keys.put_key("n", "k", "new")
        assert namespaces.delete_namespace("n") is True
        assert everything_in(backend) == USERS_ALONE

    def test_a_key_that_is_deleted_does_not_come_back(self, namespaces, keys, backend):
        put_late = before(lambda: keys.delete_key("n", "k"))
        with Faults(backend.client) as faults:
            faults.on("UpdateItem", put_late)
            with pytest.raises(BeingDeleted):
                keys.put_key("n", "k", "new")
        namespaces.delete_namespace("n")
        assert everything_in(backend) == USERS_ALONE

    def test_the_time_of_the_mark_stays_that_of_the_first_call(self, namespaces, clock, backend):
        clock.sleep(3600)
        with Faults(backend.client) as faults:
            faults.always("TransactWriteItems", TIMED_OUT)
            with pytest.raises(UnknownOutcome):
                namespaces.delete_namespace("n")
        (table,) = backend.tables(KV_STORAGE).values()
        (root,) = [i for i in backend.items(table) if "deletingAt" in i]
        assert root["deletingAt"]["S"] < "2026-01-01T01:00:00.000Z"


def test_a_key_created_between_mark_and_query_cannot_be(namespaces, keys, backend):
    namespaces.create_namespace("n", "u#1")
    refused = []

    def create():
        try:
            keys.create_key("n", "late", 1)
        except BeingDeleted as error:
            refused.append(error)

    with Faults(backend.client) as faults:
        faults.on("UpdateItem", after(create))
        faults.on("Query", after(create))
        namespaces.delete_namespace("n")
    assert len(refused) == 2
    assert everything_in(backend) == USERS_ALONE


def test_a_namespace_created_anew_survives_the_end_of_an_older_deletion(namespaces, keys, backend):
    namespaces.create_namespace("n", "u#1")

    def finish_and_create_anew():
        namespaces.delete_namespace("n")
        namespaces.create_namespace("n", "u2")
        keys.create_key("n", "k", 1)

    with Faults(backend.client) as faults:
        faults.on("TransactWriteItems", before(finish_and_create_anew))
        assert namespaces.delete_namespace("n") is True
    assert namespaces.get_namespace("n").owner_id == "u2"
    assert keys.get_key("n", "k").value == 1
