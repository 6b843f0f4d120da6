"""Builds a table anew with its items, for changes that AWS makes in place and the emulator cannot.

The emulator (moto) answers every write with an error once a stream was disabled, refuses to enable
it again, and ignores a changed encryption in UpdateTable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tablewright.local.clients import Clients
    from tablewright.local.handler import Inputs, Outputs

_BATCH = 25  # the most items that BatchWriteItem takes


def must_be_rebuilt(found: Outputs, new: Inputs) -> bool:
    """Whether the stream that stands, or the encryption, is to change."""
    view = (new.get("streamViewType") or "") if new.get("streamEnabled") else ""
    stream_changes = found["streamEnabled"] and found["streamViewType"] != view
    return stream_changes or _key(found) != _key(new)


def rebuild(clients: Clients, found: Outputs, create: Callable[[], tuple[str, Outputs]]) -> Outputs:
    """Keep the items, delete the table, create it as it shall be, and put the items back."""
    name = found["name"]
    items = _items(clients, name)
    if found["deletionProtectionEnabled"]:
        clients.dynamodb.update_table(TableName=name, DeletionProtectionEnabled=False)
    clients.dynamodb.delete_table(TableName=name)
    clients.dynamodb.get_waiter("table_not_exists").wait(TableName=name)
    _, outputs = create()
    _put(clients, name, items)
    return outputs


def _key(values: Inputs) -> tuple[bool, str]:
    declared = values.get("serverSideEncryption") or {}
    enabled = bool(declared.get("enabled"))
    return enabled, (declared.get("kmsKeyArn") or "") if enabled else ""


def _items(clients: Clients, name: str) -> list[dict[str, Any]]:
    pages = clients.dynamodb.get_paginator("scan").paginate(TableName=name, ConsistentRead=True)
    return [item for page in pages for item in page["Items"]]


def _put(clients: Clients, name: str, items: list[dict[str, Any]]) -> None:
    for start in range(0, len(items), _BATCH):
        batch = items[start : start + _BATCH]
        waiting: Any = {name: [{"PutRequest": {"Item": item}} for item in batch]}
        while waiting:
            waiting = clients.dynamodb.batch_write_item(RequestItems=waiting)["UnprocessedItems"]
