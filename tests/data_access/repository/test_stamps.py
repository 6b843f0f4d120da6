"""A write counts once by the id that it leaves in the item, in an attribute of its choice."""

import pytest

from tablewright.data_access.errors import VersionConflict
from tablewright.data_access.file_sharing import FilesRepository, UsersRepository
from tablewright.data_access.file_sharing.records import FILE, GUARD, USER
from tablewright.data_access.repository import transactions
from tablewright.data_access.repository.conditions import is_of, once
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.models.catalog import FILE_SHARING

CHANGE = Change(add={"downloadCount": 1})


def test_a_change_leaves_its_id_in_the_attribute_that_is_named():
    stamped, unless_done = once(CHANGE, "op-1", "lastClaim")
    assert stamped.text() == "SET #lastClaim = :lastClaim ADD #downloadCount :downloadCount"
    assert unless_done.text == "attribute_not_exists(#lastClaim) OR #lastClaim <> :lastClaim"


def test_a_change_that_something_else_makes_once_leaves_none():
    assert once(CHANGE, "op-1", None) == (CHANGE, Condition())


@pytest.mark.parametrize(
    ("item", "stamp", "expected"),
    [
        ({"lastClaim": {"S": "op-1"}}, "lastClaim", True),
        ({"lastClaim": {"S": "op-2"}}, "lastClaim", False),
        ({"operationId": {"S": "op-1"}}, "lastClaim", False),
        ({"operationId": {"S": "op-1"}}, None, False),
        ({}, "lastClaim", False),
        (None, "lastClaim", False),
    ],
)
def test_an_item_tells_whose_write_it_bears(item, stamp, expected):
    assert is_of(item, "op-1", stamp) is expected


def test_an_item_that_a_transaction_would_have_deleted_is_no_witness_that_it_did(connect):
    connection = connect(FILE_SHARING)
    UsersRepository(connection).create_user("u1", storage_quota=10)
    files = FilesRepository(connection)
    file = files.create_file("u1", file_name="a", file_size=5, s3_key="k", op="op-1")
    other_size = Condition(text="#fileSize = :size", values={"size": 6})
    with pytest.raises(VersionConflict):
        files._transact(
            "delete_file",
            "op-1",
            transactions.delete(FILE, FILE.identity(file), condition=other_size),
            transactions.delete(GUARD, {"fileId": file.file_id}),
            transactions.update(
                USER, {"userId": "u1"}, Change(assign={"email": "a"}), stamp="lastLoginAt"
            ),
        )
    assert files.get_file_by_id(file.file_id) == file
