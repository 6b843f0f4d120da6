"""From a table's inputs to the requests of DynamoDB."""

from collections.abc import Iterable, Mapping
from typing import Any

from . import tags
from .request import without_empty

Request = dict[str, Any]
Part = Mapping[str, Any]


def create_request(inputs: Part) -> Request:
    """Give everything that CreateTable takes; time to live and recovery have calls of their own."""
    request: Request = {
        "TableName": inputs["name"],
        "KeySchema": _key_schema(inputs["hashKey"], inputs.get("rangeKey")),
        "AttributeDefinitions": definitions(inputs),
        **billing(inputs),
        **stream(inputs),
        **encryption(inputs),
        **throughput(inputs),
        "DeletionProtectionEnabled": bool(inputs.get("deletionProtectionEnabled")),
        "TableClass": inputs.get("tableClass"),
        "GlobalSecondaryIndexes": [global_index(one, inputs) for one in global_indexes(inputs)],
        "LocalSecondaryIndexes": [
            _local_index(one, inputs) for one in inputs.get("localSecondaryIndexes") or ()
        ],
        "Tags": tags.pairs(tags.declared(inputs)),
    }
    return without_empty(request)


def billing(inputs: Part) -> Request:
    """Give the billing mode and, where capacity is provisioned, how much."""
    if inputs.get("billingMode") == "PAY_PER_REQUEST":
        return {"BillingMode": "PAY_PER_REQUEST"}
    return {"BillingMode": "PROVISIONED", "ProvisionedThroughput": _capacity(inputs)}


def stream(inputs: Part) -> Request:
    """Give the stream with its view type; nothing when there is to be none."""
    if not inputs.get("streamEnabled"):
        return {}
    view = inputs.get("streamViewType")
    return {"StreamSpecification": {"StreamEnabled": True, "StreamViewType": view}}


def encryption(inputs: Part) -> Request:
    """Give encryption by a KMS key; nothing when the key is to be DynamoDB's own."""
    declared = inputs.get("serverSideEncryption") or {}
    if not declared.get("enabled"):
        return {}
    specification = {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": declared.get("kmsKeyArn")}
    return {"SSESpecification": without_empty(specification)}


def throughput(part: Part) -> Request:
    """Give the on-demand maxima and the warm throughput of a table or an index."""
    maxima = part.get("onDemandThroughput") or {}
    warm = part.get("warmThroughput") or {}
    return without_empty(
        {
            "OnDemandThroughput": _integers(maxima),
            "WarmThroughput": _integers(warm),
        }
    )


def definitions(inputs: Part, names: Iterable[str] | None = None) -> list[Request]:
    """List the attribute definitions, of the named attributes alone where names are given."""
    wanted = None if names is None else set(names)
    return [
        {"AttributeName": one["name"], "AttributeType": one["type"]}
        for one in sorted(inputs.get("attributes") or (), key=lambda one: str(one["name"]))
        if wanted is None or one["name"] in wanted
    ]


def global_indexes(inputs: Part) -> list[Part]:
    """List the declared global secondary indexes, sorted by name."""
    return sorted(inputs.get("globalSecondaryIndexes") or (), key=lambda one: str(one["name"]))


def global_index(index: Part, inputs: Part) -> Request:
    """Give one global secondary index as CreateTable and UpdateTable take it."""
    provisioned = inputs.get("billingMode") != "PAY_PER_REQUEST"
    return without_empty(
        {
            "IndexName": index["name"],
            "KeySchema": index_key_schema(index),
            "Projection": _projection(index),
            "ProvisionedThroughput": _capacity(index) if provisioned else None,
            **throughput(index),
        }
    )


def index_key_schema(index: Part) -> list[Request]:
    """Take the key schema from `keySchemas`, or from the older `hashKey` and `rangeKey`."""
    if schemas := index.get("keySchemas"):
        return [{"AttributeName": k["attributeName"], "KeyType": k["keyType"]} for k in schemas]
    return _key_schema(index["hashKey"], index.get("rangeKey"))


def _local_index(index: Part, inputs: Part) -> Request:
    return {
        "IndexName": index["name"],
        "KeySchema": _key_schema(inputs["hashKey"], index["rangeKey"]),
        "Projection": _projection(index),
    }


def _projection(index: Part) -> Request:
    attributes = sorted(index.get("nonKeyAttributes") or ())
    return without_empty(
        {"ProjectionType": index["projectionType"], "NonKeyAttributes": attributes}
    )


def _key_schema(partition: str, sort: str | None) -> list[Request]:
    schema = [{"AttributeName": partition, "KeyType": "HASH"}]
    return [*schema, {"AttributeName": sort, "KeyType": "RANGE"}] if sort else schema


def _capacity(part: Part) -> Request:
    return {
        "ReadCapacityUnits": int(part.get("readCapacity") or 1),
        "WriteCapacityUnits": int(part.get("writeCapacity") or 1),
    }


def _integers(values: Part) -> Request:
    """Turn `maxReadRequestUnits: 5.0` into `MaxReadRequestUnits: 5`."""
    return {name[0].upper() + name[1:]: int(value) for name, value in values.items() if value}
