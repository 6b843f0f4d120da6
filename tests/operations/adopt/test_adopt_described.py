"""What AWS describes, and no emulator does, is compared in the provider's words."""

from __future__ import annotations

import json

import pytest

from tablewright.operations.adopt.described import described_inputs
from tablewright.operations.adopt.looking import Look
from tablewright.operations.endpoint import Endpoint
from tablewright.operations.errors import OperationError
from tests.operations.test_verify_endpoints import _Raw

KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234"
TABLE = {
    "TableName": "t",
    "TableArn": "arn:aws:dynamodb:eu-west-1:123456789012:table/t",
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
}


def inputs(declared=None, **described):
    return described_inputs(
        {**TABLE, **described}, ttl={}, backups={}, tags=[], declared=declared or {}
    )


@pytest.mark.parametrize(
    ("described", "declared", "argument", "expected"),
    [
        (
            {"TableClassSummary": {"TableClass": "STANDARD_INFREQUENT_ACCESS"}},
            {},
            "tableClass",
            "STANDARD_INFREQUENT_ACCESS",
        ),
        ({}, {"tableClass": "STANDARD"}, "tableClass", "STANDARD"),
        ({}, {}, "tableClass", None),
        (
            {"OnDemandThroughput": {"MaxReadRequestUnits": 10, "MaxWriteRequestUnits": -1}},
            {},
            "onDemandThroughput",
            {"maxReadRequestUnits": 10},
        ),
        (
            {"WarmThroughput": {"ReadUnitsPerSecond": 12000, "WriteUnitsPerSecond": 4000}},
            {"warmThroughput": {"readUnitsPerSecond": 1, "writeUnitsPerSecond": 1}},
            "warmThroughput",
            {"readUnitsPerSecond": 12000, "writeUnitsPerSecond": 4000},
        ),
        (
            {"WarmThroughput": {"ReadUnitsPerSecond": 12000, "WriteUnitsPerSecond": 4000}},
            {},
            "warmThroughput",
            None,
        ),
        (
            {"SSEDescription": {"Status": "ENABLED", "KMSMasterKeyArn": KEY}},
            {"serverSideEncryption": {"enabled": True, "kmsKeyArn": "another"}},
            "serverSideEncryption",
            {"enabled": True, "kmsKeyArn": KEY},
        ),
        (
            {"SSEDescription": {"Status": "ENABLED", "KMSMasterKeyArn": KEY}},
            {"serverSideEncryption": {"enabled": True}},
            "serverSideEncryption",
            {"enabled": True},
        ),
        (
            {"Replicas": [{"RegionName": "eu-west-2"}, {"RegionName": "eu-north-1"}]},
            {"replicas": [{"regionName": "eu-west-2", "propagateTags": True}]},
            "replicas",
            [{"regionName": "eu-west-2", "propagateTags": True}, {"regionName": "eu-north-1"}],
        ),
        (
            {
                "BillingModeSummary": {"BillingMode": "PROVISIONED"},
                "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6},
            },
            {},
            "writeCapacity",
            6,
        ),
    ],
)
def test_a_setting_is_written_as_the_provider_does(described, declared, argument, expected):
    assert inputs(declared, **described).get(argument) == expected


@pytest.mark.parametrize(
    ("backups", "expected"),
    [
        ({}, {"enabled": False}),
        (
            {"PointInTimeRecoveryStatus": "ENABLED", "RecoveryPeriodInDays": 7},
            {"enabled": True, "recoveryPeriodInDays": 7},
        ),
    ],
)
def test_recovery_is_written_with_its_window(backups, expected):
    found = described_inputs(
        TABLE,
        ttl={},
        backups={"PointInTimeRecoveryDescription": backups},
        tags=[{"Key": "aws:cloudformation:stack-name", "Value": "x"}, {"Key": "A", "Value": "b"}],
        declared={},
    )
    assert found["pointInTimeRecovery"] == expected
    assert found["tags"] == {"A": "b"}


@pytest.mark.parametrize("status", ["CREATING", "UPDATING", "DELETING"])
def test_a_table_that_aws_is_changing_is_not_judged(status):
    from botocore.awsrequest import AWSResponse

    endpoint = Endpoint("http://127.0.0.1:9", "eu-west-1")
    body = json.dumps({"Table": {**TABLE, "TableStatus": status}}).encode()
    endpoint.dynamodb.meta.events.register(
        "before-send.dynamodb.DescribeTable",
        lambda request, **_: AWSResponse(request.url, 200, {}, _Raw(body)),
    )
    with pytest.raises(OperationError, match=f"'t' is {status}, .* look again when it is ACTIVE"):
        Look(endpoint).inputs_of("t", {})
