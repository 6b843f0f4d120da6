"""Records of file sharing, and how each lies in its table."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import Field, Strict

from tablewright.data_access.errors import CorruptItem
from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.records import (
    Count,
    Expiry,
    Flag,
    Id,
    Integer,
    Record,
    Text,
    Timestamp,
)
from tablewright.models import ModelError
from tablewright.models.catalog import file_sharing as model

AtLeastOne = Annotated[int, Strict(), Field(ge=1)]


class FileKey(Record):
    """What a file's item is found by; a file id alone needs a look-up."""

    user_id: Id
    upload_timestamp: Timestamp
    file_id: Id


class File(FileKey):
    """A file that a user has uploaded; its content lies in S3 under `s3_key`."""

    file_name: Id
    file_size: Count
    mime_type: Text
    s3_key: Id
    download_count: Count = 0
    version: Count = 1
    deleting_at: Timestamp | None = None


class FileChanges(Record):
    """What `update_file` may change."""

    file_name: Id = ""
    mime_type: Text = ""


class FileSize(Record):
    """The size of a file alone, as `get_user_storage_used` reads it."""

    file_size: Count


class FileGuard(Record):
    """What makes a file id unique, and finds the file before the index does."""

    file_id: Id
    owner_id: Id
    file_sort_key: Id


class ShareLink(Record):
    """A link by which whoever has it may download a file, until it expires or is used up."""

    link_id: Id = Field(repr=False)
    file_id: Id
    created_at: Timestamp
    expires_at: Expiry
    is_active: Flag = True
    download_count: Count = 0
    max_downloads: AtLeastOne | None = None
    owner_id: Id
    file_sort_key: Id


class Claim(Record):
    """One download that an exact claim has counted."""

    link_id: Id = Field(repr=False)
    claim_id: Id
    expires_at: Expiry


class Download(Record):
    """A granted claim: the link, whose count may be behind, and the file to serve."""

    link: ShareLink
    file: File


class LinkStatus(StrEnum):
    """What a share link looks like; only `VALID` is true."""

    VALID = "valid"
    MISSING = "missing"
    INACTIVE = "inactive"
    EXPIRED = "expired"
    EXHAUSTED = "exhausted"
    FILE_GONE = "file_gone"
    """The file was deleted, or is about to be; `is_share_link_valid` does not look so far."""

    def __bool__(self) -> bool:
        return self is LinkStatus.VALID


class User(Record):
    """A user with a storage quota.

    `storage_used + storage_available = storage_quota`; what is available is negative where the
    quota was lowered below what is used.
    """

    user_id: Id
    email: Text | None = None
    display_name: Text | None = None
    created_at: Timestamp
    last_login_at: Timestamp | None = None
    storage_quota: Count
    storage_used: Count = 0
    storage_available: Integer
    storage_version: Count = 0
    preferences: dict[str, Any] = Field(default_factory=dict)
    version: Count = 1
    deleting_at: Timestamp | None = None


class UserChanges(Record):
    """What `update_user` may change; None removes."""

    email: Text | None = None
    display_name: Text | None = None


MODEL: Final = model.FILE_SHARING
FILE: Final = Kind(MODEL, model.FILE, File)
FILE_SIZE: Final = Kind(MODEL, model.FILE, FileSize, attributes=("fileSize",))
GUARD: Final = Kind(MODEL, model.FILE_GUARD, FileGuard)
LINK: Final = Kind(MODEL, model.SHARE_LINK, ShareLink, secret=True)
CLAIM: Final = Kind(MODEL, model.CLAIM, Claim, secret=True)
USER: Final = Kind(MODEL, model.USER, User)


def sort_key_of(file: FileKey) -> str:
    """Return the sort key of a file's item, by which guard and links refer to it."""
    key: str = FILE.key(file.attributes())["sortKey"]["S"]
    return key


def key_fields(owner_id: str, sort_key: str) -> dict[str, object]:
    """Return the fields of a file's key from what guard and links hold; raises CorruptItem."""
    try:
        return {"userId": owner_id, **FILE.entity.keys["sortKey"].parse(sort_key)}
    except ModelError as error:
        raise CorruptItem(f"an item refers to a file by {sort_key!r}: {error}") from error
