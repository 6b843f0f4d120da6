"""A file is found by ids that are no key, although the index that knows them lags behind."""

import pytest

from tablewright.data_access.errors import CorruptItem, NotFound
from tests.support.faults import Faults, showing


@pytest.fixture
def faults(sharing, backend):
    sharing.user()
    with Faults(backend.client) as faults:
        yield faults


def test_a_new_file_is_found_before_the_index_has_it(sharing, files, faults):
    created = sharing.file()
    faults.always("Query", showing())
    assert files.get_file_by_user_and_id("u1", "f1") == created
    with pytest.raises(NotFound):
        files.get_file_by_user_and_id("u2", "f1")


def test_a_new_file_can_be_changed_shared_and_deleted_before_the_index_has_it(
    sharing, files, faults
):
    sharing.file()
    faults.always("Query", showing())
    assert files.update_file("u1", "f1", file_name="b").file_name == "b"
    assert files.increment_download_count("u1", "f1").download_count == 1
    assert files.replace_content("u1", "f1", file_size=7, s3_key="k").file_size == 7
    assert sharing.link().file_id == "f1"
    assert files.delete_file("u1", "f1") is True
    assert sharing.storage() == (0, 1000)


def test_a_deleted_file_is_not_found_though_the_index_still_has_it(sharing, files, faults):
    sharing.file()
    stale = sharing.items()[0 if "fileSize" in sharing.items()[0] else 1]
    files.delete_file("u1", "f1")
    faults.always("Query", showing(stale))
    with pytest.raises(NotFound):
        files.get_file_by_user_and_id("u1", "f1")
    assert files.delete_file("u1", "f1") is False
    assert sharing.storage() == (0, 1000)


@pytest.mark.parametrize("both", [False, True])
def test_an_id_that_was_used_again_gives_the_new_file(sharing, files, faults, clock, both):
    sharing.file()
    (stale,) = [item for item in sharing.items() if "fileSize" in item]
    files.delete_file("u1", "f1")
    clock.sleep(1)
    new = sharing.file()
    (current,) = [item for item in sharing.items() if "fileSize" in item]
    faults.always("Query", showing(stale, current) if both else showing(stale))
    assert files.get_file_by_user_and_id("u1", "f1") == new
    if both:
        assert files.get_file_by_id("f1") == new


def test_two_items_of_one_file_id_are_a_mistake(sharing, files, backend):
    sharing.user()
    sharing.file()
    (item,) = [item for item in sharing.items() if "fileSize" in item]
    other = {**item, "sortKey": {"S": "2020-01-01T00:00:00.000Z#f1"}}
    backend.client.put_item(TableName=sharing.table(), Item=other)
    for find in (files.get_file_by_id, lambda id_: files.get_file_by_user_and_id("u1", id_)):
        with pytest.raises(CorruptItem, match="file id 'f1' has 2 items"):
            find("f1")


def test_an_item_of_another_kind_is_no_file(sharing, files, backend):
    sharing.user()
    sharing.file()
    (item,) = [item for item in sharing.items() if "fileSize" in item]
    backend.client.put_item(TableName=sharing.table(), Item={**item, "entityType": {"S": "folder"}})
    with pytest.raises(CorruptItem, match="'folder' where 'file' is expected"):
        files.get_file_by_id("f1")


def test_a_guard_that_refers_to_nothing_is_a_mistake(sharing, files, backend):
    sharing.user()
    sharing.file()
    (guard,) = [item for item in sharing.items() if "fileSize" not in item]
    broken = {**guard, "fileSortKey": {"S": "nowhere"}}
    backend.client.put_item(TableName=sharing.table(), Item=broken)
    with Faults(backend.client) as faults:
        faults.always("Query", showing())
        with pytest.raises(CorruptItem, match="refers to a file by 'nowhere'"):
            files.get_file_by_user_and_id("u1", "f1")


def test_a_guard_is_in_no_index(sharing, files):
    sharing.user("FILE#f1")
    sharing.file("f1", "FILE#f1")
    assert files.get_user_storage_used("FILE#f1") == 100
    assert len(files.list_files("FILE#f1", sort_by="file_size").items) == 1
