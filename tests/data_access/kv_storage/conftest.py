"""The repositories of key-value storage, with two users in it: `u#1` and `u2`."""

import pytest

from tablewright.data_access.kv_storage import (
    ApiKeysRepository,
    KeysRepository,
    NamespacesRepository,
    UsersRepository,
)
from tablewright.models.catalog import KV_STORAGE


@pytest.fixture
def connection(connect):
    connection = connect(KV_STORAGE)
    users = UsersRepository(connection)
    users.create_user(user_id="u#1")
    users.create_user(user_id="u2")
    return connection


@pytest.fixture
def namespaces(connection):
    return NamespacesRepository(connection)


@pytest.fixture
def keys(connection):
    return KeysRepository(connection)


@pytest.fixture
def api_keys(connection):
    return ApiKeysRepository(connection)
