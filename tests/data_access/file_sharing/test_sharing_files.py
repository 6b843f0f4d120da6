"""Files are created within the quota under ids of their own, and found by these."""

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    BeingDeleted,
    InvalidInput,
    ItemTooLarge,
    KeyTooLong,
    NotFound,
    NumberOutOfRange,
    QuotaExceeded,
)


def test_a_file_is_found_as_it_was_created(sharing, files):
    sharing.user()
    created = sharing.file("a#b%")
    assert files.get_file_by_id("a#b%") == created
    assert files.get_file_by_user_and_id("u1", "a#b%") == created
    assert sharing.storage() == (100, 900)


def test_files_fit_exactly_into_the_quota(sharing):
    sharing.user(quota=100)
    sharing.file(size=100)
    sharing.file("f2", size=0)
    with pytest.raises(QuotaExceeded, match="'u1' has 0 of 100 bytes left, and 1 are needed"):
        sharing.file("f3", size=1)
    assert sharing.storage() == (100, 0)


def test_a_refused_file_leaves_nothing(sharing):
    sharing.user(quota=10)
    with pytest.raises(QuotaExceeded):
        sharing.file(size=11)
    assert sharing.items() == []


def test_a_file_of_a_user_who_is_not_there_is_refused(sharing):
    with pytest.raises(NotFound, match="there is no user userId='u1'"):
        sharing.file()
    assert sharing.items() == []


def test_a_file_of_a_user_who_is_being_deleted_is_refused(sharing, users):
    sharing.user()
    users.mark_user_for_deletion("u1")
    with pytest.raises(BeingDeleted, match="user 'u1' is being deleted"):
        sharing.file()


@pytest.mark.parametrize("later", [0, 10])
def test_a_file_id_is_unique_over_time_and_users(sharing, clock, later):
    sharing.user()
    sharing.user("u2")
    sharing.file()
    clock.sleep(later)
    for user_id in ("u1", "u2"):
        with pytest.raises(AlreadyExists, match="there is a file fileId='f1' already"):
            sharing.file(user_id=user_id)
    assert sharing.storage() == (100, 900)
    assert sharing.storage("u2") == (0, 1000)


def test_creating_with_the_same_operation_id_again_gives_the_same_file(sharing, clock):
    sharing.user()
    first = sharing.file(op="op-1")
    sharing.file("f2")
    clock.sleep(10)
    assert sharing.file(op="op-1") == first
    assert sharing.storage() == (200, 800)


def test_an_operation_id_that_was_another_operation_creates_nothing(sharing, users):
    sharing.user()
    users.update_user("u1", email="a@example.com", op="op-1")
    with pytest.raises(InvalidInput, match="op='op-1' was another operation"):
        sharing.file(op="op-1")


def test_a_made_up_file_id_is_the_operation_id(sharing, files):
    sharing.user()
    made = files.create_file("u1", file_name="a", file_size=1, s3_key="k", op="op-1")
    assert made.file_id == "op-1"


def test_another_users_file_is_not_found(sharing, files):
    sharing.user()
    sharing.file()
    with pytest.raises(NotFound, match="no file fileId='f1' of user 'u2'"):
        files.get_file_by_user_and_id("u2", "f1")


def test_a_file_that_is_not_there_is_not_found(files):
    with pytest.raises(NotFound, match="there is no file fileId='f1'"):
        files.get_file_by_id("f1")
    with pytest.raises(NotFound):
        files.get_file_by_user_and_id("u1", "f1")


@pytest.mark.parametrize("user_id", ["FILE#f1", "FILE%23f1", "GUARD"])
def test_a_user_whose_id_looks_like_a_guards_key_meets_no_guard(sharing, files, user_id):
    sharing.user()
    sharing.file()
    sharing.user(user_id)
    own = sharing.file("f2", user_id)
    assert files.list_files(user_id).items == (own,)
    assert files.get_file_by_user_and_id(user_id, "f2") == own
    assert len({item["userId"]["S"] for item in sharing.items()}) == 4


BAD_IDS = ["", 7, None, 1.5, "\ud800", b"f1"]


@pytest.mark.parametrize("bad", BAD_IDS)
def test_an_id_that_cannot_be_a_key_is_refused(files, bad):
    calls = (
        lambda: files.get_file_by_id(bad),
        lambda: files.get_file_by_user_and_id(bad, "f1"),
        lambda: files.get_file_by_user_and_id("u1", bad),
        lambda: files.list_files(bad),
        lambda: files.delete_file("u1", bad),
        lambda: files.update_file(bad, "f1", file_name="b"),
        lambda: files.increment_download_count("u1", bad),
        lambda: files.create_file(bad, file_id="f1", file_name="a", file_size=1, s3_key="k"),
    )
    for call in calls:
        with pytest.raises(InvalidInput):
            call()


@pytest.mark.parametrize("file_id", ["é" * 1025, "a" * 1000])
def test_the_limit_of_a_key_counts_bytes_of_the_composed_key(sharing, file_id):
    sharing.user()
    with pytest.raises(KeyTooLong):
        sharing.file(file_id)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"size": -1}, InvalidInput),
        ({"size": 1.0}, InvalidInput),
        ({"size": float("nan")}, InvalidInput),
        ({"size": True}, InvalidInput),
        ({"size": "1"}, InvalidInput),
        ({"size": 10**39 + 1}, NumberOutOfRange),
        ({"file_name": ""}, InvalidInput),
        ({"file_name": 7}, InvalidInput),
        ({"file_name": "a" * 410_000}, ItemTooLarge),
        ({"s3_key": ""}, InvalidInput),
        ({"upload_timestamp": "yesterday"}, InvalidInput),
    ],
)
def test_a_file_that_cannot_be_stored_is_refused_before_it_is_sent(sharing, given, error):
    sharing.user()
    with pytest.raises(error):
        sharing.file(**given)
    assert sharing.items() == []
