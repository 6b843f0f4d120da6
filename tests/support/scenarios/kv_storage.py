"""Scenarios of key-value storage."""

from tablewright.data_access.kv_storage import (
    ApiKeysRepository,
    KeysRepository,
    NamespacesRepository,
    UsersRepository,
)
from tablewright.data_access.kv_storage.usage import REMEMBERED
from tablewright.models.keys import shard_of


def users(stage):
    """A user comes, is found, and uses something."""
    users = UsersRepository(stage.connection)
    users.create_user(user_id="u#1", email="u1@example.com", plan="free")
    users.create_user()
    users.get_user("u#1")
    users.record_usage("u#1", requests=1, storage_bytes=5)
    users.record_usage("u#1", storage_bytes=-5)
    alike = [op for op in map(str, range(200)) if shard_of(op, 8) == 0]
    for op in alike[:REMEMBERED]:
        users.record_usage("u#1", requests=1, op=op)
    users.get_usage("u#1")


def api_keys(stage):
    """An API key is created, used, revoked and listed."""
    UsersRepository(stage.connection).create_user(user_id="u1")
    keys = ApiKeysRepository(stage.connection)
    first, second = keys.create_api_key("u1"), keys.create_api_key("u1")
    keys.get_user_by_api_key(second.secret)
    keys.revoke_api_key(first.api_key.sha256)
    page = keys.list_api_keys("u1", limit=1)
    keys.list_api_keys("u1", limit=1, cursor=page.cursor)


def namespaces(stage):
    """A namespace is created, listed and deleted with its keys."""
    UsersRepository(stage.connection).create_user(user_id="u1")
    namespaces, keys = NamespacesRepository(stage.connection), KeysRepository(stage.connection)
    namespaces.create_namespace("a#b%", "u1")
    namespaces.get_namespace("a#b%")
    namespaces.list_user_namespaces("u1")
    namespaces.list_user_namespaces_with_metadata("u1")
    for number in range(26):
        keys.create_key("a#b%", f"k{number}", number)
    namespaces.delete_namespace("a#b%")
    namespaces.delete_namespace("a#b%")


def keys(stage):
    """A key is put where it is not and where it is, read, listed and deleted."""
    UsersRepository(stage.connection).create_user(user_id="u1")
    NamespacesRepository(stage.connection).create_namespace("n1", "u1")
    keys = KeysRepository(stage.connection)
    keys.create_key("n1", "k#1", {"any": ["value", 1]})
    keys.put_key("n1", "k#1", b"bytes")
    keys.put_key("n1", "k2", "text")
    keys.get_key("n1", "k#1")
    keys.list_keys("n1")
    page = keys.list_keys("n1", prefix="k", limit=1)
    keys.list_keys("n1", prefix="k", limit=1, cursor=page.cursor)
    keys.delete_key("n1", "k#1")


SCENARIOS = (users, api_keys, namespaces, keys)
