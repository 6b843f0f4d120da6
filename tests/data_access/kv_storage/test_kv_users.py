"""Users are created once, and found by their ids."""

import pytest

from tablewright.data_access.errors import AlreadyExists, InvalidInput, KeyTooLong, NotFound
from tablewright.data_access.kv_storage import UsersRepository
from tablewright.models.catalog import KV_STORAGE


@pytest.fixture
def users(connect):
    return UsersRepository(connect(KV_STORAGE))


def test_a_user_is_found_as_it_was_created(users):
    created = users.create_user(user_id="a#b%", email="a@example.com", plan="free")
    assert users.get_user("a#b%") == created


def test_a_second_user_of_one_id_is_refused(users):
    first = users.create_user(user_id="u1")
    with pytest.raises(AlreadyExists, match="there is a user userId='u1' already"):
        users.create_user(user_id="u1")
    assert users.get_user("u1") == first


def test_creating_with_the_same_operation_id_again_gives_the_same_user(users, clock):
    first = users.create_user(user_id="u1", op="op-1")
    clock.sleep(10)
    assert users.create_user(user_id="u1", op="op-1") == first


def test_a_user_that_is_not_there_is_not_found(users):
    with pytest.raises(NotFound, match="there is no user userId='u1'"):
        users.get_user("u1")


@pytest.mark.parametrize("user_id", ["", 7, None, "\ud800"])
def test_an_id_that_cannot_be_a_key_is_refused(users, user_id):
    with pytest.raises(InvalidInput):
        users.get_user(user_id)


def test_the_limit_of_a_key_counts_bytes_of_the_composed_key(users):
    users.create_user(user_id="é" * ((2048 - len("USER#")) // 2))
    with pytest.raises(KeyTooLong, match="key 'PK' has 2,049 bytes"):
        users.create_user(user_id="é" * 1022)
