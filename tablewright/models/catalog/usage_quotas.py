"""Quotas, sessions, OIDC state and the directory (seed 001).

A pattern is named after the repository method that performs it, `method.step` where one method
performs several. The `gateway` decides on every request; `reporting` only reads.
"""

from __future__ import annotations

from tablewright.models.catalog.usage_quotas_tables import (
    DIRECTORY,
    ENTRY,
    OIDC_STATE,
    QUOTA,
    SESSION,
    SESSIONS_METADATA,
    STATE,
    USER_QUOTAS,
)
from tablewright.models.keys import LAST
from tablewright.models.model import DataModel
from tablewright.models.patterns import (
    begins_with,
    between,
    create,
    delete,
    equals,
    get,
    query,
    transact,
    update,
    update_part,
)

_QUOTA_PATTERNS = (
    get("get_quota", QUOTA, "gateway", "reporting"),
    create("assign_quota", QUOTA, "gateway"),
    update("assign_quota.change", QUOTA, "gateway"),
    transact("consume", "gateway", parts=(update_part(QUOTA),)),
    query(
        "list_by_tier",
        QUOTA,
        "reporting",
        index="TierLookupIndex",
        key=(equals("GSI1PK", "TIER#<tier>#<userId%8>"),),
    ),
)

_SESSION_PATTERNS = (
    create("create_session", SESSION, "gateway"),
    get("get_session", SESSION, "gateway"),
    query(
        "get_session_by_id",
        SESSION,
        "gateway",
        index="SessionLookupIndex",
        key=(equals("GSI2PK", "SESSION#<sessionId>"), equals("GSI2SK", "METADATA")),
    ),
    query(
        "list_user_sessions",
        SESSION,
        "gateway",
        "reporting",
        index="UserTimestampIndex",
        key=(equals("GSI1PK", "USER#<userId>"), begins_with("GSI1SK", "TIMESTAMP#")),
        descending=True,
    ),
    query(
        "list_user_sessions.from_to",
        SESSION,
        "gateway",
        "reporting",
        index="UserTimestampIndex",
        key=(
            equals("GSI1PK", "USER#<userId>"),
            between("GSI1SK", "TIMESTAMP#<timestamp>", f"TIMESTAMP#<timestamp>#{LAST}"),
        ),
        descending=True,
    ),
    delete("delete_session", SESSION, "gateway"),
)

_STATE_PATTERNS = (
    create("create_state", STATE, "gateway"),
    update("consume_state", STATE, "gateway"),
)

_DIRECTORY_PATTERNS = (
    create("create_entry", ENTRY, "gateway"),
    get("get_entry", ENTRY, "gateway", "reporting"),
    update("set_status", ENTRY, "gateway"),
    delete("delete_entry", ENTRY, "gateway"),
    query(
        "list_by_owner",
        ENTRY,
        "gateway",
        "reporting",
        index="OwnerStatusIndex",
        key=(equals("GSI1PK", "OWNER#<owner>"),),
    ),
    query(
        "list_by_owner.status",
        ENTRY,
        "gateway",
        "reporting",
        index="OwnerStatusIndex",
        key=(equals("GSI1PK", "OWNER#<owner>"), begins_with("GSI1SK", "STATUS#<status>#")),
    ),
    query(
        "list_by_email_domain",
        ENTRY,
        "reporting",
        index="EmailDomainIndex",
        key=(equals("GSI2PK", "DOMAIN#<domain>#<userId%8>"),),
    ),
    query(
        "list_created_on",
        ENTRY,
        "reporting",
        index="CreatedAtIndex",
        key=(equals("GSI3PK", "CREATED#<date>#<userId%8>"),),
    ),
)

USAGE_QUOTAS = DataModel(
    name="usage_quotas",
    tables=(USER_QUOTAS, SESSIONS_METADATA, OIDC_STATE, DIRECTORY),
    entities=(QUOTA, SESSION, STATE, ENTRY),
    patterns=(*_QUOTA_PATTERNS, *_SESSION_PATTERNS, *_STATE_PATTERNS, *_DIRECTORY_PATTERNS),
)

__all__ = [
    "DIRECTORY",
    "ENTRY",
    "OIDC_STATE",
    "QUOTA",
    "SESSION",
    "SESSIONS_METADATA",
    "STATE",
    "USAGE_QUOTAS",
    "USER_QUOTAS",
]
