"""Repositories over DynamoDB: typed records, conditional writes, errors of their own.

`connect()` gives what repositories share; each workload has a package of its own: `file_sharing`,
`kv_storage`, `shop`, `usage_quotas`, `application_table`. `errors` draws the tree of what they
raise.
"""

from tablewright.data_access.connection import Connection, connect
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.cursors import CursorKey, Cursors
from tablewright.data_access.repository.pages import Page, walk
from tablewright.data_access.repository.records import Record
from tablewright.data_access.transport.client import ClientSettings, make_client
from tablewright.data_access.transport.timing import Patience

__all__ = [
    "BaseRepository",
    "ClientSettings",
    "Connection",
    "CursorKey",
    "Cursors",
    "Page",
    "Patience",
    "Record",
    "connect",
    "make_client",
    "walk",
]
