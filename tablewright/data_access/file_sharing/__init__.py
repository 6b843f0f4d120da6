"""Repositories of file sharing: files, share links and their downloads, users and storage."""

from tablewright.data_access.file_sharing.files import FilesRepository
from tablewright.data_access.file_sharing.records import (
    Download,
    File,
    LinkStatus,
    ShareLink,
    User,
)
from tablewright.data_access.file_sharing.share_links import ShareLinksRepository
from tablewright.data_access.file_sharing.users import UsersRepository

__all__ = [
    "Download",
    "File",
    "FilesRepository",
    "LinkStatus",
    "ShareLink",
    "ShareLinksRepository",
    "User",
    "UsersRepository",
]
