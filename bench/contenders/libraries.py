"""Other libraries, where they are installed: each as its own documentation writes it.

Every contender creates a record on condition that its key is not taken, reads it strongly by its
key, and reads 100 of a partition; what comes back are its own typed records.
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 -- pydantic reads the annotations
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from contenders.files import VALUES
from contenders.plain import REGION, session
from contenders.responses import Contender, Responses

if TYPE_CHECKING:
    from collections.abc import Callable

SORT_KEY = f"2026-01-31T12:00:00.000Z#{VALUES['file_id']}"
STORED: dict[str, Any] = {
    **VALUES,
    "sort_key": SORT_KEY,
    "entity_type": "file",
    "operation_id": "0198f0a4-af4b-7a6e-8d85-6c9b1a4f5e7d",
}


def pynamodb() -> Contender:
    """Return PynamoDB."""
    from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
    from pynamodb.models import Model

    class File(Model):
        class Meta:
            table_name = "files"
            region = REGION

        user_id = UnicodeAttribute(hash_key=True, attr_name="userId")
        sort_key = UnicodeAttribute(range_key=True, attr_name="sortKey")
        file_id = UnicodeAttribute(attr_name="fileId")
        file_size = NumberAttribute(attr_name="fileSize")
        upload_timestamp = UTCDateTimeAttribute(attr_name="uploadTimestamp")
        file_name = UnicodeAttribute(attr_name="fileName")
        mime_type = UnicodeAttribute(attr_name="mimeType")
        s3_key = UnicodeAttribute(attr_name="s3Key")
        download_count = NumberAttribute(attr_name="downloadCount")
        last_download = UnicodeAttribute(attr_name="lastDownload", null=True)
        version = NumberAttribute()
        description = UnicodeAttribute(null=True)
        entity_type = UnicodeAttribute(attr_name="entityType")
        operation_id = UnicodeAttribute(attr_name="operationId")

    Responses(File._get_connection().connection.client)  # noqa: SLF001 -- there is no other way to its client
    user = VALUES["user_id"]
    return Contender(
        name=named("pynamodb"),
        put=lambda: File(**STORED).save(File.user_id.does_not_exist()),
        get=lambda: File.get(user, SORT_KEY, consistent_read=True),
        query=lambda: list(File.query(user, consistent_read=True)),
    )


def dyntastic() -> Contender:
    """Return dyntastic."""
    from dyntastic import A, Dyntastic
    from pydantic import Field

    class File(Dyntastic):
        __table_name__ = "files"
        __hash_key__ = "userId"
        __range_key__ = "sortKey"

        user_id: str = Field(alias="userId")
        sort_key: str = Field(alias="sortKey")
        file_id: str = Field(alias="fileId")
        file_size: int = Field(alias="fileSize")
        upload_timestamp: datetime = Field(alias="uploadTimestamp")
        file_name: str = Field(alias="fileName")
        mime_type: str = Field(alias="mimeType")
        s3_key: str = Field(alias="s3Key")
        download_count: int = Field(alias="downloadCount")
        last_download: str | None = Field(alias="lastDownload")
        version: int
        description: str | None = None
        entity_type: str = Field(alias="entityType")
        operation_id: str = Field(alias="operationId")

    File._dynamodb_resource_instance = session().resource("dynamodb")  # noqa: SLF001 -- or it would need a region in the environment
    Responses(File._dynamodb_table().meta.client)  # noqa: SLF001 -- there is no other way to its client
    values = {
        field.alias or name: STORED[name]
        for name, field in File.model_fields.items()
        if name in STORED
    }
    user = VALUES["user_id"]
    return Contender(
        name=named("dyntastic"),
        put=lambda: File(**values).save(condition=A.userId.not_exists()),
        get=lambda: File.get(user, SORT_KEY, consistent_read=True),
        query=lambda: list(File.query(user, consistent_read=True)),
    )


def pydynantic() -> Contender:
    """Return pydynantic."""
    from pydynantic import Entity, Table, attr_not_exists, key

    client = session().client("dynamodb")
    table = Table(name="files", pk="userId", sk="sortKey", client=client)

    class File(Entity, table=table, name="file"):
        user_id: str
        file_id: str
        file_size: int
        upload_timestamp: datetime
        file_name: str
        mime_type: str
        s3_key: str
        download_count: int = 0
        last_download: str | None = None
        version: int = 1
        description: str | None = None
        operation_id: str

        class Meta:
            primary = key(pk="{user_id}", sk="{file_id}")

    Responses(client)
    values = {**VALUES, "operation_id": STORED["operation_id"]}
    user, file = VALUES["user_id"], VALUES["file_id"]
    return Contender(
        name=named("pydynantic"),
        put=lambda: File.put(File(**values), condition=attr_not_exists("userId")),
        get=lambda: File.get(user_id=user, file_id=file, consistent=True),
        query=lambda: File.query.primary(user_id=user).consistent().all(),
    )


def named(library: str) -> str:
    """Return a library's name and the version that is installed."""
    return f"{library} {version(library)}"


LIBRARIES: dict[str, Callable[[], Contender]] = {
    "pynamodb": pynamodb,
    "dyntastic": dyntastic,
    "pydynantic": pydynantic,
}
