"""Make a user, an API key and a namespace; store values and read them page by page."""

from __future__ import annotations

from tablewright.data_access import connect, walk
from tablewright.data_access.kv_storage import (
    ApiKeysRepository,
    KeysRepository,
    NamespacesRepository,
    UsersRepository,
)


def main() -> None:
    """Run against the table that the environment names."""
    connection = connect()
    users, keys = UsersRepository(connection), KeysRepository(connection)
    api_keys, namespaces = ApiKeysRepository(connection), NamespacesRepository(connection)

    user = users.create_user(email="ada@example.com", plan="free")
    created = api_keys.create_api_key(user.user_id)
    print(f"the API key finds {api_keys.get_user_by_api_key(created.secret).email}")

    name = f"settings-{user.user_id}"
    namespaces.create_namespace(name, user.user_id)
    for number in range(25):
        keys.put_key(name, f"item-{number:02}", {"number": number})
    users.record_usage(user.user_id, requests=25, storage_bytes=250)

    found = walk(lambda cursor: keys.list_keys(name, prefix="item-1", limit=4, cursor=cursor))
    print("item-1*:", ", ".join(key.key for key in found))
    print(f"usage: {users.get_usage(user.user_id).request_count} requests")

    api_keys.revoke_api_key(created.api_key.sha256)
    namespaces.delete_namespace(name)


if __name__ == "__main__":
    main()
