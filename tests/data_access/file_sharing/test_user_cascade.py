"""Who deletes a user takes all that is the user's, and nothing of who comes later."""

import pytest

from tablewright.data_access.errors import BeingDeleted, NotFound
from tests.support.faults import Faults, before


def test_a_user_goes_with_everything(full, users):
    users.increment_storage_used("u1", 7)
    assert users.delete_user("u1") is True
    assert users.delete_user("u1") is False
    assert full.file_ids() == ["g1"]
    assert full.link_ids() == ["g1-0", "g1-1"]
    assert len(full.items()) == 2, "one file, one guard"
    assert full.user_ids() == ["u2"]
    assert full.removed == ["u1/f1", "u1/f2"]
    assert full.storage("u2") == (100, 900)


def test_a_user_who_is_not_there_is_not_deleted_and_leaves_no_ghost(users, sharing):
    assert users.delete_user("u1") is False
    assert users.mark_user_for_deletion("u1") is False
    assert sharing.items("users") == []


def test_a_marked_user_stores_nothing_more_and_is_deleted_later(full, users, files):
    assert users.mark_user_for_deletion("u1") is True
    assert users.mark_user_for_deletion("u1") is True
    with pytest.raises(NotFound):
        users.get_user("u1")
    with pytest.raises(BeingDeleted):
        full.file("f3")
    files.mark_file_for_deletion("u1", "f1")
    assert users.delete_user("u1") is True
    assert full.user() == users.get_user("u1")


def test_files_that_come_before_the_mark_go_with_the_user(full, users, backend):
    with Faults(backend.client) as faults:
        faults.on("UpdateItem", before(lambda: full.file("f3")))
        users.delete_user("u1")
    assert full.file_ids() == ["g1"]


@pytest.mark.parametrize(
    ("operation", "passes"),
    [("Query", 0), ("TransactWriteItems", 0), ("TransactWriteItems", 2), ("DeleteItem", 0)],
)
def test_a_deletion_that_is_held_up_spares_a_new_user_of_that_id(full, users, operation, passes):
    def another():
        users.delete_user("u1")
        full.clock.sleep(1)
        full.user()
        for file_id in ("f1", "f3"):
            full.file(file_id)
        full.link("new", "u1", "f3")

    with Faults(full.backend.client) as faults:
        faults.on(operation, *[None] * passes, before(another))
        users.delete_user("u1")
    assert users.get_user("u1").storage_used == 200
    assert full.file_ids() == ["f1", "f3", "g1"]
    assert "new" in full.link_ids()
    assert full.storage() == (200, 800)
    assert full.files.get_file_by_user_and_id("u1", "f3").deleting_at is None


@pytest.mark.parametrize(
    "operation", ["UpdateItem", "Query", "BatchWriteItem", "TransactWriteItems", "DeleteItem"]
)
def test_two_deletions_of_one_user_at_once_do_no_harm(full, users, backend, operation):
    with Faults(backend.client) as faults:
        faults.on(operation, before(lambda: users.delete_user("u1")))
        users.delete_user("u1")
    assert full.file_ids() == ["g1"]
    assert full.user_ids() == ["u2"]
    assert full.storage("u2") == (100, 900)
