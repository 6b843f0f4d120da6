"""boto3 as it is: the low-level client, which all is measured against, and the Table resource."""

from __future__ import annotations

from typing import Any

import boto3
from boto3.dynamodb.conditions import Key
from boto3.dynamodb.types import TypeDeserializer
from contenders.responses import Contender, Responses

REGION = "us-east-1"


def session() -> boto3.session.Session:
    """Return a session with the usual credentials."""
    return boto3.session.Session(region_name=REGION)


def low_level(item: dict[str, Any]) -> Contender:
    """Return boto3's client with its defaults, given and giving attribute values."""
    client = session().client("dynamodb")
    Responses(client)
    key = {name: item[name] for name in ("userId", "sortKey")}
    names = {"#userId": "userId"}
    return Contender(
        name="raw client",
        put=lambda: client.put_item(
            TableName="files",
            Item=item,
            ConditionExpression="attribute_not_exists(#userId)",
            ExpressionAttributeNames=names,
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        ),
        get=lambda: client.get_item(TableName="files", Key=key, ConsistentRead=True)["Item"],
        query=lambda: client.query(
            TableName="files",
            KeyConditionExpression="#userId = :userId",
            ExpressionAttributeNames=names,
            ExpressionAttributeValues={":userId": item["userId"]},
            ScanIndexForward=True,
            ConsistentRead=True,
        )["Items"],
    )


def resource(item: dict[str, Any]) -> Contender:
    """Return boto3's Table resource, given and giving Python values."""
    table = session().resource("dynamodb").Table("files")
    Responses(table.meta.client)
    deserializer = TypeDeserializer()
    values = {name: deserializer.deserialize(value) for name, value in item.items()}
    key = {name: values[name] for name in ("userId", "sortKey")}
    return Contender(
        name="Table resource",
        put=lambda: table.put_item(
            Item=values,
            ConditionExpression="attribute_not_exists(#userId)",
            ExpressionAttributeNames={"#userId": "userId"},
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        ),
        get=lambda: table.get_item(Key=key, ConsistentRead=True)["Item"],
        query=lambda: table.query(
            KeyConditionExpression=Key("userId").eq(values["userId"]),
            ScanIndexForward=True,
            ConsistentRead=True,
        )["Items"],
    )
