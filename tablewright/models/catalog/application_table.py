"""The application table (seed 004): one table that a team fills with its own kinds of record.

User profile and session are the examples that come with it; a pattern is named after the
method of the application table and the kind of record, `method.kind`.
"""

from __future__ import annotations

from tablewright.models.entity import Entity
from tablewright.models.model import DataModel
from tablewright.models.patterns import (
    batch_get,
    batch_write,
    begins_with,
    create,
    delete,
    equals,
    get,
    query,
    update,
)
from tablewright.models.table import Index, Key, TableSpec

APPLICATION = TableSpec(
    name="application",
    key=Key.of("PK", "SK"),
    environment_variable="DYNAMODB_TABLE",
    indexes=(Index(name="GSI1", key=Key.of("GSI1PK", "GSI1SK")),),
    ttl_attribute="TTL",
)

USER_PROFILE = Entity(
    "user_profile",
    APPLICATION.name,
    {"PK": "USER#<userId>", "SK": "METADATA"},
    attributes=("entityType", "name", "email", "createdAt", "operationId"),
)
SESSION = Entity(
    "session",
    APPLICATION.name,
    {
        "PK": "SESSION#<sessionId>",
        "SK": "METADATA",
        "GSI1PK": "USER#<userId>",
        "GSI1SK": "SESSION#<createdAt>#<sessionId>",
    },
    attributes=("entityType", "userId", "createdAt", "TTL", "operationId"),
)
HEALTH = Entity("health", APPLICATION.name, {"PK": "HEALTH", "SK": "METADATA"})

_USER_PROFILE_PATTERNS = (
    create("put.user_profile", USER_PROFILE, "api"),
    get("get.user_profile", USER_PROFILE, "api"),
    update("update.user_profile", USER_PROFILE, "api"),
    delete("delete.user_profile", USER_PROFILE, "api"),
    query(
        "list.user_profile",
        USER_PROFILE,
        "api",
        key=(equals("PK", "USER#<userId>"), begins_with("SK", "METADATA")),
    ),
    batch_get("get_many.user_profile", USER_PROFILE, "api"),
    batch_write("put_many.user_profile", USER_PROFILE, "api"),
)

_SESSION_PATTERNS = (
    create("put.session", SESSION, "api"),
    get("get.session", SESSION, "api"),
    update("update.session", SESSION, "api"),
    delete("delete.session", SESSION, "api"),
    query(
        "list.session",
        SESSION,
        "api",
        key=(equals("PK", "SESSION#<sessionId>"), begins_with("SK", "METADATA")),
    ),
    query(
        "list_by_index.session",
        SESSION,
        "api",
        index="GSI1",
        key=(equals("GSI1PK", "USER#<userId>"), begins_with("GSI1SK", "SESSION#")),
        descending=True,
    ),
    batch_get("get_many.session", SESSION, "api"),
    batch_write("put_many.session", SESSION, "api"),
)

APPLICATION_TABLE = DataModel(
    name="application_table",
    tables=(APPLICATION,),
    entities=(USER_PROFILE, SESSION, HEALTH),
    patterns=(
        *_USER_PROFILE_PATTERNS,
        *_SESSION_PATTERNS,
        get("check_health", HEALTH, "status"),
    ),
)
