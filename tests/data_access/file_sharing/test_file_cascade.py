"""Who deletes a file takes all that hangs on it, once, and gives its space back once."""

import pytest

from tablewright.data_access.errors import CorruptItem, Incomplete, LinkUnavailable
from tablewright.data_access.file_sharing import FilesRepository
from tests.support.faults import Faults, before, leaving, showing


def test_a_file_goes_with_its_links_its_object_its_guard_and_its_space(full, files):
    assert files.delete_file("u1", "f1") is True
    assert full.file_ids() == ["f2", "g1"]
    assert full.link_ids() == ["f2-0", "f2-1", "g1-0", "g1-1"]
    assert len(full.items()) == 4, "two files, two guards"
    assert full.removed == ["u1/f1"]
    assert full.storage() == (100, 900)
    assert full.storage("u2") == (100, 900)


def test_a_file_that_is_gone_gives_nothing_back_again(full, files):
    assert [files.delete_file("u1", "f1") for _ in range(3)] == [True, False, False]
    assert full.storage() == (100, 900)
    assert full.removed == ["u1/f1"]


def test_another_users_file_is_not_deleted(full, files):
    assert files.delete_file("u2", "f1") is False
    assert files.mark_file_for_deletion("u2", "f1") is False
    assert full.file_ids() == ["f1", "f2", "g1"]


def test_an_id_is_free_once_its_file_is_deleted(full, files):
    files.delete_file("u1", "f1")
    full.file("f1", "u2")
    assert full.storage("u2") == (200, 800)


def test_a_mark_is_finished_later_and_stays_what_it_was(full, files, clock):
    assert files.mark_file_for_deletion("u1", "f1") is True
    marks = {item["deletingAt"]["S"] for item in full.items() if "deletingAt" in item}
    clock.sleep(5)
    assert files.mark_file_for_deletion("u1", "f1") is True
    assert {item["deletingAt"]["S"] for item in full.items() if "deletingAt" in item} == marks
    assert full.storage() == (200, 800)
    assert files.delete_file("u1", "f1") is True
    assert full.storage() == (100, 900)


@pytest.mark.parametrize("operation", ["UpdateItem", "BatchWriteItem", "TransactWriteItems"])
def test_two_deletions_of_one_file_at_once_give_its_space_back_once(
    full, files, backend, operation
):
    with Faults(backend.client) as faults:
        faults.on(operation, before(lambda: files.delete_file("u1", "f1")))
        files.delete_file("u1", "f1")
    assert full.file_ids() == ["f2", "g1"]
    assert full.storage() == (100, 900)


@pytest.mark.parametrize(
    ("operation", "seconds"),
    [("BatchWriteItem", 1), ("TransactWriteItems", 1), ("TransactWriteItems", 0)],
)
def test_a_deletion_that_is_held_up_spares_a_new_file_of_that_id(full, files, operation, seconds):
    def another():
        files.delete_file("u1", "f1")
        full.clock.sleep(seconds)
        full.file("f1")
        full.link("new", "u1", "f1")

    with Faults(full.backend.client) as faults:
        faults.on(operation, before(another))
        files.delete_file("u1", "f1")
    assert files.get_file_by_id("f1").user_id == "u1"
    assert "new" in full.link_ids()
    assert full.storage() == (200, 800)


def test_content_that_was_replaced_before_the_mark_gives_its_new_size_back(full, files, backend):
    def another():
        files.replace_content("u1", "f1", file_size=300, s3_key="new")

    with Faults(backend.client) as faults:
        faults.on("UpdateItem", before(another))
        files.delete_file("u1", "f1")
    assert full.removed == ["new"]
    assert full.storage() == (100, 900)


def test_a_link_that_the_index_does_not_show_yet_cannot_be_used(full, files, links, backend):
    with Faults(backend.client) as faults:
        faults.on("Query", None, showing())
        files.delete_file("u1", "f1")
    assert "f1-0" in full.link_ids()
    with pytest.raises(LinkUnavailable) as refused:
        links.increment_download_count("f1-0", "c1")
    assert refused.value.reason == "file_gone"


def test_links_that_a_batch_leaves_keep_the_file_until_they_are_gone(full, files, backend):
    with Faults(backend.client) as faults:
        faults.always("BatchWriteItem", leaving(0))
        with pytest.raises(Incomplete) as left:
            files.delete_file("u1", "f1")
    assert len(left.value.leftovers) == 2
    assert full.removed == []
    assert full.storage() == (200, 800)
    assert files.delete_file("u1", "f1") is True
    assert full.storage() == (100, 900)


def test_an_object_that_is_not_removed_keeps_its_file(full):
    objects = ["u1/f1"]

    def remove(key):
        if len(objects) == 1:
            objects.append(key)
            raise PermissionError("no")
        objects.append(key)

    files = FilesRepository(full.files._connection, remove_object=remove)
    with pytest.raises(Incomplete, match=r"'u1/f1' was not removed \(PermissionError\)") as left:
        files.delete_file("u1", "f1")
    assert left.value.leftovers == ("u1/f1",)
    assert isinstance(left.value.__cause__, PermissionError)
    assert full.storage() == (200, 800)
    assert files.delete_file("u1", "f1") is True
    assert objects == ["u1/f1"] * 3


def test_without_a_way_to_remove_objects_they_stay(full):
    assert FilesRepository(full.files._connection).delete_file("u1", "f1") is True
    assert full.removed == []


def test_a_counter_that_has_drifted_below_a_files_size_is_told(full, files, users):
    users.increment_storage_used("u1", -150)
    with pytest.raises(Incomplete, match="call reconcile_storage") as left:
        files.delete_file("u1", "f1")
    assert left.value.leftovers == ("f1",)
    users.reconcile_storage("u1")
    assert files.delete_file("u1", "f1") is True
    assert full.storage() == (100, 900)


def test_a_size_that_something_else_changes_is_not_given_back_wrongly(full, files, backend):
    key = {"userId": {"S": "u1"}, "sortKey": {"S": "2026-01-01T00:00:00.000Z#f1"}}

    def grow():
        backend.client.update_item(
            TableName=full.table(),
            Key=key,
            UpdateExpression="SET fileSize = :size",
            ExpressionAttributeValues={":size": {"N": "150"}},
        )

    with Faults(backend.client) as faults:
        faults.on("TransactWriteItems", before(grow))
        with pytest.raises(Incomplete, match="'f1' has changed while it was deleted"):
            files.delete_file("u1", "f1")
    assert "f1" in full.file_ids()


def test_a_file_without_an_owner_is_a_mistake(full, files, backend):
    backend.client.delete_item(TableName=full.table("users"), Key={"userId": {"S": "u1"}})
    with pytest.raises(CorruptItem, match="is of user 'u1', who is gone"):
        files.delete_file("u1", "f1")


def test_an_empty_file_of_a_user_over_the_quota_is_deleted(full, files, users):
    full.file("f0", size=0)
    users.set_storage_quota("u1", 10)
    assert files.delete_file("u1", "f0") is True
    assert files.delete_file("u1", "f1") is True
    assert full.storage() == (100, -90)
