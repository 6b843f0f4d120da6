"""A table defines the attributes of its keys, and no others."""

import pytest

from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, PARAMETER, TABLE
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    CANNOT_RUN,
    NOT_APPLICABLE,
    findings,
    judge_registrations,
    judge_resource,
)
from tests.support.recording import ENVIRONMENTS, record_stack

RULE = "ddb-attribute-definitions-exact"


def defined(*names, of="S"):
    return [{"name": name, "type": of} for name in names]


def index(*, partition, sort=()):
    parts = [(name, "HASH") for name in partition] + [(name, "RANGE") for name in sort]
    return {"keySchemas": [{"attributeName": name, "keyType": kind} for name, kind in parts]}


SIMPLE = {"hashKey": "userId", "attributes": defined("userId")}
SORTED = {**SIMPLE, "rangeKey": "at"}
INDEXED = {**SIMPLE, "globalSecondaryIndexes": [index(partition=["a", "b"], sort=["c"])]}
OLD = {**SIMPLE, "globalSecondaryIndexes": [{"hashKey": "a", "rangeKey": "b"}]}
LOCAL = {**SIMPLE, "localSecondaryIndexes": [{"name": "byDate", "rangeKey": "a"}]}


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (SIMPLE, []),
        ({**SORTED, "attributes": defined("userId", "at")}, []),
        ({**INDEXED, "attributes": defined("userId", "a", "b", "c")}, []),
        ({**OLD, "attributes": defined("userId", "a", "b", of="N")}, []),
        ({**LOCAL, "attributes": defined("userId", "a", of="B")}, []),
        (SORTED, ["missing"]),
        (INDEXED, ["missing"] * 3),
        (OLD, ["missing"] * 2),
        (LOCAL, ["missing"]),
        ({"hashKey": "userId"}, ["missing"]),
        ({**SIMPLE, "attributes": defined("userID")}, ["missing", "unused"]),
        ({**SIMPLE, "attributes": defined("userId", "name", "size")}, ["unused"] * 2),
        ({**SIMPLE, "attributes": defined("userId", "userId")}, ["twice"]),
        ({**SIMPLE, "attributes": defined("userId", of="s")}, ["type"]),
        ({**SIMPLE, "attributes": defined("userId", of="BOOL")}, ["type"]),
        ({**SIMPLE, "attributes": [{"name": "userId"}]}, ["type"]),
        ({}, ["no-key"]),
        ({"restoreSourceName": "dropify-prod-files"}, []),
        ({"restoreSourceTableArn": UNKNOWN}, []),
        ({**SIMPLE, "attributes": {"userId": "S"}}, ["malformed"]),
        ({**SIMPLE, "hashKey": 7, "attributes": defined("a", of="X")}, ["type", "malformed"]),
    ],
)
def test_definitions_are_those_of_the_keys(inputs, expected):
    assert findings(judge_resource(RULE, TABLE, inputs)) == expected


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({**SIMPLE, "tags": UNKNOWN, "name": UNKNOWN}, []),
        ({**SIMPLE, "globalSecondaryIndexes": UNKNOWN}, [CANNOT_RUN]),
        ({**SORTED, "globalSecondaryIndexes": UNKNOWN}, ["missing", CANNOT_RUN]),
        ({**SIMPLE, "hashKey": UNKNOWN, **defined("x")[0]}, [CANNOT_RUN]),
        ({**OLD, "hashKey": UNKNOWN}, ["missing"] * 2 + [CANNOT_RUN]),
        ({**SIMPLE, "attributes": UNKNOWN}, [CANNOT_RUN]),
        ({**SIMPLE, "attributes": [UNKNOWN, {"name": "a", "type": "X"}]}, ["type", CANNOT_RUN]),
        ({**SIMPLE, "attributes": [{"name": UNKNOWN, "type": "S"}]}, [CANNOT_RUN]),
    ],
)
def test_what_is_known_is_judged_before_what_is_unknown(inputs, expected):
    assert findings(judge_resource(RULE, TABLE, inputs)) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([{"attributeName": "a", "keyType": "HASH", "attributeType": "S"}], []),
        ([{"attributeName": "a", "keyType": "HASH", "attributeType": "SS"}], ["type"]),
        ([{"attributeName": "a", "keyType": "HASH"}], ["type"]),
        ([{"attributeName": "a", "keyType": "RANGE", "attributeType": "S"}], ["no-key"]),
        ([], ["no-key"]),
        ([UNKNOWN, {"attributeName": "a", "attributeType": "X"}], ["type", CANNOT_RUN]),
    ],
)
def test_a_standalone_index_defines_its_own_attributes(parts, expected):
    verdicts = judge_resource(RULE, GLOBAL_SECONDARY_INDEX, {"keySchemas": parts})
    assert findings(verdicts) == expected


def test_other_resources_are_not_judged():
    assert findings(judge_resource(RULE, PARAMETER, {})) == [NOT_APPLICABLE]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("preview", [True, False])
def test_the_project_defines_its_key_attributes_exactly(environment, preview):
    registrations = record_stack(environment, preview=preview).registrations
    assert judge_registrations(registrations, environment, only=RULE) == []
