"""A replica is kept as safely as its table."""

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

RULE = "ddb-replica-parity"
KEY = "arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab"
AWS_MANAGED = "arn:aws:kms:eu-west-1:123456789012:alias/aws/dynamodb"
ALL = ["key", "protection", "recovery", "tags"]
TABLE_INPUTS = {
    "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY},
    "deletionProtectionEnabled": True,
    "pointInTimeRecovery": {"enabled": True},
    "tags": {"Environment": "prod"},
}
SAME = {
    "regionName": "eu-west-1",
    "kmsKeyArn": KEY,
    "deletionProtectionEnabled": True,
    "pointInTimeRecovery": True,
    "propagateTags": True,
}
STANDALONE = {
    "kmsKeyArn": KEY,
    "deletionProtectionEnabled": True,
    "pointInTimeRecovery": True,
    "tags": {"Environment": "prod"},
}
PLAIN_TABLE = {
    "serverSideEncryption": {"enabled": True},
    "deletionProtectionEnabled": False,
    "pointInTimeRecovery": {"enabled": False},
    "tags": {},
}


def table(*replicas, **changes):
    """Return the inputs of a table that has everything, with replicas."""
    return {**TABLE_INPUTS, "replicas": list(replicas), **changes}


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (table(), []),
        (TABLE_INPUTS, []),
        (table(SAME), []),
        (table({"regionName": "eu-west-1"}), ALL),
        (table(SAME, {}), ALL),
        (table({**SAME, "kmsKeyArn": AWS_MANAGED}), ["key"]),
        (table({**SAME, "kmsKeyArn": None}), ["key"]),
        (table({**SAME, "deletionProtectionEnabled": False}), ["protection"]),
        (table({**SAME, "pointInTimeRecovery": False}), ["recovery"]),
        (table({**SAME, "propagateTags": False}), ["tags"]),
        (table({}, tags=None, tagsAll={"Owner": "team-data"}), ALL),
        (table({}, **PLAIN_TABLE), []),
        (table({}, **{**PLAIN_TABLE, "serverSideEncryption": {"kmsKeyArn": KEY}}), []),
        (table({**SAME, "pointInTimeRecovery": {"enabled": True}}), ["malformed"]),
        (table("eu-west-1"), ["malformed"]),
    ],
)
def test_a_replica_has_what_its_table_has(inputs, expected):
    assert findings(judge_resource(RULE, TABLE, inputs)) == expected


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (STANDALONE, []),
        ({}, ALL),
        ({**STANDALONE, "kmsKeyArn": AWS_MANAGED}, ["key"]),
        ({**STANDALONE, "deletionProtectionEnabled": False}, ["protection"]),
        ({**STANDALONE, "pointInTimeRecovery": None}, ["recovery"]),
        ({**STANDALONE, "tags": {}}, ["tags"]),
        ({**STANDALONE, "tags": None, "tagsAll": {"Owner": "team-data"}}, []),
        ({**SAME, "tags": {}}, ["tags"]),
    ],
)
def test_a_standalone_replica_has_all_of_it_by_default(inputs, expected):
    assert findings(judge_resource(RULE, TABLE_REPLICA, inputs, environment=None)) == expected


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ("prod", ["protection", "recovery", "tags"]),
        ("staging", ["recovery", "tags"]),
        ("dev", ["tags"]),
        ("local", ["tags"]),
    ],
)
def test_the_settings_say_what_a_standalone_replica_needs(environment, expected):
    verdicts = judge_resource(RULE, TABLE_REPLICA, {}, environment=environment)
    assert findings(verdicts) == expected


def test_a_setting_that_names_nothing_known_is_a_violation():
    settings = {"standaloneMustHave": ["tags", "protecton"]}
    verdicts = judge_resource(RULE, TABLE_REPLICA, STANDALONE, settings=settings)
    assert findings(verdicts) == ["malformed"]


@pytest.mark.parametrize(
    ("token", "inputs", "expected"),
    [
        (TABLE, table(UNKNOWN, {}), [*ALL, CANNOT_RUN]),
        (TABLE, table(replicas=UNKNOWN), [CANNOT_RUN]),
        (TABLE, table({}, tags=UNKNOWN), [*ALL[:3], CANNOT_RUN]),
        (TABLE, table(SAME, tags=UNKNOWN, serverSideEncryption=UNKNOWN), []),
        (TABLE, table({**SAME, "kmsKeyArn": UNKNOWN, "propagateTags": None}), ["tags"]),
        (TABLE_REPLICA, {"deletionProtectionEnabled": UNKNOWN}, ["recovery", "tags", CANNOT_RUN]),
        (PARAMETER, {}, [NOT_APPLICABLE]),
    ],
)
def test_what_is_known_is_judged_before_what_is_unknown(token, inputs, expected):
    assert findings(judge_resource(RULE, token, inputs)) == expected


def test_the_message_names_the_replica():
    (verdict,) = judge_resource(RULE, TABLE, table(SAME, {**SAME, "propagateTags": False}))
    assert verdict.message.startswith("replica 1 is without tags, which its table has")


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize(
    "overrides",
    [{}, {"replicaRegions": ["eu-west-1"], "customerManagedKeyArn": KEY}],
    ids=["no replica", "replica"],
)
def test_the_project_keeps_it(environment, overrides, preview):
    program = record_stack(environment, preview=preview, **overrides).registrations
    assert judge_registrations(program, environment, only=RULE) == []
