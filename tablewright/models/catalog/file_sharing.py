"""File sharing (seed 003): files with guards and quotas, share links that expire, users.

A pattern is named after the repository method that performs it, `method.step` where one method
performs several; a method whose reads and writes are all another's has no pattern of its own.
`cleanup` finishes what the API only marks: a request that deletes a file or a user answers at
once, and the public side never holds the right to empty a table.
"""

from __future__ import annotations

from tablewright.models.access import WriteCondition
from tablewright.models.catalog.file_sharing_tables import (
    CLAIM,
    FILE,
    FILE_GUARD,
    FILES,
    SHARE_LINK,
    SHARE_LINKS,
    USER,
    USERS,
)
from tablewright.models.model import DataModel
from tablewright.models.patterns import (
    batch_write,
    check_part,
    create,
    delete,
    delete_part,
    equals,
    get,
    put_part,
    query,
    read_stream,
    transact,
    update,
    update_part,
)

_FILE_BY_ID = (equals("fileId", "<fileId>"),)
_FILES_OF_USER = (equals("userId", "<userId>"),)

_FILE_READS = (
    get("get_file_by_user_and_id", FILE, "api", "share_page", "cleanup"),
    get("get_file_by_user_and_id.guard", FILE_GUARD, "api", "cleanup"),
    query("get_file_by_id", FILE, "api", "cleanup", index="fileIdIndex", key=_FILE_BY_ID),
    query("list_files.oldest_first", FILE, "api", "cleanup", key=_FILES_OF_USER),
    query("list_files.newest_first", FILE, "api", key=_FILES_OF_USER, descending=True),
    query("list_files.smallest_first", FILE, "api", index="userFileSizeIndex", key=_FILES_OF_USER),
    query(
        "list_files.largest_first",
        FILE,
        "api",
        index="userFileSizeIndex",
        key=_FILES_OF_USER,
        descending=True,
    ),
    query(
        "get_user_storage_used",
        FILE,
        "api",
        "cleanup",
        index="userFileSizeIndex",
        key=_FILES_OF_USER,
        attributes=("fileSize",),
    ),
)

_FILE_WRITES = (
    transact("create_file", "api", parts=(put_part(FILE_GUARD), put_part(FILE), update_part(USER))),
    update("update_file", FILE, "api"),
    transact("replace_content", "api", parts=(update_part(FILE), update_part(USER))),
    update("increment_download_count.file", FILE, "api", "share_page"),
    update("delete_file.mark", FILE, "api", "cleanup"),
    transact(
        "delete_file",
        "cleanup",
        parts=(
            delete_part(FILE),
            delete_part(FILE_GUARD, WriteCondition.NONE),
            update_part(USER),
        ),
    ),
)

_SHARE_LINK_PATTERNS = (
    transact("create_share_link", "api", parts=(check_part(FILE), put_part(SHARE_LINK))),
    get("get_share_link", SHARE_LINK, "api", "share_page"),
    query(
        "get_share_links_by_file_id",
        SHARE_LINK,
        "api",
        "cleanup",
        index="fileIdIndex",
        key=_FILE_BY_ID,
    ),
    update("increment_download_count.link", SHARE_LINK, "share_page"),
    transact(
        "increment_download_count.exact_link",
        "share_page",
        parts=(put_part(CLAIM), update_part(SHARE_LINK)),
    ),
    update("deactivate_share_link", SHARE_LINK, "api"),
    delete("delete_share_link", SHARE_LINK, "api"),
    batch_write("delete_share_links_by_file_id", SHARE_LINK, "api", "cleanup"),
)

_USER_PATTERNS = (
    create("create_user", USER, "api"),
    get("get_user", USER, "api", "cleanup"),
    update("update_user", USER, "api"),
    transact("increment_storage_used", "api", parts=(update_part(USER),)),
    update("reconcile_storage", USER, "cleanup"),
    update("delete_user.mark", USER, "api", "cleanup"),
    # The check keeps a cascade that was held up from the files of a user who came later.
    transact("delete_user.mark_file", "cleanup", parts=(check_part(USER), update_part(FILE))),
    delete("delete_user", USER, "cleanup"),
)

_STREAM_PATTERNS = (
    read_stream("read_files_stream", FILES.name, "audit"),
    read_stream("read_share_links_stream", SHARE_LINKS.name, "audit"),
    read_stream("read_users_stream", USERS.name, "audit"),
)

FILE_SHARING = DataModel(
    name="file_sharing",
    tables=(FILES, SHARE_LINKS, USERS),
    entities=(FILE, FILE_GUARD, SHARE_LINK, CLAIM, USER),
    patterns=(
        *_FILE_READS,
        *_FILE_WRITES,
        *_SHARE_LINK_PATTERNS,
        *_USER_PATTERNS,
        *_STREAM_PATTERNS,
    ),
)

__all__ = [
    "CLAIM",
    "FILE",
    "FILES",
    "FILE_GUARD",
    "FILE_SHARING",
    "SHARE_LINK",
    "SHARE_LINKS",
    "USER",
    "USERS",
]
