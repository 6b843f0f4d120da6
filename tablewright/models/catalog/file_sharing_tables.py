"""The tables and entities of file sharing (seed 003)."""

from __future__ import annotations

from tablewright.models.entity import Entity
from tablewright.models.table import Attribute, AttributeType, Index, Key, Stream, TableSpec

FILES = TableSpec(
    name="files",
    key=Key.of("userId", "sortKey"),
    environment_variable="DROPIFY_FILES_TABLE_NAME",
    indexes=(
        Index(name="fileIdIndex", key=Key.of("fileId")),
        Index(
            name="userFileSizeIndex",
            key=Key.of("userId", Attribute("fileSize", AttributeType.NUMBER)),
        ),
    ),
    stream=Stream(audit_trail_only=True),
)
SHARE_LINKS = TableSpec(
    name="share-links",
    key=Key.of("linkId"),
    environment_variable="DROPIFY_SHARELINKS_TABLE_NAME",
    indexes=(Index(name="fileIdIndex", key=Key.of("fileId", "createdAt")),),
    ttl_attribute="expiresAt",
    stream=Stream(audit_trail_only=True),
)
USERS = TableSpec(
    name="users",
    key=Key.of("userId"),
    environment_variable="DROPIFY_USERS_TABLE_NAME",
    stream=Stream(audit_trail_only=True),
)

FILE = Entity(
    "file",
    FILES.name,
    {
        "userId": "<userId>",
        "sortKey": "<uploadTimestamp>#<fileId>",
        "fileId": "<fileId>",
        "fileSize": "<fileSize>",
    },
    attributes=(
        "entityType",
        "uploadTimestamp",
        "fileName",
        "mimeType",
        "s3Key",
        "downloadCount",
        "lastDownload",
        "version",
        "deletingAt",
        "operationId",
    ),
)
# The file's row is keyed by time, so only an item of its own can keep a fileId unique. It has
# neither fileId nor fileSize, which keeps it out of both indexes.
FILE_GUARD = Entity(
    "file_guard",
    FILES.name,
    {"userId": "FILE#<fileId>", "sortKey": "GUARD"},
    attributes=("entityType", "ownerId", "fileSortKey", "operationId"),
)
SHARE_LINK = Entity(
    "share_link",
    SHARE_LINKS.name,
    {"linkId": "<linkId>", "fileId": "<fileId>", "createdAt": "<createdAt>"},
    attributes=(
        "entityType",
        "expiresAt",
        "isActive",
        "downloadCount",
        "maxDownloads",
        "lastClaim",
        "ownerId",
        "fileSortKey",
        "operationId",
    ),
)
CLAIM = Entity(
    "claim",
    SHARE_LINKS.name,
    {"linkId": "CLAIM#<linkId>#<claimId>"},
    attributes=("entityType", "expiresAt", "operationId"),
)
USER = Entity(
    "user",
    USERS.name,
    {"userId": "<userId>"},
    attributes=(
        "entityType",
        "email",
        "displayName",
        "createdAt",
        "storageQuota",
        "storageUsed",
        "storageAvailable",
        "storageVersion",
        "preferences",
        "lastLoginAt",
        "version",
        "deletingAt",
        "operationId",
    ),
)
