"""Repositories of key-value storage: users and usage, API keys, namespaces, keys."""

from tablewright.data_access.kv_storage.users import User, UsersRepository

__all__ = ["User", "UsersRepository"]
