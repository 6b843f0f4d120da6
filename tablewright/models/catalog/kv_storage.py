"""Key-value storage (seed 000): users, their API keys and usage, namespaces and keys.

A pattern is named after the repository method that performs it, `method.step` where one method
performs several. `admin` alone makes users and API keys: the service that stores values for the
public cannot make itself a credential.
"""

from __future__ import annotations

from tablewright.models.access import WriteCondition
from tablewright.models.entity import Entity
from tablewright.models.model import DataModel
from tablewright.models.patterns import (
    batch_write,
    begins_with,
    check_part,
    create,
    delete,
    delete_part,
    equals,
    get,
    put_part,
    query,
    transact,
    update,
)
from tablewright.models.table import Index, Key, TableSpec

KV_STORAGE_DATA = TableSpec(
    name="kv-storage-data",
    key=Key.of("PK", "SK"),
    environment_variable="KV_STORAGE_TABLE_NAME",
    indexes=(Index(name="GSI1", key=Key.of("GSI1PK", "GSI1SK")),),
)

USER = Entity(
    "user",
    KV_STORAGE_DATA.name,
    {"PK": "USER#<userId>", "SK": "METADATA"},
    attributes=("entityType", "email", "plan", "createdAt", "updatedAt", "operationId"),
)
MEMBERSHIP = Entity(
    "membership",
    KV_STORAGE_DATA.name,
    {"PK": "USER#<userId>", "SK": "NS#<name>"},
    attributes=("entityType", "createdAt", "operationId"),
)
# One counter a user would be a hot item; a sum of eight is not.
USAGE_SHARD = Entity(
    "usage_shard",
    KV_STORAGE_DATA.name,
    {"PK": "USER#<userId>", "SK": "USAGE#<operationId%8>"},
    attributes=(
        "entityType",
        "requestCount",
        "storageBytes",
        "operationId",
        "recentOperations",
        "olderOperations",
    ),
)
API_KEY = Entity(
    "api_key",
    KV_STORAGE_DATA.name,
    {
        "PK": "APIKEY#<sha256>",
        "SK": "METADATA",
        "GSI1PK": "USER#<userId>",
        "GSI1SK": "APIKEY#<createdAt>",
    },
    attributes=("entityType", "userId", "createdAt", "revokedAt", "operationId"),
)
NAMESPACE = Entity(
    "namespace",
    KV_STORAGE_DATA.name,
    {
        "PK": "NS#<name>",
        "SK": "METADATA",
        "GSI1PK": "USER#<ownerId>",
        "GSI1SK": "NS#<name>",
    },
    attributes=("entityType", "ownerId", "createdAt", "updatedAt", "deletingAt", "operationId"),
)
KEY = Entity(
    "key",
    KV_STORAGE_DATA.name,
    {"PK": "NS#<name>", "SK": "KEY#<key>"},
    attributes=("entityType", "value", "createdAt", "updatedAt", "operationId"),
)

_USER_PATTERNS = (
    get("get_user", USER, "api", "admin"),
    create("create_user", USER, "admin"),
    update("record_usage", USAGE_SHARD, "api", condition=WriteCondition.NONE),
    update("record_usage.forget", USAGE_SHARD, "api"),
    query(
        "get_usage",
        USAGE_SHARD,
        "api",
        "admin",
        key=(equals("PK", "USER#<userId>"), begins_with("SK", "USAGE#")),
    ),
)

_API_KEY_PATTERNS = (
    transact("create_api_key", "admin", parts=(check_part(USER), put_part(API_KEY))),
    get("get_user_by_api_key", API_KEY, "api"),
    update("revoke_api_key", API_KEY, "admin"),
    query(
        "list_api_keys",
        API_KEY,
        "admin",
        index="GSI1",
        key=(equals("GSI1PK", "USER#<userId>"), begins_with("GSI1SK", "APIKEY#")),
    ),
)

_NAMESPACE_PATTERNS = (
    query(
        "list_user_namespaces",
        MEMBERSHIP,
        "api",
        "admin",
        key=(equals("PK", "USER#<userId>"), begins_with("SK", "NS#")),
    ),
    query(
        "list_user_namespaces.metadata",
        NAMESPACE,
        "api",
        "admin",
        index="GSI1",
        key=(equals("GSI1PK", "USER#<ownerId>"), begins_with("GSI1SK", "NS#")),
    ),
    transact(
        "create_namespace",
        "api",
        parts=(check_part(USER), put_part(NAMESPACE), put_part(MEMBERSHIP)),
    ),
    get("get_namespace", NAMESPACE, "api", "admin"),
    update("delete_namespace.mark", NAMESPACE, "admin"),
    batch_write("delete_namespace.keys", KEY, "admin"),
    transact("delete_namespace", "admin", parts=(delete_part(NAMESPACE), delete_part(MEMBERSHIP))),
)

_KEY_PATTERNS = (
    get("get_key", KEY, "api"),
    transact("create_key", "api", parts=(check_part(NAMESPACE), put_part(KEY))),
    # An update, for a put over a key would forget when it was created.
    update("put_key", KEY, "api"),
    delete("delete_key", KEY, "api"),
    query(
        "list_keys",
        KEY,
        "api",
        "admin",
        key=(equals("PK", "NS#<name>"), begins_with("SK", "KEY#<key*>")),
    ),
)

KV_STORAGE = DataModel(
    name="kv_storage",
    tables=(KV_STORAGE_DATA,),
    entities=(USER, MEMBERSHIP, USAGE_SHARD, API_KEY, NAMESPACE, KEY),
    patterns=(*_USER_PATTERNS, *_API_KEY_PATTERNS, *_NAMESPACE_PATTERNS, *_KEY_PATTERNS),
)
