"""Changes of a table's global secondary indexes: one a call, as DynamoDB demands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .request import without_empty
from .table_request import (
    definitions,
    global_index,
    global_indexes,
    index_key_schema,
)
from .table_waiter import wait_until_active

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.local.clients import Clients
    from tablewright.local.handler import Inputs, Outputs

    Indexes = dict[str, Mapping[str, Any]]


def change_indexes(clients: Clients, found: Outputs, new: Inputs) -> None:
    """Delete what is gone or must be built again, build the rest, then adjust capacities."""
    standing: Indexes = {one["name"]: one for one in found["globalSecondaryIndexes"]}
    wanted: Indexes = {one["name"]: one for one in global_indexes(new)}
    for name, index in tuple(standing.items()):
        if name not in wanted or _must_be_rebuilt(index, wanted[name]):
            del standing[name]
            _update(clients, found, new, standing, {"Delete": {"IndexName": name}})
    for name, index in wanted.items():
        if name not in standing:
            standing[name] = index
            _update(clients, found, new, standing, {"Create": global_index(index, new)})
        elif change := _adjustment(standing[name], index, new):
            _update(clients, found, new, standing, {"Update": change})


def lowered(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether warm throughput is lower than before, which AWS does only by building anew."""
    before, after = old.get("warmThroughput") or {}, new.get("warmThroughput") or {}
    return any(
        name in after and _number(after[name]) < _number(before.get(name))
        for name in ("readUnitsPerSecond", "writeUnitsPerSecond")
    )


def _number(value: Any) -> float:  # noqa: ANN401 -- a value that a preview may not know yet
    return float(value) if isinstance(value, int | float) else 0.0


def _must_be_rebuilt(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return _shape(found) != _shape(wanted) or lowered(found, wanted)


def _shape(index: Mapping[str, Any]) -> tuple[Any, ...]:
    keys = tuple((one["AttributeName"], one["KeyType"]) for one in index_key_schema(index))
    return keys, index["projectionType"], sorted(index.get("nonKeyAttributes") or ())


def _adjustment(
    found: Mapping[str, Any], wanted: Mapping[str, Any], new: Inputs
) -> dict[str, Any] | None:
    before, after = global_index(found, new), global_index(wanted, new)
    parts = ("ProvisionedThroughput", "OnDemandThroughput", "WarmThroughput")
    changed = {
        part: after[part] for part in parts if after.get(part) not in (None, before.get(part))
    }
    return {"IndexName": wanted["name"], **changed} if changed else None


def _update(
    clients: Clients, found: Outputs, new: Inputs, standing: Indexes, change: dict[str, Any]
) -> None:
    request: dict[str, Any] = {
        "TableName": found["name"],
        "AttributeDefinitions": _definitions(found, new, standing),
        "GlobalSecondaryIndexUpdates": [change],
    }
    clients.dynamodb.update_table(**request)
    wait_until_active(clients, found["name"])


def _definitions(found: Outputs, new: Inputs, standing: Indexes) -> list[dict[str, Any]]:
    """List every key attribute in use; a type that stands is kept, since DynamoDB changes none."""
    used = {found["hashKey"], found.get("rangeKey")}
    used |= {one["rangeKey"] for one in found["localSecondaryIndexes"]}
    for index in standing.values():
        used |= {one["AttributeName"] for one in index_key_schema(index)}
    types = {one["AttributeName"]: one for one in definitions(new, used)}
    types |= {one["AttributeName"]: one for one in definitions(found, used)}
    return [without_empty(types[name]) for name in sorted(types)]
