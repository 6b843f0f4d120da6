"""Every table can be restored to a point in time."""

import pytest

from rules.framework.tokens import PARAMETER, TABLE, TABLE_REPLICA
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    CANNOT_RUN,
    NOT_APPLICABLE,
    findings,
    judge_resource,
    remediated,
)

RULE = "ddb-pitr-enabled"
ON = {"name": "dropify-prod-files", "pointInTimeRecovery": {"enabled": True}}
OFF = {"name": "dropify-prod-files", "pointInTimeRecovery": {"enabled": False}}
MISSING = {"name": "dropify-prod-files"}


@pytest.mark.parametrize(
    ("token", "inputs", "expected"),
    [
        (TABLE, ON, []),
        (TABLE, OFF, ["table"]),
        (TABLE, MISSING, ["table"]),
        (TABLE, {"name": "dropify-prod-oidc-state"}, []),
        (TABLE, {"name": "dropify-dev-oidc-state"}, ["table"]),
        (TABLE, {**ON, "replicas": [{"pointInTimeRecovery": True}]}, []),
        (TABLE, {**ON, "replicas": [{"regionName": "eu-west-1"}]}, ["replica"]),
        (TABLE_REPLICA, {"pointInTimeRecovery": True}, []),
        (TABLE_REPLICA, {}, ["replica"]),
        (PARAMETER, {}, [NOT_APPLICABLE]),
    ],
)
def test_point_in_time_recovery_is_on_for_a_table_and_its_replicas(token, inputs, expected):
    assert findings(judge_resource(RULE, token, inputs)) == expected


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({**MISSING, "pointInTimeRecovery": UNKNOWN}, [CANNOT_RUN]),
        ({**OFF, "replicas": [UNKNOWN, {}]}, ["table", "replica", CANNOT_RUN]),
        ({**OFF, "replicas": UNKNOWN}, ["table", CANNOT_RUN]),
        ({**MISSING, "pointInTimeRecovery": {"enabled": UNKNOWN}, "tags": UNKNOWN}, [CANNOT_RUN]),
        ({**ON, "tags": UNKNOWN, "hashKey": UNKNOWN}, []),
    ],
)
def test_what_is_known_is_judged_before_what_is_unknown(inputs, expected):
    assert findings(judge_resource(RULE, TABLE, inputs)) == expected


def test_a_remediation_turns_it_on_where_nothing_was_said():
    assert remediated(RULE, TABLE, MISSING)["pointInTimeRecovery"] == {"enabled": True}
    kept = {**MISSING, "pointInTimeRecovery": {"recoveryPeriodInDays": 7}}
    assert remediated(RULE, TABLE, kept)["pointInTimeRecovery"] == {
        "enabled": True,
        "recoveryPeriodInDays": 7.0,
    }
    assert remediated(RULE, TABLE_REPLICA, {})["pointInTimeRecovery"] is True


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_a_remediation_leaves_alone_what_was_decided_and_changes_nothing_in_prod(environment):
    inputs = OFF if environment == "staging" else MISSING
    assert remediated(RULE, TABLE, inputs, environment=environment) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dropify-prod-oidc-state", []),
        ("payments-prod-ledger-prod-oidc-state", ["table"]),
        ("dropify-prod-ledger-oidc-state", ["table"]),
        ("oidc-state", ["table"]),
    ],
)
def test_a_table_is_ephemeral_by_all_that_follows_its_environment(name, expected):
    settings = {"ephemeralTables": ["oidc-state"]}
    assert findings(judge_resource(RULE, TABLE, {"name": name}, settings=settings)) == expected
