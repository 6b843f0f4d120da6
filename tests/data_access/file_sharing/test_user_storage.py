"""A user's storage is counted by differences, within the quota, and set right by a sum."""

import pytest

from tablewright.data_access.errors import (
    BeingDeleted,
    InvalidInput,
    NotFound,
    NumberOutOfRange,
    QuotaExceeded,
    VersionConflict,
)
from tests.support.faults import LOST, Faults, before


@pytest.fixture
def counts(users):
    """Give what is used and left by the user's counter."""

    def counts(user_id="u1"):
        user = users.get_user(user_id)
        assert user.storage_used + user.storage_available == user.storage_quota
        return user.storage_used, user.storage_available

    return counts


def test_differences_count_up_to_the_quota_and_down_to_nothing(sharing, users, counts):
    sharing.user(quota=100)
    users.increment_storage_used("u1", 100)
    with pytest.raises(QuotaExceeded, match="has 0 of 100 bytes left, and 1 are needed"):
        users.increment_storage_used("u1", 1)
    users.increment_storage_used("u1", -60)
    with pytest.raises(QuotaExceeded, match="uses 40 bytes, and 41 were to be released"):
        users.increment_storage_used("u1", -41)
    assert counts() == (40, 60)


@pytest.mark.parametrize("repeats", [1, 3])
def test_a_difference_counts_once_for_its_operation_id(sharing, users, counts, backend, repeats):
    sharing.user()
    with Faults(backend.client) as faults:
        faults.on("TransactWriteItems", LOST, LOST)
        for _ in range(repeats):
            users.increment_storage_used("u1", 7, op="op-1")
        assert (
            len({body["ClientRequestToken"] for body in faults.bodies("TransactWriteItems")}) == 1
        )
    assert counts() == (7, 993)


def test_nothing_is_counted_for_who_is_not_there(sharing, users):
    with pytest.raises(NotFound):
        users.increment_storage_used("u1", 1)
    assert sharing.items("users") == []
    sharing.user()
    users.mark_user_for_deletion("u1")
    with pytest.raises(BeingDeleted):
        users.increment_storage_used("u1", 1)


@pytest.mark.parametrize("value", [1.0, True, "1", None, float("nan")])
def test_what_is_no_number_of_bytes_is_refused(sharing, users, value):
    sharing.user()
    for call in (
        users.increment_storage_used,
        users.set_storage_quota,
        users.has_available_storage,
    ):
        with pytest.raises(InvalidInput, match="whole"):
            call("u1", value)
    with pytest.raises(InvalidInput, match="0 or more whole bytes"):
        users.set_storage_quota("u1", -1)


def test_a_number_that_dynamodb_would_round_is_refused(sharing, users, counts):
    sharing.user()
    for call in (users.increment_storage_used, users.set_storage_quota):
        with pytest.raises(NumberOutOfRange):
            call("u1", 10**39 + 1)
    assert counts() == (0, 1000)


def test_available_storage_is_what_the_counter_says(sharing, users):
    sharing.user()
    sharing.file()
    assert users.get_available_storage("u1") == 900
    assert users.has_available_storage("u1", 900) is True
    assert users.has_available_storage("u1", 901) is False


def test_a_quota_below_what_is_used_leaves_less_than_nothing(sharing, users):
    sharing.user()
    sharing.file()
    assert users.set_storage_quota("u1", 60).storage_available == -40
    assert users.has_available_storage("u1", 0) is False
    with pytest.raises(QuotaExceeded):
        sharing.file("f2", size=1)
    assert users.set_storage_quota("u1", 101).storage_available == 1
    sharing.file("f2", size=1)
    assert sharing.storage() == (101, 0)


def test_of_two_who_set_the_quota_at_once_one_is_refused(sharing, users, backend):
    sharing.user()
    sharing.file()
    with Faults(backend.client) as faults:
        faults.on("UpdateItem", before(lambda: users.set_storage_quota("u1", 200)))
        with pytest.raises(VersionConflict):
            users.set_storage_quota("u1", 300)
    assert sharing.storage() == (100, 100)


def test_a_quota_may_change_while_files_come(sharing, users, backend):
    sharing.user()
    with Faults(backend.client) as faults:
        faults.on("UpdateItem", before(sharing.file))
        users.set_storage_quota("u1", 300)
    assert sharing.storage() == (100, 200)


@pytest.mark.parametrize("drift", [50, -50])
def test_a_counter_that_has_drifted_is_set_right(sharing, users, drift):
    sharing.user()
    sharing.file()
    sharing.file("f2", size=20)
    sharing.files.mark_file_for_deletion("u1", "f2")
    users.increment_storage_used("u1", drift)
    right = users.reconcile_storage("u1")
    assert (right.storage_used, right.storage_available) == (120, 880)
    assert sharing.storage() == (120, 880)
    assert sharing.files.get_user_storage_used("u1") == 120


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda sharing: sharing.file("f2"),
        lambda sharing: sharing.files.delete_file("u1", "f1"),
        lambda sharing: sharing.files.replace_content("u1", "f1", file_size=100, s3_key="k"),
        lambda sharing: sharing.users.set_storage_quota("u1", 500),
        lambda sharing: sharing.users.reconcile_storage("u1"),
    ],
)
def test_what_changes_while_files_are_summed_is_not_overwritten(sharing, users, backend, meanwhile):
    sharing.user()
    sharing.file()
    with Faults(backend.client) as faults:
        faults.on("Query", before(lambda: meanwhile(sharing)))
        with pytest.raises(VersionConflict):
            users.reconcile_storage("u1")
    sharing.storage()
    users.reconcile_storage("u1")
    sharing.storage()


def test_the_storage_of_who_is_not_there_is_not_found(sharing, users):
    for call in (users.reconcile_storage, users.get_available_storage):
        with pytest.raises(NotFound):
            call("u1")
    assert sharing.items("users") == []
