"""From what DynamoDB reports to a table's outputs, as the AWS provider gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tablewright.local.clients import Clients
    from tablewright.local.handler import Inputs, Outputs


def read_outputs(clients: Clients, name: str, inputs: Inputs) -> Outputs | None:
    """Ask for everything a table's outputs hold; None when there is no such table."""
    client = clients.dynamodb
    try:
        table: Mapping[str, Any] = client.describe_table(TableName=name)["Table"]
    except client.exceptions.ResourceNotFoundException:
        return None
    ttl = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    backups = client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    found = client.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"]
    return {
        **_description(table),
        "globalSecondaryIndexes": _global_indexes(table, inputs),
        **_stream(table),
        **_not_reported(table, inputs),
        "pointInTimeRecovery": _recovery(backups.get("PointInTimeRecoveryDescription", {})),
        "region": clients.region,
        **tags.outputs(tags.mapping(found)),
        "ttl": _time_to_live(ttl),
    }


def _description(table: Mapping[str, Any]) -> Outputs:
    keys = _by_type(table["KeySchema"])
    on_demand = _on_demand(table)
    attributes = [
        {"name": one["AttributeName"], "type": one["AttributeType"]}
        for one in table["AttributeDefinitions"]
    ]
    return {
        "arn": table["TableArn"],
        "attributes": sorted(attributes, key=lambda one: one["name"]),
        "billingMode": "PAY_PER_REQUEST" if on_demand else "PROVISIONED",
        "deletionProtectionEnabled": bool(table.get("DeletionProtectionEnabled")),
        "hashKey": keys["HASH"][0],
        "localSecondaryIndexes": _sorted(
            _local_index(one) for one in table.get("LocalSecondaryIndexes") or ()
        ),
        "name": table["TableName"],
        **({"rangeKey": keys["RANGE"][0]} if keys["RANGE"] else {}),
        **_capacity(table, on_demand=on_demand),
    }


def _global_indexes(table: Mapping[str, Any], inputs: Inputs) -> list[Outputs]:
    declared = {one["name"]: one for one in inputs.get("globalSecondaryIndexes") or ()}
    return _sorted(
        {
            **_global_index(one, on_demand=_on_demand(table)),
            **_throughput(one, declared.get(one["IndexName"], {})),
        }
        for one in table.get("GlobalSecondaryIndexes") or ()
    )


def _global_index(index: Mapping[str, Any], *, on_demand: bool) -> Outputs:
    keys = _by_type(index["KeySchema"])
    return {
        "hashKey": _only(keys["HASH"]),
        "keySchemas": [
            {"attributeName": one["AttributeName"], "keyType": one["KeyType"]}
            for one in index["KeySchema"]
        ],
        **_projected(index),
        "rangeKey": _only(keys["RANGE"]),
        **_capacity(index, on_demand=on_demand),
    }


def _local_index(index: Mapping[str, Any]) -> Outputs:
    return {**_projected(index), "rangeKey": _by_type(index["KeySchema"])["RANGE"][0]}


def _projected(index: Mapping[str, Any]) -> Outputs:
    return {
        "name": index["IndexName"],
        "nonKeyAttributes": sorted(index["Projection"].get("NonKeyAttributes") or ()),
        "projectionType": index["Projection"]["ProjectionType"],
    }


def _capacity(part: Mapping[str, Any], *, on_demand: bool) -> Outputs:
    found = {} if on_demand else part.get("ProvisionedThroughput") or {}
    return {
        "readCapacity": found.get("ReadCapacityUnits", 0),
        "writeCapacity": found.get("WriteCapacityUnits", 0),
    }


def _stream(table: Mapping[str, Any]) -> Outputs:
    specification = table.get("StreamSpecification") or {}
    enabled = bool(specification.get("StreamEnabled"))
    return {
        "streamArn": table.get("LatestStreamArn", "") if enabled else "",
        "streamEnabled": enabled,
        "streamLabel": table.get("LatestStreamLabel", "") if enabled else "",
        "streamViewType": specification.get("StreamViewType", "") if enabled else "",
    }


def _recovery(found: Mapping[str, Any]) -> Outputs:
    enabled = found.get("PointInTimeRecoveryStatus") == "ENABLED"
    days = found.get("RecoveryPeriodInDays", 0) if enabled else 0
    return {"enabled": enabled, "recoveryPeriodInDays": days}


def _time_to_live(found: Mapping[str, Any]) -> Outputs:
    enabled = found.get("TimeToLiveStatus") in ("ENABLED", "ENABLING")
    return {"attributeName": found.get("AttributeName", "") if enabled else "", "enabled": enabled}


def _not_reported(table: Mapping[str, Any], inputs: Inputs) -> Outputs:
    """Give as declared what the emulator does not tell, so that a refresh finds no drift."""
    reported_class = table.get("TableClassSummary", {}).get("TableClass")
    return {
        "replicas": [dict(one) for one in inputs.get("replicas") or ()],
        "tableClass": reported_class or inputs.get("tableClass") or "STANDARD",
        **_throughput(table, inputs),
        **_encryption(table, inputs),
    }


def _throughput(found: Mapping[str, Any], declared: Mapping[str, Any]) -> Outputs:
    """Give maxima as declared, warm throughput as found; both only where declared."""
    outputs: Outputs = {}
    if maxima := declared.get("onDemandThroughput"):
        outputs["onDemandThroughput"] = dict(maxima)
    if declared.get("warmThroughput"):
        warm = found.get("WarmThroughput") or {}
        outputs["warmThroughput"] = {
            "readUnitsPerSecond": warm.get("ReadUnitsPerSecond", 0),
            "writeUnitsPerSecond": warm.get("WriteUnitsPerSecond", 0),
        }
    return outputs


def _encryption(table: Mapping[str, Any], inputs: Inputs) -> Outputs:
    found = table.get("SSEDescription") or {}
    declared = inputs.get("serverSideEncryption")
    if not found and declared is None:
        return {}
    # The provider shows the AWS-managed key, which DynamoDB takes by default, as no key.
    own_key = bool((declared or {}).get("kmsKeyArn"))
    return {
        "serverSideEncryption": {
            "enabled": found.get("Status") == "ENABLED",
            "kmsKeyArn": found.get("KMSMasterKeyArn", "") if own_key else "",
        }
    }


def _on_demand(table: Mapping[str, Any]) -> bool:
    summary = table.get("BillingModeSummary") or {}
    return bool(summary.get("BillingMode") == "PAY_PER_REQUEST")


def _by_type(schema: Sequence[Mapping[str, str]]) -> dict[str, list[str]]:
    return {
        kind: [one["AttributeName"] for one in schema if one["KeyType"] == kind]
        for kind in ("HASH", "RANGE")
    }


def _only(names: list[str]) -> str:
    """Give a single key attribute; a key of several is told by `keySchemas` alone."""
    return names[0] if len(names) == 1 else ""


def _sorted(indexes: Any) -> list[Outputs]:  # noqa: ANN401 -- a generator of outputs
    return sorted(indexes, key=lambda one: str(one["name"]))
