"""Point-in-time recovery reaches back far enough."""

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

RULE = "ddb-pitr-window"


def table(days=None, *, enabled=True, name="dropify-prod-files"):
    """Return the inputs of a table with a window."""
    window = {} if days is None else {"recoveryPeriodInDays": days}
    return {"name": name, "pointInTimeRecovery": {"enabled": enabled, **window}}


@pytest.mark.parametrize(
    ("token", "inputs", "expected"),
    [
        (TABLE, table(35), []),
        (TABLE, table(34), ["window"]),
        (TABLE, table(0), ["window"]),
        (TABLE, table(-1), ["window"]),
        (TABLE, table(float("nan")), ["malformed"]),
        (TABLE, table("35"), ["malformed"]),
        (TABLE, table(7, name="dropify-prod-oidc-state"), []),
        (TABLE, table(7, name="dropify-dev-oidc-state"), ["window"]),
        (TABLE_REPLICA, {}, [NOT_APPLICABLE]),
        (PARAMETER, {}, [NOT_APPLICABLE]),
    ],
)
def test_the_window_is_at_least_the_minimum(token, inputs, expected):
    assert findings(judge_resource(RULE, token, inputs)) == expected


def test_a_window_that_is_not_given_is_the_longest():
    assert judge_resource(RULE, TABLE, table()) == []


@pytest.mark.parametrize(
    "inputs", [{"name": "dropify-prod-files"}, table(7, enabled=False), table(enabled=False)]
)
def test_recovery_that_is_off_is_another_rules_matter(inputs):
    assert judge_resource(RULE, TABLE, inputs) == []


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({**table(), "pointInTimeRecovery": UNKNOWN}, [CANNOT_RUN]),
        (table(UNKNOWN), [CANNOT_RUN]),
        (table(7, enabled=UNKNOWN), [CANNOT_RUN]),
        (table(35, enabled=UNKNOWN), []),
        ({**table(7), "tags": UNKNOWN, "replicas": UNKNOWN}, ["window"]),
    ],
)
def test_only_what_decides_must_be_known(inputs, expected):
    assert findings(judge_resource(RULE, TABLE, inputs)) == expected


@pytest.mark.parametrize(
    ("environment", "settings", "expected"),
    [
        ("prod", {}, ["window"]),
        ("staging", {}, []),
        ("staging", {"minDays": 8}, ["window"]),
        (None, {}, ["window"]),
    ],
)
def test_the_minimum_is_a_setting(environment, settings, expected):
    verdicts = judge_resource(RULE, TABLE, table(7), environment=environment, settings=settings)
    assert findings(verdicts) == expected


def test_the_message_names_the_window_and_the_minimum():
    (verdict,) = judge_resource(RULE, TABLE, table(7))
    assert "recoveryPeriodInDays is 7, under the minimum of 35" in verdict.message


def test_a_remediation_writes_the_longest_window_where_none_was_given():
    assert remediated(RULE, TABLE, table())["pointInTimeRecovery"] == {
        "enabled": True,
        "recoveryPeriodInDays": 35,
    }


@pytest.mark.parametrize(
    ("environment", "inputs"),
    [
        ("prod", table()),
        ("staging", table(1)),
        ("staging", table(enabled=False)),
        ("staging", table(name="dropify-staging-oidc-state")),
    ],
)
def test_a_remediation_changes_no_decision_and_nothing_in_prod(environment, inputs):
    assert remediated(RULE, TABLE, inputs, environment=environment) is None


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_project_keeps_it(environment, preview):
    program = record_stack(environment, preview=preview).registrations
    assert judge_registrations(program, environment, only=RULE) == []


def test_a_shorter_window_in_the_projects_prod_is_found():
    program = record_stack(
        "prod", pointInTimeRecoveryDays=7, weakeningReason="Tried in a test of the rules."
    )
    verdicts = judge_registrations(program.registrations, "prod", only=RULE)
    assert set(findings(verdicts)) == {"window"}
    assert all(verdict.blocks for verdict in verdicts)
