"""Repositories of key-value storage: users and usage, API keys, namespaces, keys."""

from tablewright.data_access.kv_storage.api_keys import (
    ApiKey,
    ApiKeysRepository,
    CreatedApiKey,
    sha256_of,
)
from tablewright.data_access.kv_storage.keys import KeysRepository
from tablewright.data_access.kv_storage.namespaces import NamespacesRepository
from tablewright.data_access.kv_storage.records import Key, Membership, Namespace
from tablewright.data_access.kv_storage.usage import Usage
from tablewright.data_access.kv_storage.users import User, UsersRepository

__all__ = [
    "ApiKey",
    "ApiKeysRepository",
    "CreatedApiKey",
    "Key",
    "KeysRepository",
    "Membership",
    "Namespace",
    "NamespacesRepository",
    "Usage",
    "User",
    "UsersRepository",
    "sha256_of",
]
