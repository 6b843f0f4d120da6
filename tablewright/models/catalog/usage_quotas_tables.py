"""The tables and entities of quotas, sessions, OIDC state and directory (seed 001)."""

from __future__ import annotations

from tablewright.models.entity import Entity
from tablewright.models.table import Index, Key, TableSpec

_KEY = Key.of("PK", "SK")
_FIRST = Key.of("GSI1PK", "GSI1SK")
_SECOND = Key.of("GSI2PK", "GSI2SK")
_THIRD = Key.of("GSI3PK", "GSI3SK")

USER_QUOTAS = TableSpec(
    name="user-quotas",
    key=_KEY,
    environment_variable="USER_QUOTAS_TABLE_NAME",
    indexes=(Index(name="TierLookupIndex", key=_FIRST),),
    group="quota",
)
SESSIONS_METADATA = TableSpec(
    name="sessions-metadata",
    key=_KEY,
    environment_variable="SESSIONS_METADATA_TABLE_NAME",
    indexes=(
        Index(name="UserTimestampIndex", key=_FIRST),
        Index(name="SessionLookupIndex", key=_SECOND),
    ),
    group="cost-tracking",
)
OIDC_STATE = TableSpec(
    name="oidc-state",
    key=_KEY,
    environment_variable="OIDC_STATE_TABLE_NAME",
    ttl_attribute="expiresAt",
    ephemeral=True,
)
DIRECTORY = TableSpec(
    name="directory",
    key=_KEY,
    environment_variable="DIRECTORY_TABLE_NAME",
    indexes=(
        Index(name="OwnerStatusIndex", key=_FIRST),
        Index(name="EmailDomainIndex", key=_SECOND),
        Index(name="CreatedAtIndex", key=_THIRD),
    ),
)

# Tier, domain and date have few values or come in waves: eight shards each.
QUOTA = Entity(
    "quota",
    USER_QUOTAS.name,
    {
        "PK": "USER#<userId>",
        "SK": "QUOTA#<type>",
        "GSI1PK": "TIER#<tier>#<userId%8>",
        "GSI1SK": "USER#<userId>#QUOTA#<type>",
    },
    attributes=(
        "entityType",
        "tier",
        "limit",
        "remaining",
        "period",
        "version",
        "operationId",
    ),
)
SESSION = Entity(
    "session",
    SESSIONS_METADATA.name,
    {
        "PK": "USER#<userId>",
        "SK": "SESSION#<sessionId>",
        "GSI1PK": "USER#<userId>",
        "GSI1SK": "TIMESTAMP#<timestamp>#<sessionId>",
        "GSI2PK": "SESSION#<sessionId>",
        "GSI2SK": "METADATA",
    },
    attributes=("entityType", "timestamp", "metadata", "operationId"),
)
STATE = Entity(
    "state",
    OIDC_STATE.name,
    {"PK": "STATE#<state>", "SK": "METADATA"},
    attributes=(
        "entityType",
        "expiresAt",
        "consumedBy",
        "nonce",
        "codeVerifier",
        "redirectTo",
        "operationId",
    ),
)
ENTRY = Entity(
    "entry",
    DIRECTORY.name,
    {
        "PK": "USER#<userId>",
        "SK": "METADATA",
        "GSI1PK": "OWNER#<owner>",
        "GSI1SK": "STATUS#<status>#USER#<userId>",
        "GSI2PK": "DOMAIN#<domain>#<userId%8>",
        "GSI2SK": "USER#<userId>",
        "GSI3PK": "CREATED#<date>#<userId%8>",
        "GSI3SK": "TIMESTAMP#<timestamp>#USER#<userId>",
    },
    attributes=(
        "entityType",
        "owner",
        "status",
        "email",
        "timestamp",
        "version",
        "operationId",
    ),
)
