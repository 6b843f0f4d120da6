"""An existing table as the inputs that would declare it, which an import writes to a state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Inputs = dict[str, Any]
_UNLIMITED = -1


def described_inputs(
    table: Mapping[str, Any],
    *,
    ttl: Mapping[str, Any],
    backups: Mapping[str, Any],
    tags: Iterable[Mapping[str, str]],
    declared: Mapping[str, Any],
) -> Inputs:
    """Write what AWS describes by the provider's names, lists in the order of `declared`.

    Maxima and warm throughput count only where declared: AWS gives every table some of the latter.
    """
    return {
        **_shape(table, declared),
        "globalSecondaryIndexes": _ordered(
            map(_global_index, table.get("GlobalSecondaryIndexes") or ()),
            declared.get("globalSecondaryIndexes"),
        ),
        "localSecondaryIndexes": _ordered(
            map(_local_index, table.get("LocalSecondaryIndexes") or ()),
            declared.get("localSecondaryIndexes"),
        ),
        **_capacity(table),
        **_stream(table),
        **_throughput(table, declared),
        "deletionProtectionEnabled": bool(table.get("DeletionProtectionEnabled")),
        "pointInTimeRecovery": _recovery(backups),
        "replicas": _replicas(table, declared),
        "serverSideEncryption": _encryption(table, declared),
        "tableClass": _table_class(table, declared),
        "tags": {t["Key"]: t["Value"] for t in tags if not t["Key"].startswith("aws:")},
        "ttl": _expiry(ttl),
    }


def _shape(table: Mapping[str, Any], declared: Mapping[str, Any]) -> Inputs:
    roles = {part["KeyType"]: part["AttributeName"] for part in table["KeySchema"]}
    attributes = (
        {"name": one["AttributeName"], "type": one["AttributeType"]}
        for one in table["AttributeDefinitions"]
    )
    return {
        "name": table["TableName"],
        "hashKey": roles["HASH"],
        "rangeKey": roles.get("RANGE"),
        "attributes": _ordered(attributes, declared.get("attributes")),
    }


def _global_index(index: Mapping[str, Any]) -> Inputs:
    schemas = [
        {"attributeName": one["AttributeName"], "keyType": one["KeyType"]}
        for one in index["KeySchema"]
    ]
    return {"keySchemas": schemas, **_projected(index)}


def _local_index(index: Mapping[str, Any]) -> Inputs:
    roles = {part["KeyType"]: part["AttributeName"] for part in index["KeySchema"]}
    return {"rangeKey": roles.get("RANGE"), **_projected(index)}


def _projected(index: Mapping[str, Any]) -> Inputs:
    projection = index.get("Projection") or {}
    return {
        "name": index["IndexName"],
        "projectionType": projection.get("ProjectionType"),
        "nonKeyAttributes": sorted(projection.get("NonKeyAttributes") or ()),
    }


def _ordered(found: Iterable[Inputs], declared: object) -> list[Inputs]:
    """Put what is declared too where it is declared; the provider keeps such lists as sets."""
    wanted = {one["name"]: one for one in declared} if isinstance(declared, list) else {}
    places = {name: place for place, name in enumerate(wanted)}
    ordered = sorted(found, key=lambda one: (places.get(one["name"], len(places)), one["name"]))
    return [_as_spelled(one, wanted.get(one["name"], {})) for one in ordered]


def _as_spelled(found: Inputs, wanted: Mapping[str, Any]) -> Inputs:
    """Give projected attributes in the declared order, which is free too."""
    declared = wanted.get("nonKeyAttributes")
    if declared and sorted(declared) == found.get("nonKeyAttributes"):
        return {**found, "nonKeyAttributes": declared}
    return found


def _capacity(table: Mapping[str, Any]) -> Inputs:
    summary = table.get("BillingModeSummary") or {}
    if summary.get("BillingMode") == "PAY_PER_REQUEST":
        return {"billingMode": "PAY_PER_REQUEST"}
    units = table.get("ProvisionedThroughput") or {}
    return {
        "billingMode": "PROVISIONED",
        "readCapacity": units.get("ReadCapacityUnits"),
        "writeCapacity": units.get("WriteCapacityUnits"),
    }


def _stream(table: Mapping[str, Any]) -> Inputs:
    specification = table.get("StreamSpecification") or {}
    enabled = bool(specification.get("StreamEnabled"))
    view = specification.get("StreamViewType") if enabled else None
    return {"streamEnabled": enabled, "streamViewType": view}


def _throughput(table: Mapping[str, Any], declared: Mapping[str, Any]) -> Inputs:
    inputs: Inputs = {}
    maxima = table.get("OnDemandThroughput")
    if maxima:
        units = {
            f"max{kind}RequestUnits": maxima.get(f"Max{kind}RequestUnits", _UNLIMITED)
            for kind in ("Read", "Write")
        }
        inputs["onDemandThroughput"] = {n: v for n, v in units.items() if v != _UNLIMITED}
    warm = table.get("WarmThroughput")
    if warm and declared.get("warmThroughput"):
        inputs["warmThroughput"] = {
            "readUnitsPerSecond": warm.get("ReadUnitsPerSecond", 0),
            "writeUnitsPerSecond": warm.get("WriteUnitsPerSecond", 0),
        }
    return inputs


def _recovery(found: Mapping[str, Any]) -> Inputs:
    described = found.get("PointInTimeRecoveryDescription") or {}
    if described.get("PointInTimeRecoveryStatus") != "ENABLED":
        return {"enabled": False}
    days = described.get("RecoveryPeriodInDays")
    return {"enabled": True, **({"recoveryPeriodInDays": days} if days else {})}


def _replicas(table: Mapping[str, Any], declared: Mapping[str, Any]) -> list[Inputs]:
    """Give replicas by region; the settings that AWS describes elsewhere stay as declared."""
    wanted = {one["regionName"]: one for one in declared.get("replicas") or ()}
    found = sorted(one["RegionName"] for one in table.get("Replicas") or ())
    regions = [*(r for r in wanted if r in found), *(r for r in found if r not in wanted)]
    return [{**wanted.get(region, {}), "regionName": region} for region in regions]


def _encryption(table: Mapping[str, Any], declared: Mapping[str, Any]) -> Inputs:
    found = table.get("SSEDescription") or {}
    if found.get("Status") not in ("ENABLED", "UPDATING"):
        return {"enabled": False}
    # The AWS-managed key has an ARN too, which a declaration of that key does not name.
    key = found.get("KMSMasterKeyArn")
    own = (declared.get("serverSideEncryption") or {}).get("kmsKeyArn")
    return {"enabled": True, **({"kmsKeyArn": key} if key and own else {})}


def _table_class(table: Mapping[str, Any], declared: Mapping[str, Any]) -> str | None:
    found = (table.get("TableClassSummary") or {}).get("TableClass")
    return found or ("STANDARD" if declared.get("tableClass") else None)


def _expiry(found: Mapping[str, Any]) -> Inputs | None:
    if found.get("TimeToLiveStatus") not in ("ENABLED", "ENABLING"):
        return None
    return {"attributeName": found.get("AttributeName"), "enabled": True}
