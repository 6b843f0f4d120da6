"""Users are created once, and their profiles and preferences change one at a time."""

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    BeingDeleted,
    InvalidInput,
    ItemTooLarge,
    KeyTooLong,
    NotFound,
    NumberOutOfRange,
    VersionConflict,
)


def test_a_user_is_found_as_it_was_created(users):
    created = users.create_user("a#b%", storage_quota=10, email="a@example.com", display_name="A")
    assert users.get_user("a#b%") == created
    assert (created.storage_used, created.storage_available) == (0, 10)
    assert created.preferences == {}


def test_a_second_user_of_one_id_is_refused(sharing, users):
    first = sharing.user()
    with pytest.raises(AlreadyExists, match="there is a user userId='u1' already"):
        sharing.user(quota=5)
    assert users.get_user("u1") == first


def test_creating_with_the_same_operation_id_again_gives_the_same_user(users, clock):
    first = users.create_user(storage_quota=10, op="op-1")
    clock.sleep(10)
    assert users.create_user(storage_quota=10, op="op-1") == first
    assert first.user_id == "op-1"


def test_a_user_who_is_being_deleted_is_not_created_again(sharing, users):
    sharing.user()
    users.mark_user_for_deletion("u1")
    with pytest.raises(BeingDeleted, match="user 'u1' is being deleted"):
        sharing.user()


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"user_id": ""}, InvalidInput),
        ({"user_id": 7}, InvalidInput),
        ({"user_id": "é" * 1025}, KeyTooLong),
        ({"storage_quota": -1}, InvalidInput),
        ({"storage_quota": 1.0}, InvalidInput),
        ({"storage_quota": True}, InvalidInput),
        ({"storage_quota": 10**39 + 1}, NumberOutOfRange),
        ({"email": 7}, InvalidInput),
        ({"display_name": "a" * 410_000}, ItemTooLarge),
    ],
)
def test_a_user_that_cannot_be_stored_is_refused(sharing, users, given, error):
    with pytest.raises(error):
        users.create_user(**{"user_id": "u1", "storage_quota": 10, **given})
    assert sharing.items("users") == []


def writes_of(users, user_id="u1"):
    return (
        lambda: users.update_user(user_id, email="b"),
        lambda: users.update_last_login(user_id),
        lambda: users.update_preferences(user_id, {"a": 1}),
        lambda: users.set_storage_quota(user_id, 5),
    )


@pytest.mark.parametrize("state", ["never there", "being deleted"])
def test_a_user_who_is_not_there_is_not_found_and_leaves_no_ghost(sharing, users, state):
    if state == "being deleted":
        sharing.user()
        users.mark_user_for_deletion("u1")
    stored = sharing.items("users")
    for call in (*writes_of(users), lambda: users.get_user("u1")):
        with pytest.raises(NotFound):
            call()
    assert sharing.items("users") == stored


@pytest.mark.parametrize("bad", ["", 7, None, "\ud800"])
def test_an_id_that_cannot_be_a_key_is_refused(users, bad):
    calls = (
        *writes_of(users, bad),
        lambda: users.get_user(bad),
        lambda: users.delete_user(bad),
        lambda: users.mark_user_for_deletion(bad),
        lambda: users.increment_storage_used(bad, 1),
        lambda: users.reconcile_storage(bad),
        lambda: users.has_available_storage(bad, 1),
    )
    for call in calls:
        with pytest.raises(InvalidInput):
            call()


def test_a_profile_changes_by_the_version_that_was_read(sharing, users):
    sharing.user()
    changed = users.update_user("u1", email="a", display_name="A", version=1)
    assert (changed.email, changed.display_name, changed.version) == ("a", "A", 2)
    removed = users.update_user("u1", email=None)
    assert (removed.email, removed.display_name, removed.version) == (None, "A", 3)
    assert users.get_user("u1") == removed
    for write in (users.update_user, users.update_last_login):
        given = {"email": "b"} if write == users.update_user else {}
        with pytest.raises(VersionConflict):
            write("u1", version=2, **given)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"storage_used": 0},
        {"storage_quota": 10},
        {"storage_available": 10},
        {"storage_version": 0},
        {"preferences": {}},
        {"user_id": "u2"},
        {"deleting_at": None},
        {"email": 7},
        {"email": "a", "storage_used": 0},
    ],
)
def test_what_update_user_may_not_change_is_refused(sharing, users, changes):
    created = sharing.user()
    with pytest.raises(InvalidInput):
        users.update_user("u1", **changes)
    assert users.get_user("u1") == created


def test_a_login_keeps_the_time_and_the_version(sharing, users, clock):
    sharing.user()
    clock.sleep(5.0004)
    seen = users.update_last_login("u1", version=1)
    assert (seen.last_login_at - clock.start).total_seconds() == 5
    assert seen.version == 1


def test_each_write_counts_once_for_its_operation_id(sharing, users):
    sharing.user()
    for _ in range(3):
        assert users.update_user("u1", email="a", op="op-1").version == 2
    for _ in range(3):
        assert users.set_storage_quota("u1", 1500, op="op-2").storage_available == 1500
