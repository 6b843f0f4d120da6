"""A file changes under its version, and its size together with the quota."""

import pytest

from tablewright.data_access.errors import (
    BeingDeleted,
    InvalidInput,
    ItemTooLarge,
    NotFound,
    QuotaExceeded,
    VersionConflict,
)
from tests.support.faults import Faults, before

pytestmark = pytest.mark.usefixtures("file")


def test_a_change_counts_the_version_on_and_leaves_the_rest(files, file):
    changed = files.update_file("u1", "f1", file_name="b.txt", mime_type="text/plain", version=1)
    assert changed == files.get_file_by_user_and_id("u1", "f1")
    expected = {"file_name": "b.txt", "mime_type": "text/plain", "version": 2}
    assert changed == file.model_copy(update=expected)


def test_a_version_that_has_passed_is_refused(files):
    files.update_file("u1", "f1", file_name="b")
    for change in (
        lambda: files.update_file("u1", "f1", file_name="c", version=1),
        lambda: files.replace_content("u1", "f1", file_size=1, s3_key="k", version=1),
    ):
        with pytest.raises(VersionConflict, match="has changed meanwhile"):
            change()
    assert files.get_file_by_id("f1").file_name == "b"


@pytest.mark.parametrize(
    "changes",
    [
        {"file_id": "f2"},
        {"file_size": 1},
        {"s3_key": "k"},
        {"upload_timestamp": None},
        {"user_id": "u2"},
        {"download_count": 0},
        {"deleting_at": None},
        {"file_name": "b", "file_size": 1},
        {},
        {"file_name": ""},
        {"file_name": None},
        {"mime_type": 7},
        {"colour": "red"},
    ],
)
def test_what_may_not_change_is_refused(sharing, files, file, changes):
    with pytest.raises(InvalidInput):
        files.update_file("u1", "f1", **changes)
    assert files.get_file_by_id("f1") == file
    assert sharing.storage() == (100, 900)


@pytest.mark.parametrize("user_id", ["u2", "u1"])
def test_a_file_that_is_not_the_users_makes_no_ghost(sharing, files, user_id):
    sharing.user("u2")
    if user_id == "u1":
        files.delete_file("u1", "f1")
        sharing.file("f1", "u2")
    before_ = sharing.items()
    for call in (
        lambda: files.update_file(user_id, "f1", file_name="b"),
        lambda: files.replace_content(user_id, "f1", file_size=1, s3_key="k"),
        lambda: files.increment_download_count(user_id, "f1"),
    ):
        with pytest.raises(NotFound):
            call()
    assert sharing.items() == before_


def test_a_download_of_a_file_that_went_meanwhile_makes_no_ghost(sharing, files, file):
    files.delete_file("u1", "f1")
    with pytest.raises(NotFound):
        files.increment_download_count("u1", "f1", upload_timestamp=file.upload_timestamp)
    assert sharing.items() == []


def test_a_marked_file_counts_as_absent(sharing, files, file):
    assert files.mark_file_for_deletion("u1", "f1") is True
    for call in (
        lambda: files.get_file_by_id("f1"),
        lambda: files.get_file_by_user_and_id("u1", "f1"),
        lambda: files.update_file("u1", "f1", file_name="b"),
        lambda: files.replace_content("u1", "f1", file_size=1, s3_key="k"),
        lambda: files.increment_download_count("u1", "f1"),
        lambda: files.increment_download_count("u1", "f1", upload_timestamp=file.upload_timestamp),
    ):
        with pytest.raises(NotFound):
            call()
    assert files.list_files("u1").items == ()
    assert sharing.storage() == (100, 900)


@pytest.mark.parametrize("size", [0, 40, 100, 101, 1000])
def test_new_content_counts_by_the_difference(sharing, files, size):
    new = files.replace_content("u1", "f1", file_size=size, s3_key="k2")
    assert new == files.get_file_by_user_and_id("u1", "f1")
    assert (new.file_size, new.s3_key, new.version) == (size, "k2", 2)
    assert sharing.storage() == (size, 1000 - size)


def test_content_may_not_grow_over_the_quota(sharing, files, file):
    with pytest.raises(QuotaExceeded, match="has 900 of 1,000 bytes left, and 901 are needed"):
        files.replace_content("u1", "f1", file_size=1001, s3_key="k2")
    assert files.get_file_by_id("f1") == file
    assert sharing.storage() == (100, 900)


@pytest.mark.parametrize("size", [100, 99])
def test_content_may_shrink_or_stay_where_the_quota_is_overdrawn(sharing, files, users, size):
    users.set_storage_quota("u1", 10)
    files.replace_content("u1", "f1", file_size=size, s3_key="k2")
    assert sharing.storage() == (size, 10 - size)


def test_the_content_of_a_user_who_is_being_deleted_stays(files, users):
    users.mark_user_for_deletion("u1")
    with pytest.raises(BeingDeleted):
        files.replace_content("u1", "f1", file_size=1, s3_key="k2")


@pytest.mark.parametrize("size", [100, 70])
def test_of_two_who_replace_content_at_once_one_is_refused(sharing, files, backend, size):
    def another():
        files.replace_content("u1", "f1", file_size=size, s3_key="theirs")

    with Faults(backend.client) as faults:
        faults.on("TransactWriteItems", before(another))
        with pytest.raises(VersionConflict):
            files.replace_content("u1", "f1", file_size=50, s3_key="mine")
    assert files.get_file_by_id("f1").s3_key == "theirs"
    assert sharing.storage() == (size, 1000 - size)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"file_size": -1, "s3_key": "k"}, InvalidInput),
        ({"file_size": 1.5, "s3_key": "k"}, InvalidInput),
        ({"file_size": 1, "s3_key": ""}, InvalidInput),
    ],
)
def test_content_that_cannot_be_stored_is_refused(files, given, error):
    with pytest.raises(error):
        files.replace_content("u1", "f1", **given)


def test_repeated_with_the_same_operation_id_each_write_counts_once(sharing, files):
    for _ in range(3):
        assert files.update_file("u1", "f1", file_name="b", op="op-1").version == 2
    for _ in range(3):
        new = files.replace_content("u1", "f1", file_size=300, s3_key="k", op="op-2")
        assert (new.version, new.file_size) == (3, 300)
    for _ in range(3):
        assert files.increment_download_count("u1", "f1", op="op-3").download_count == 1
    assert files.increment_download_count("u1", "f1", op="op-4").download_count == 2
    assert sharing.storage() == (300, 700)


def test_a_download_does_not_hide_another_operation(files):
    files.update_file("u1", "f1", file_name="b", op="op-1")
    files.increment_download_count("u1", "f1")
    assert files.update_file("u1", "f1", file_name="b", op="op-1").version == 2


def test_a_name_that_is_too_long_for_an_item_is_refused(files):
    with pytest.raises(ItemTooLarge):
        files.update_file("u1", "f1", file_name="a" * 410_000)
