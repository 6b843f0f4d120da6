"""Indexes copy what is read from them, not every item whole."""

import pytest

from rules.ddb_gsi_projection_budget import PROJECTED_ATTRIBUTES
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

RULE = "ddb-gsi-projection-budget"
NAME = "dropify-prod-files"
WHOLE = {"name": "whole", "projectionType": "ALL"}
KEYS = {"name": "keys", "projectionType": "KEYS_ONLY"}


def including(count):
    attributes = [f"a{position}" for position in range(count)]
    return {"name": "some", "projectionType": "INCLUDE", "nonKeyAttributes": attributes}


def judged(indexes, *, local=(), token=TABLE, **settings):
    inputs = {
        "name": NAME,
        "globalSecondaryIndexes": indexes,
        "localSecondaryIndexes": list(local),
    }
    return findings(judge_resource(RULE, token, inputs, settings=settings))


@pytest.mark.parametrize(
    ("indexes", "expected"),
    [
        (None, []),
        ([], []),
        ([WHOLE] * 2 + [KEYS] * 5, []),
        ([WHOLE] * 3, ["many"]),
        ([including(PROJECTED_ATTRIBUTES)], []),
        ([including(PROJECTED_ATTRIBUTES), including(1)], ["attributes"]),
        ([WHOLE] * 3 + [including(PROJECTED_ATTRIBUTES + 1)], ["many", "attributes"]),
        (UNKNOWN, [CANNOT_RUN]),
        ([UNKNOWN, including(1)], [CANNOT_RUN]),
        ([{"projectionType": UNKNOWN}, including(101)], ["attributes", CANNOT_RUN]),
        ([{"projectionType": "INCLUDE", "nonKeyAttributes": [UNKNOWN] * 101}], ["attributes"]),
        ([{"projectionType": 1}], ["malformed"]),
        ("ALL", ["malformed"]),
    ],
)
def test_few_indexes_copy_items_whole_and_no_table_projects_more_than_aws_takes(indexes, expected):
    assert judged(indexes) == expected


def test_local_indexes_count_towards_the_projected_attributes():
    assert judged([including(60)], local=[including(41)]) == ["attributes"]


def test_the_settings_say_how_many_may_and_which_tables_must_not():
    assert judged([WHOLE], mostProjectingAll=0) == ["many"]
    assert judged([WHOLE] * 4, mostProjectingAll=4) == []
    assert judged([WHOLE], wideTables=["files"]) == ["wide"]
    assert judged([KEYS, including(3)], wideTables=["files"]) == []
    assert judged([WHOLE], wideTables=["users"]) == []
    assert judged([UNKNOWN, WHOLE], wideTables=["files"]) == ["wide", CANNOT_RUN]


@pytest.mark.parametrize(
    ("projection", "expected"), [("ALL", ["wide"]), ("KEYS_ONLY", []), (UNKNOWN, [CANNOT_RUN])]
)
def test_a_standalone_index_must_not_copy_wide_items_either(projection, expected):
    inputs = {"tableName": NAME, "projection": {"projectionType": projection}}
    settings = {"wideTables": ["files"]}
    assert findings(judge_resource(RULE, GLOBAL_SECONDARY_INDEX, inputs, settings=settings)) == (
        expected
    )


def test_other_resources_are_not_judged():
    assert judged([], token=PARAMETER) == [NOT_APPLICABLE]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("preview", [True, False])
def test_one_table_of_the_project_is_advised(environment, preview):
    registrations = record_stack(environment, preview=preview).registrations
    (verdict,) = judge_registrations(registrations, environment, only=RULE)
    assert verdict.finding == "many"
    assert "OwnerStatusIndex" in verdict.message
    assert not verdict.blocks
