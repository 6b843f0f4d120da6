"""No table is deleted by one call."""

import pytest

from rules.framework.tokens import PARAMETER, TABLE, TABLE_REPLICA
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    CANNOT_RUN,
    NOT_APPLICABLE,
    findings,
    judge_registrations,
    judge_resource,
    remediated,
)
from tests.support.recording import ENVIRONMENTS, record_stack

RULE = "ddb-deletion-protection"
ON = {"name": "dropify-prod-files", "deletionProtectionEnabled": True}
OFF = {"name": "dropify-prod-files", "deletionProtectionEnabled": False}
MISSING = {"name": "dropify-prod-files"}


@pytest.mark.parametrize(
    ("token", "inputs", "expected"),
    [
        (TABLE, ON, []),
        (TABLE, OFF, ["table"]),
        (TABLE, MISSING, ["table"]),
        (TABLE, {**MISSING, "deletionProtectionEnabled": None}, ["table"]),
        (TABLE, {**MISSING, "deletionProtectionEnabled": "true"}, ["malformed"]),
        (TABLE, {"name": "dropify-prod-oidc-state"}, []),
        (TABLE, {"name": "dropify-dev-oidc-state"}, ["table"]),
        (TABLE, {"name": "oidc-state"}, ["table"]),
        (TABLE, {**ON, "replicas": [{"deletionProtectionEnabled": True}]}, []),
        (TABLE, {**ON, "replicas": [{}, {"deletionProtectionEnabled": False}]}, ["replica"] * 2),
        (TABLE_REPLICA, {"deletionProtectionEnabled": True}, []),
        (TABLE_REPLICA, {}, ["replica"]),
        (PARAMETER, {}, [NOT_APPLICABLE]),
    ],
)
def test_deletion_protection_is_on_for_a_table_and_its_replicas(token, inputs, expected):
    assert findings(judge_resource(RULE, token, inputs)) == expected


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({**MISSING, "deletionProtectionEnabled": UNKNOWN}, [CANNOT_RUN]),
        ({**OFF, "replicas": [UNKNOWN, {}]}, ["table", "replica", CANNOT_RUN]),
        ({**OFF, "replicas": UNKNOWN}, ["table", CANNOT_RUN]),
        ({**OFF, "replicas": "eu-west-1"}, ["table", "malformed"]),
        ({**ON, "tags": UNKNOWN, "hashKey": UNKNOWN}, []),
    ],
)
def test_what_is_known_is_judged_before_what_is_unknown(inputs, expected):
    assert findings(judge_resource(RULE, TABLE, inputs)) == expected


@pytest.mark.parametrize("token", [TABLE, TABLE_REPLICA])
def test_a_remediation_turns_it_on_where_nothing_was_said(token):
    assert remediated(RULE, token, MISSING) == {**MISSING, "deletionProtectionEnabled": True}


@pytest.mark.parametrize(
    ("environment", "inputs"),
    [("prod", MISSING), ("staging", OFF), ("staging", {"name": "dropify-staging-oidc-state"})],
)
def test_a_remediation_changes_no_decision_and_nothing_in_prod(environment, inputs):
    assert remediated(RULE, TABLE, inputs, environment=environment) is None


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
    assert not any("oidc-state" in str(verdict.urn) for verdict in staging)
