"""Pulumi itself refuses to delete a table."""

import pytest

from rules.framework.tokens import PARAMETER, TABLE, TABLE_REPLICA
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    CANNOT_RUN,
    NOT_APPLICABLE,
    findings,
    judge_registrations,
    judge_resource,
)
from tests.support.recording import ENVIRONMENTS, record_stack

RULE = "ddb-pulumi-protect"
FILES = {"name": "dropify-prod-files"}
STATE = {"name": "dropify-prod-oidc-state"}


@pytest.mark.parametrize(
    ("token", "inputs", "protect", "expected"),
    [
        (TABLE, FILES, True, []),
        (TABLE, FILES, False, ["table"]),
        (TABLE, {}, False, ["table"]),
        (TABLE, STATE, False, []),
        (TABLE, {"name": "dropify-dev-oidc-state"}, False, ["table"]),
        (TABLE, {"name": 7}, False, ["malformed"]),
        (TABLE_REPLICA, {}, True, []),
        (TABLE_REPLICA, STATE, False, ["replica"]),
        (PARAMETER, {}, False, [NOT_APPLICABLE]),
    ],
)
def test_a_table_and_a_standalone_replica_are_protected(token, inputs, protect, expected):
    assert findings(judge_resource(RULE, token, inputs, protect=protect)) == expected


@pytest.mark.parametrize(("protect", "expected"), [(True, []), (False, [CANNOT_RUN])])
def test_the_name_matters_only_where_protect_is_not_set(protect, expected):
    verdicts = judge_resource(RULE, TABLE, {"name": UNKNOWN, "tags": UNKNOWN}, protect=protect)
    assert findings(verdicts) == expected


def test_without_ephemeral_tables_no_name_exempts():
    assert findings(judge_resource(RULE, TABLE, STATE, settings={"ephemeralTables": []})) == [
        "table"
    ]


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_nothing_stops_the_project(environment, preview):
    program = record_stack(environment, preview=preview).registrations
    verdicts = judge_registrations(program, environment, only=RULE)
    assert [verdict for verdict in verdicts if verdict.blocks] == []


def test_the_project_keeps_it_in_prod_and_is_told_in_staging():
    staging, prod = (
        judge_registrations(record_stack(each).registrations, each, only=RULE)
        for each in ("staging", "prod")
    )
    assert prod == []
    assert set(findings(staging)) == {"table"}
