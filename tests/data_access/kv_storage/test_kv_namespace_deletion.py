"""A namespace is deleted with all of its keys, however often that is interrupted."""

import pytest

from tablewright.data_access.errors import (
    CorruptItem,
    DataAccessError,
    Incomplete,
    UnknownOutcome,
)
from tablewright.models.catalog import KV_STORAGE
from tests.support.faults import (
    LOST,
    THROTTLED,
    TIMED_OUT,
    Faults,
    leaving,
)
from tests.support.kv_items import USERS_ALONE, everything_in, fill


def test_deleting_takes_the_keys_and_the_membership_and_nothing_else(namespaces, keys, backend):
    namespaces.create_namespace("n", "u#1")
    namespaces.create_namespace("n2", "u#1")
    keys.create_key("n2", "k", 1)
    keys.create_key("n", "k#", 1)
    fill(backend, 60)
    assert namespaces.delete_namespace("n") is True
    assert everything_in(backend) == sorted(
        [
            *USERS_ALONE,
            ("NS#n2", "METADATA"),
            ("NS#n2", "KEY#k"),
            ("USER#u%231", "NS#n2"),
        ]
    )
    assert namespaces.delete_namespace("n") is False


def test_a_key_whose_item_cannot_be_read_is_deleted_too(namespaces, backend):
    namespaces.create_namespace("n", "u#1")
    (table,) = backend.tables(KV_STORAGE).values()
    broken = {"PK": {"S": "NS#n"}, "SK": {"S": "KEY#k"}, "entityType": {"S": "other"}}
    backend.client.put_item(TableName=table, Item=broken)
    assert namespaces.delete_namespace("n") is True
    assert everything_in(backend) == USERS_ALONE


def test_a_name_can_be_taken_anew_once_its_namespace_is_deleted(namespaces):
    namespaces.create_namespace("n", "u#1")
    namespaces.delete_namespace("n")
    assert namespaces.create_namespace("n", "u2").owner_id == "u2"


def test_a_deletion_that_stops_amid_its_keys_names_its_operation_too(namespaces, backend):
    namespaces.create_namespace("n", "u#1")
    fill(backend, 1)
    with Faults(backend.client) as faults:
        faults.always("BatchWriteItem", TIMED_OUT)
        with pytest.raises(UnknownOutcome) as caught:
            namespaces.delete_namespace("n", op="op-1")
    assert caught.value.repeat_with == {"op": "op-1"}
    assert namespaces.delete_namespace("n", op="op-1") is True


@pytest.mark.parametrize("fault", [LOST, TIMED_OUT, THROTTLED])
@pytest.mark.parametrize(
    ("step", "gone_through"),
    [
        ("UpdateItem", 0),
        ("Query", 0),
        ("BatchWriteItem", 0),
        ("BatchWriteItem", 1),
        ("Query", 1),
        ("TransactWriteItems", 0),
    ],
)
def test_a_deletion_goes_on_wherever_it_was_interrupted(
    namespaces, backend, step, gone_through, fault
):
    namespaces.create_namespace("n", "u#1")
    fill(backend, 30)
    with Faults(backend.client) as faults:
        faults.on(step, *[None] * gone_through)
        faults.always(step, fault)
        with pytest.raises(DataAccessError) as caught:
            namespaces.delete_namespace("n")
    was_the_last_step = (step, fault) == ("TransactWriteItems", LOST)
    repeat_with = getattr(caught.value, "repeat_with", {})
    assert namespaces.delete_namespace("n", **repeat_with) is not was_the_last_step
    assert everything_in(backend) == USERS_ALONE


def test_a_last_step_that_was_not_answered_ends_the_deletion(namespaces, backend):
    namespaces.create_namespace("n", "u#1")
    with Faults(backend.client) as faults:
        faults.on("TransactWriteItems", LOST)
        assert namespaces.delete_namespace("n") is True
    assert everything_in(backend) == USERS_ALONE


def test_a_deletion_of_unknown_outcome_names_its_operation(namespaces, backend):
    namespaces.create_namespace("n", "u#1")
    with Faults(backend.client) as faults:
        faults.always("TransactWriteItems", TIMED_OUT)
        with pytest.raises(UnknownOutcome) as caught:
            namespaces.delete_namespace("n", op="op-1")
    assert caught.value.repeat_with == {"op": "op-1"}
    assert namespaces.delete_namespace("n", op="op-1") is True


def test_keys_that_are_left_over_are_told_and_deleted_by_the_next_call(namespaces, backend):
    namespaces.create_namespace("n", "u#1")
    fill(backend, 30)
    with Faults(backend.client) as faults:
        faults.on("BatchWriteItem", leaving(20))
        faults.always("BatchWriteItem", leaving(0))
        with pytest.raises(Incomplete, match=r"name='n' has keys .* delete it again") as caught:
            namespaces.delete_namespace("n")
    left = [f"k{number}" for number in range(20, 30)]
    assert sorted(fields["key"] for fields in caught.value.leftovers) == left
    assert namespaces.delete_namespace("n") is True
    assert everything_in(backend) == USERS_ALONE


def test_a_namespace_without_its_membership_is_told(namespaces, backend):
    namespaces.create_namespace("n", "u#1")
    (table,) = backend.tables(KV_STORAGE).values()
    key = {"PK": {"S": "USER#u%231"}, "SK": {"S": "NS#n"}}
    backend.client.delete_item(TableName=table, Key=key)
    with pytest.raises(CorruptItem, match="has no membership"):
        namespaces.delete_namespace("n")
