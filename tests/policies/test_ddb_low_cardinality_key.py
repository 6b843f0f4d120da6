"""A partition key has many values, so that load spreads."""

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

RULE = "ddb-low-cardinality-key"


def index(*partition, sort="at"):
    parts = [(name, "HASH") for name in partition] + [(sort, "RANGE")]
    schema = [{"attributeName": name, "keyType": kind} for name, kind in parts]
    return {"indexName": "x", "name": "x", "keySchemas": schema}


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [
        ("status", ["table"]),
        ("Status", ["table"]),
        ("STATUS", ["table"]),
        ("isActive", ["table"]),
        ("order_status", ["table"]),
        ("orderStatus", ["table"]),
        ("order-type", ["table"]),
        ("HTTPStatus", ["table"]),
        ("status2", ["table"]),
        ("countryCode", ["table"]),
        ("createdDate", ["table"]),
        ("userId", []),
        ("PK", []),
        ("GSI1PK", []),
        ("roleId", []),
        ("stateToken", []),
        ("candidate", []),
        ("prototype", []),
        ("историја", []),
        ("", []),
        (None, []),
        (7, ["malformed"]),
        (UNKNOWN, [CANNOT_RUN]),
    ],
)
def test_a_partition_key_is_not_named_for_what_has_few_values(attribute, expected):
    inputs = {"hashKey": attribute, "rangeKey": "status"}
    assert findings(judge_resource(RULE, TABLE, inputs)) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (index("status"), ["index"]),
        ({"hashKey": "isActive"}, ["index"]),
        (index("userId", sort="status"), []),
        (index("status", "userId"), []),
        (index("status", "country"), ["index"]),
        (index("userId", sort=UNKNOWN), []),
        (index(UNKNOWN), [CANNOT_RUN]),
    ],
)
@pytest.mark.parametrize("standalone", [True, False])
def test_an_index_is_partitioned_by_something_of_many_values(key, expected, standalone):
    if standalone:
        verdicts = judge_resource(RULE, GLOBAL_SECONDARY_INDEX, key)
    else:
        inputs = {"hashKey": "userId", "globalSecondaryIndexes": [key]}
        verdicts = judge_resource(RULE, TABLE, inputs)
    assert findings(verdicts) == expected


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"hashKey": "status", "globalSecondaryIndexes": UNKNOWN}, ["table", CANNOT_RUN]),
        ({"hashKey": UNKNOWN, "globalSecondaryIndexes": [index("type")]}, ["index", CANNOT_RUN]),
        ({"hashKey": "userId", "rangeKey": UNKNOWN, "name": UNKNOWN}, []),
    ],
)
def test_what_is_known_is_judged_before_what_is_unknown(inputs, expected):
    assert findings(judge_resource(RULE, TABLE, inputs)) == expected


@pytest.mark.parametrize(
    ("attribute", "settings", "expected"),
    [
        ("shade", {"words": ["Shade"]}, ["table"]),
        ("status", {"words": []}, []),
        ("statusCode", {"identifyingWords": ["CODE"]}, []),
        ("roleId", {"identifyingWords": []}, ["table"]),
    ],
)
def test_a_team_says_which_words_tell(attribute, settings, expected):
    verdicts = judge_resource(RULE, TABLE, {"hashKey": attribute}, settings=settings)
    assert findings(verdicts) == expected


def test_other_resources_are_not_judged():
    assert findings(judge_resource(RULE, PARAMETER, {})) == [NOT_APPLICABLE]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("preview", [True, False])
def test_no_partition_key_of_the_project_is_named_so(environment, preview):
    registrations = record_stack(environment, preview=preview).registrations
    assert judge_registrations(registrations, environment, only=RULE) == []
