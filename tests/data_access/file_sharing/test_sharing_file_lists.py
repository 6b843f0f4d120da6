"""Files are listed by time or size, a page at a time."""

import pytest

from tablewright.data_access.errors import InvalidCursor, InvalidInput
from tablewright.data_access.file_sharing import FilesRepository
from tablewright.data_access.repository.pages import walk
from tablewright.models.catalog import FILE_SHARING
from tests.support.faults import Faults

SIZES = {"a": 30, "b": 5, "c": 5, "d": 200, "e": 30, "f": 0}


@pytest.fixture
def listed(sharing, clock):
    """Six files of u1, a second apart, and one of somebody else."""
    sharing.user()
    sharing.user("u2")
    for file_id, size in SIZES.items():
        sharing.file(file_id, size=size)
        clock.sleep(1)
    sharing.file("other", "u2")
    return sharing.files


@pytest.mark.parametrize("limit", [1, 2, 4, 50])
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ({}, "fedcba"),
        ({"descending": False}, "abcdef"),
        ({"sort_by": "upload_time", "descending": True}, "fedcba"),
        ({"sort_by": "file_size", "descending": False}, [0, 5, 5, 30, 30, 200]),
        ({"sort_by": "file_size"}, [200, 30, 30, 5, 5, 0]),
    ],
)
def test_a_walk_gives_each_file_once_and_in_order(listed, order, expected, limit):
    pages = walk(lambda cursor: listed.list_files("u1", limit=limit, cursor=cursor, **order))
    ids = [file.file_id for file in pages]
    assert sorted(ids) == sorted(SIZES)
    by_size = order.get("sort_by") == "file_size"
    assert ([SIZES[id_] for id_ in ids] if by_size else "".join(ids)) == expected


def test_a_page_of_files_that_are_being_deleted_is_not_the_end(listed):
    for file_id in "edcb":
        listed.mark_file_for_deletion("u1", file_id)
    first = listed.list_files("u1", limit=2)
    assert [file.file_id for file in first.items] == ["f", "a"]
    everything = walk(lambda cursor: listed.list_files("u1", limit=1, cursor=cursor))
    assert [file.file_id for file in everything] == ["f", "a"]


@pytest.mark.parametrize(
    "given",
    [
        {"sort_by": "name"},
        {"sort_by": None},
        {"limit": 0},
        {"limit": 1001},
        {"limit": "10"},
        {"limit": True},
        {"cursor": "nonsense"},
    ],
)
def test_a_page_that_there_is_not_is_refused(listed, given):
    with pytest.raises(InvalidInput):
        listed.list_files("u1", **given)


@pytest.mark.parametrize(
    ("user_id", "order"),
    [("u2", {}), ("u1", {"descending": False}), ("u1", {"sort_by": "file_size"})],
)
def test_a_cursor_serves_its_own_query_alone(listed, user_id, order):
    cursor = listed.list_files("u1", limit=1).cursor
    with pytest.raises(InvalidCursor):
        listed.list_files(user_id, cursor=cursor, **order)


def test_a_file_that_moves_in_the_index_while_paging_costs_no_other_one(listed):
    first = listed.list_files("u1", sort_by="file_size", descending=False, limit=3)
    listed.replace_content("u1", first.items[-1].file_id, file_size=500, s3_key="k")
    rest = list(
        walk(
            lambda cursor: listed.list_files(
                "u1", sort_by="file_size", descending=False, limit=1, cursor=cursor or first.cursor
            )
        )
    )
    assert {file.file_id for file in (*first.items, *rest)} == set(SIZES)


def test_the_sum_of_sizes_reads_sizes_alone(listed, backend):
    with Faults(backend.client) as faults:
        assert listed.get_user_storage_used("u1") == sum(SIZES.values())
        assert listed.get_user_storage_used("nobody") == 0
    (first, _) = faults.bodies("Query")
    assert first["ProjectionExpression"] == "#fileSize"
    assert first["IndexName"] == "userFileSizeIndex"


def test_a_listing_by_time_reads_strongly(connect, backend):
    files = FilesRepository(connect(FILE_SHARING))
    with Faults(backend.client) as faults:
        files.list_files("u1")
        files.list_files("u1", sort_by="file_size")
    assert [body.get("ConsistentRead") for body in faults.bodies("Query")] == [True, None]
