"""This project's contender: typed records through a repository, as an application uses it.

The record is a file of file sharing and a description, which makes 14 attributes. File sharing
itself creates a file in a transaction, so the model here has a plain create, and one pattern for
each index.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from contenders.responses import PAGE, Contender, Responses

from tablewright.data_access import file_sharing
from tablewright.data_access.connection import Connection, connect
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.repository.records import Text  # noqa: TC001 -- pydantic reads it
from tablewright.data_access.transport.client import ClientSettings, make_client
from tablewright.models import DataModel, Entity
from tablewright.models.catalog import file_sharing as model
from tablewright.models.patterns import create, equals, get, query

if TYPE_CHECKING:
    from tablewright.data_access.repository.pages import Page

WHEN = datetime(2026, 1, 31, 12, tzinfo=UTC)
VALUES: dict[str, Any] = {
    "user_id": "0198f0a4-7c1e-7d3b-9a52-3f6e8d1c2b4a",
    "file_id": "0198f0a4-8d2f-7e4c-8b63-4a7f9e2d3c5b",
    "file_size": 1_048_576,
    "upload_timestamp": WHEN,
    "file_name": "minutes of the meeting in January.pdf",
    "mime_type": "application/pdf",
    "s3_key": "uploads/0198f0a4-7c1e-7d3b-9a52-3f6e8d1c2b4a/0198f0a4-8d2f-7e4c-8b63-4a7f9e2d3c5b",
    "download_count": 17,
    "last_download": "0198f0a4-9e3a-7f5d-9c74-5b8a0f3e4d6c",
    "version": 3,
    "description": "What was decided, by whom it will be done, and until when; "
    "with the figures that were asked for in December, and all names",
}

_FILE = Entity(
    "file",
    model.FILES.name,
    {name: template.text for name, template in model.FILE.keys.items()},
    attributes=(*model.FILE.attributes, "description"),
)
_OF_USER = (equals("userId", "<userId>"),)
MODEL = DataModel(
    name="bench",
    tables=(model.FILES,),
    entities=(_FILE,),
    patterns=(
        create("create_file", _FILE, "bench"),
        get("get_file", _FILE, "bench"),
        query("list_files", _FILE, "bench", key=_OF_USER),
        query("by_id", _FILE, "bench", index="fileIdIndex", key=(equals("fileId", "<fileId>"),)),
        query("by_size", _FILE, "bench", index="userFileSizeIndex", key=_OF_USER),
    ),
)


class File(file_sharing.File):
    """A file of file sharing, its last download, and a description."""

    last_download: Text | None = None
    description: Text | None = None


FILE = Kind(MODEL, _FILE, File)


class Files(BaseRepository):
    """Stores and finds files."""

    model = MODEL

    @performs("create_file")
    def create_file(self, *, op: str | None = None, **values: Any) -> File:  # noqa: ANN401 -- the fields of File
        """Create a file and return it."""
        op = op or self._connection.new_id()
        return self._put("create_file", FILE, File.of(**values), op=op)

    @performs("get_file")
    def get_file(self, user_id: str, uploaded: str, file_id: str) -> File:
        """Return a file."""
        fields = {"userId": user_id, "uploadTimestamp": uploaded, "fileId": file_id}
        return self._require("get_file", FILE, fields)

    @performs("list_files")
    def list_files(self, user_id: str, *, limit: int = 50, cursor: str | None = None) -> Page[File]:
        """Return the files of a user, oldest first."""
        return self._query("list_files", FILE, {"userId": user_id}).page(limit=limit, cursor=cursor)


@dataclass(frozen=True)
class Measured:
    """The repository, and what answers its client."""

    files: Files
    responses: Responses

    def contender(self, name: str) -> Contender:
        """Return what is measured: every call begins and ends with typed values."""
        user, file = VALUES["user_id"], VALUES["file_id"]
        uploaded = "2026-01-31T12:00:00.000Z"
        return Contender(
            name=name,
            put=lambda: self.files.create_file(**VALUES),
            get=lambda: self.files.get_file(user, uploaded, file),
            query=lambda: self.files.list_files(user, limit=PAGE).items,
        )


def connected(settings: ClientSettings | None = None) -> Measured:
    """Connect to responses that no network gave; the first file is stored."""
    client = make_client(settings)
    responses = Responses(client)
    connection: Connection = connect(client=client, tables={"files": "files"})
    measured = Measured(Files(connection), responses)
    measured.files.create_file(**VALUES)
    return measured
