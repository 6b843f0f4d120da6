"""Inputs of tables as a program registers them."""

from typing import Any


def table_inputs(*indexes: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An on-demand table `files` (`userId` + `sortKey`); attributes follow from the keys."""
    inputs: dict[str, Any] = {
        "name": "files",
        "billingMode": "PAY_PER_REQUEST",
        "hashKey": "userId",
        "rangeKey": "sortKey",
        "globalSecondaryIndexes": list(indexes),
        **changes,
    }
    names = {inputs["hashKey"], inputs["rangeKey"]}
    for index in inputs["globalSecondaryIndexes"]:
        names |= {schema["attributeName"] for schema in index["keySchemas"]}
    names |= {index["rangeKey"] for index in inputs.get("localSecondaryIndexes", ())}
    inputs.setdefault("attributes", [{"name": name, "type": "S"} for name in sorted(names)])
    return inputs


def index(name: str, *keys: str, sort: tuple[str, ...] = (), **changes: Any) -> dict[str, Any]:
    """A global secondary index on partition key attributes and, maybe, sort key attributes."""
    return {
        "name": name,
        "keySchemas": [
            *({"attributeName": key, "keyType": "HASH"} for key in keys),
            *({"attributeName": key, "keyType": "RANGE"} for key in sort),
        ],
        "projectionType": "ALL",
        **changes,
    }
