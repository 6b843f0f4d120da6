"""What repositories share: client, patience, cursors, table names, and where ids come from."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import uuid_utils

from tablewright.data_access.repository.cursors import Cursors
from tablewright.data_access.table_names import TableNames
from tablewright.data_access.transport import fast_path
from tablewright.data_access.transport.client import make_client
from tablewright.data_access.transport.timing import Patience, epoch_seconds
from tablewright.data_access.transport.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from mypy_boto3_dynamodb import DynamoDBClient

    from tablewright.data_access.transport.client import ClientSettings


def new_id() -> str:
    """Return a UUIDv7: unique, and sorted by the time at which it was made."""
    return str(uuid_utils.uuid7())


@dataclass(frozen=True, kw_only=True)
class Connection:
    """Everything around a repository; threads may share it.

    `new_id` makes ids that sort by time, `new_secret` so many random bytes for what nobody may
    guess. Tests give their own of these and a clock in the patience of the wire.
    """

    wire: Wire
    tables: TableNames = field(default_factory=TableNames)
    cursors: Cursors = field(default_factory=Cursors.from_environment)
    new_id: Callable[[], str] = new_id
    new_secret: Callable[[int], bytes] = secrets.token_bytes

    def now(self) -> datetime:
        """Return the time of day, to the millisecond as records keep it."""
        moment = self.wire.patience.clock.now()
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def now_in_seconds(self) -> int:
        """Return the time of day as TTL compares it."""
        return epoch_seconds(self.wire.patience.clock.now())


def connect(
    *,
    tables: Mapping[str, str] | None = None,
    prefix: str | None = None,
    settings: ClientSettings | None = None,
    client: DynamoDBClient | None = None,
    patience: Patience | None = None,
    cursors: Cursors | None = None,
) -> Connection:
    """Connect by the usual credentials; nothing is sent yet.

    A table's physical name is the one in `tables` (by the model's name of the table), else its
    environment variable, else what the stack of this `prefix` (`dropify-dev`) exports to SSM.
    A `client` of the application's own keeps its timeouts and attempts.
    """
    if client is None:
        client = make_client(settings)
    else:
        fast_path.watch(client)
    patience = patience or Patience()
    wire = Wire(client, patience)
    names = TableNames(given=tables or {}, prefix=prefix, patience=patience, settings=settings)
    return Connection(wire=wire, tables=names, cursors=cursors or Cursors.from_environment())
