"""Waits for DynamoDB to finish what it does to a table."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tablewright.local.errors import RefusedError

if TYPE_CHECKING:
    from tablewright.local.clients import Clients

_PAUSE_IN_SECONDS = 0.1
_PATIENCE_IN_SECONDS = 60.0


def wait_until_active(clients: Clients, name: str) -> None:
    """Return when the table and all its indexes are ACTIVE; RefusedError after a minute."""
    deadline = time.monotonic() + _PATIENCE_IN_SECONDS
    while busy := _busy(clients, name):
        if time.monotonic() > deadline:
            raise RefusedError(
                f"table '{name}': {busy} is not ACTIVE after {_PATIENCE_IN_SECONDS:.0f} s;"
                " look at what the emulator does, then run again"
            )
        time.sleep(_PAUSE_IN_SECONDS)


def _busy(clients: Clients, name: str) -> str | None:
    table = clients.dynamodb.describe_table(TableName=name)["Table"]
    if table["TableStatus"] != "ACTIVE":
        return "the table"
    for index in table.get("GlobalSecondaryIndexes", ()):
        if index["IndexStatus"] != "ACTIVE":
            return f"index '{index['IndexName']}'"
    return None
