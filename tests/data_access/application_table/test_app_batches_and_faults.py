"""Many records at once, and writes that are not answered: nothing is lost or done twice."""

import pytest

from tablewright.data_access.application_table import UserProfile
from tablewright.data_access.errors import (
    Incomplete,
    InvalidInput,
    ItemTooLarge,
    KeyTooLong,
    UnknownOutcome,
)
from tests.support.application_records import profile, session, stored
from tests.support.faults import LOST, TIMED_OUT, Faults, leaving


@pytest.mark.parametrize(
    ("act", "left"),
    [
        (lambda table, **o: table.put(profile(), **o), profile()),
        (lambda table, **o: table.update(UserProfile, {"name": "Ann"}, user_id="u1", **o), None),
        (lambda table, **o: table.put_many([profile(name="Ann")], **o), None),
    ],
    ids=["put", "update", "put_many"],
)
@pytest.mark.parametrize("fault", [LOST, TIMED_OUT])
def test_a_write_of_unknown_outcome_is_repeated_by_its_operation_id(
    table, backend, act, left, fault
):
    if left is None:
        table.put(profile())
    with Faults(backend.client) as faults:
        for operation in ("PutItem", "UpdateItem", "BatchWriteItem"):
            faults.always(operation, fault)
        with pytest.raises(UnknownOutcome) as caught:
            act(table)
    assert set(caught.value.repeat_with) == {"op"}
    act(table, **caught.value.repeat_with)
    assert table.get(UserProfile, user_id="u1") == (left or profile(name="Ann"))


@pytest.mark.parametrize("operation", ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"])
def test_a_lost_answer_changes_nothing(table, backend, operation):
    with Faults(backend.client) as faults:
        faults.on(operation, LOST)
        table.put(profile())
        assert table.update(UserProfile, {"name": "Ann"}, user_id="u1") == profile(name="Ann")
        table.delete(UserProfile, user_id="u1")
        table.put_many([profile("u2")])
    assert table.get_many(UserProfile, [{"user_id": "u1"}, {"user_id": "u2"}]) == (
        None,
        profile("u2"),
    )


def test_many_records_go_over_what_is_there_and_the_last_of_a_key_counts(table):
    table.put(profile("u1", name="old"))
    table.put_many([profile(f"u{n % 40}", name=str(n)) for n in range(80)])
    keys = [{"user_id": f"u{n}"} for n in (39, 0, 39, 41)]
    assert [each and each.name for each in table.get_many(UserProfile, keys)] == [
        "79",
        "40",
        "79",
        None,
    ]
    table.put_many([])
    assert table.get_many(UserProfile, []) == ()


def test_writes_that_are_left_over_are_told(table, backend):
    with Faults(backend.client) as faults:
        faults.on("BatchWriteItem", leaving(1))
        faults.always("BatchWriteItem", leaving(0))
        with pytest.raises(Incomplete) as caught:
            table.put_many([profile(f"u{number}") for number in range(3)])
    assert len(caught.value.leftovers) == 2
    assert len(stored(backend)) == 1


@pytest.mark.parametrize(
    ("records", "error", "message"),
    [
        ([profile(), session()], InvalidInput, r"several kinds \['Session', 'UserProfile'\]"),
        ([profile(), profile("x" * 2050)], KeyTooLong, "at most 2,048"),
        ([profile(), profile("u2", name="x" * 409_600)], ItemTooLarge, "409,600"),
        (["text"], InvalidInput, "'str' is no record"),
    ],
)
def test_a_batch_with_one_record_that_cannot_be_stored_is_not_begun(
    table, backend, records, error, message
):
    with pytest.raises(error, match=message):
        table.put_many(records)
    assert stored(backend) == []
