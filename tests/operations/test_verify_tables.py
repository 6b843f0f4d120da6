"""Every property of a described table is compared, also those that an emulator cannot get wrong."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest

from tablewright.models import Attribute, Index, Key, WarmThroughput
from tablewright.operations.verify import Status
from tablewright.operations.verify.comparison import Comparison
from tablewright.operations.verify.stack import Stack
from tablewright.operations.verify.tables import check_table
from tests.support.configurations import settings
from tests.support.moto_tables import create_table
from tests.support.order_patterns import MODEL, ORDERS

KEY = "arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab"
SPEC = replace(
    ORDERS,
    warm_throughput=WarmThroughput(read_units=12000, write_units=4000),
    indexes=(
        *ORDERS.indexes,
        Index(name="wide", key=Key((Attribute("day"), Attribute("SK")), (Attribute("PK"),))),
    ),
)


class Described:
    """A client that answers DescribeTable as the test has it, and all else as moto does."""

    def __init__(self, client, table):
        self._client = client
        self._table = table

    def describe_table(self, **_):
        return {"Table": self._table}

    def __getattr__(self, name):
        return getattr(self._client, name)


@pytest.fixture(scope="module")
def described(dynamodb):
    create_table(dynamodb, SPEC, "dropify-dev-orders")
    table = dynamodb.describe_table(TableName="dropify-dev-orders")["Table"]
    table["SSEDescription"] = {"Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": KEY}
    return table


@pytest.fixture
def compare(dynamodb, described):
    """Compares a table that a function has changed; returns checks by resource and property."""

    def execute(change=dict):
        table = deepcopy(described)
        change(table)
        stack = Stack(
            settings=settings(customerManagedKeyArn=KEY),
            partition="aws",
            account="123456789012",
            region="us-east-1",
        )
        into = Comparison("moto")
        check_table(stack, MODEL, SPEC, Described(dynamodb, table), into)
        found = {(check.resource, check.property): check for check in into.checks}
        # These tables are made without tags.
        del found["table dropify-dev-orders", "tags"]
        return found

    return execute


def found_index(table, name, kind="GlobalSecondaryIndexes"):
    return next(index for index in table[kind] if index["IndexName"] == name)


def test_a_table_as_it_is_declared_has_no_difference(compare):
    checks = compare().values()
    assert {check.status for check in checks} == {Status.EQUAL, Status.NOT_REPORTED}


def unused_definition(table):
    table["AttributeDefinitions"].append({"AttributeName": "x", "AttributeType": "S"})


def other_type(table):
    table["AttributeDefinitions"][0]["AttributeType"] = "B"


def less_warm(table):
    table["WarmThroughput"]["WriteUnitsPerSecond"] = 3999


def swap_index_key(table):
    found_index(table, "wide")["KeySchema"].reverse()


def index_in_creation(table):
    found_index(table, "wide")["IndexStatus"] = "CREATING"


def local_projection(table):
    found_index(table, "byTotal", "LocalSecondaryIndexes")["Projection"] = {
        "ProjectionType": "KEYS_ONLY"
    }


def global_and_not_local(table):
    table["GlobalSecondaryIndexes"].extend(table["LocalSecondaryIndexes"])
    table["LocalSecondaryIndexes"] = []


@pytest.mark.parametrize(
    ("change", "resource", "name", "status"),
    [
        (lambda t: t.update(TableStatus="UPDATING"), "", "status", Status.DIFFERENT),
        (lambda t: t["KeySchema"].reverse(), "", "key schema", Status.DIFFERENT),
        (unused_definition, "", "attribute definitions", Status.DIFFERENT),
        (other_type, "", "attribute definitions", Status.DIFFERENT),
        (lambda t: t.pop("BillingModeSummary"), "", "billing mode", Status.NOT_REPORTED),
        (lambda t: t.pop("StreamSpecification"), "", "stream view", Status.DIFFERENT),
        (lambda t: t.pop("SSEDescription"), "", "encryption", Status.DIFFERENT),
        (
            lambda t: t["SSEDescription"].update(Status="DISABLED"),
            "",
            "encryption",
            Status.DIFFERENT,
        ),
        (
            lambda t: t["SSEDescription"].update(KMSMasterKeyArn="x"),
            "",
            "KMS key",
            Status.DIFFERENT,
        ),
        (
            lambda t: t.pop("DeletionProtectionEnabled"),
            "",
            "deletion protection",
            Status.NOT_REPORTED,
        ),
        (less_warm, "", "warm throughput (read, write)", Status.DIFFERENT),
        (swap_index_key, " index wide", "key schema", Status.DIFFERENT),
        (index_in_creation, " index wide", "status", Status.DIFFERENT),
        (local_projection, " index byTotal", "projection", Status.DIFFERENT),
        (global_and_not_local, " index byTotal", "existence", Status.MISSING),
    ],
)
def test_a_difference_is_reported(compare, change, resource, name, status):
    check = compare(change)[f"table dropify-dev-orders{resource}", name]
    assert check.status is status


def test_throughput_that_aws_has_raised_by_itself_is_no_difference(compare):
    def raise_it(table):
        table["WarmThroughput"]["ReadUnitsPerSecond"] = 99999

    check = compare(raise_it)["table dropify-dev-orders", "warm throughput (read, write)"]
    assert check.status is Status.EQUAL
