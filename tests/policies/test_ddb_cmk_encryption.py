"""Tables are encrypted with a key that the customer controls."""

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

RULE = "ddb-cmk-encryption"
KEY = "arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab"
AWS_MANAGED = "arn:aws:kms:us-east-1:123456789012:alias/aws/dynamodb"
WITH_SETTING = {"keyArn": KEY}


def table(**encryption):
    """Return the inputs of a table with an encryption section."""
    return {"name": "dropify-prod-files", "serverSideEncryption": encryption}


@pytest.mark.parametrize(
    ("token", "inputs", "expected"),
    [
        (TABLE, table(enabled=True, kmsKeyArn=KEY), []),
        (TABLE, {"name": "dropify-prod-files"}, ["aws-owned-key"]),
        (TABLE, {"serverSideEncryption": None}, ["aws-owned-key"]),
        (TABLE, table(enabled=False), ["aws-owned-key"]),
        (TABLE, table(enabled=False, kmsKeyArn=KEY), ["aws-owned-key"]),
        (TABLE, table(enabled=True), ["aws-managed-key"]),
        (TABLE, table(enabled=True, kmsKeyArn=""), ["aws-managed-key"]),
        (TABLE, table(enabled=True, kmsKeyArn=None), ["aws-managed-key"]),
        (TABLE, table(enabled=True, kmsKeyArn=AWS_MANAGED), ["aws-managed-key"]),
        (TABLE, table(enabled=True, kmsKeyArn=[KEY]), ["malformed"]),
        (TABLE, {"serverSideEncryption": KEY}, ["malformed"]),
        (TABLE_REPLICA, {}, [NOT_APPLICABLE]),
        (PARAMETER, {}, [NOT_APPLICABLE]),
    ],
)
def test_a_table_has_a_customer_managed_key(token, inputs, expected):
    assert findings(judge_resource(RULE, token, inputs)) == expected


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"serverSideEncryption": UNKNOWN}, [CANNOT_RUN]),
        (table(enabled=True, kmsKeyArn=UNKNOWN), []),  # the key of a resource
        (table(enabled=False, kmsKeyArn=UNKNOWN), ["aws-owned-key"]),
        ({**table(enabled=True), "name": UNKNOWN, "tags": UNKNOWN}, ["aws-managed-key"]),
    ],
)
def test_only_what_decides_must_be_known(inputs, expected):
    assert findings(judge_resource(RULE, TABLE, inputs)) == expected


@pytest.mark.parametrize("inputs", [{}, table(), table(enabled=True)])
def test_a_remediation_adds_the_key_of_the_settings(inputs):
    after = remediated(RULE, TABLE, inputs, settings=WITH_SETTING)
    assert after["serverSideEncryption"] == {"enabled": True, "kmsKeyArn": KEY}


@pytest.mark.parametrize(
    ("environment", "inputs", "settings"),
    [
        ("staging", {}, {}),
        ("prod", {}, WITH_SETTING),
        ("staging", table(enabled=False), WITH_SETTING),
        ("staging", table(enabled=True, kmsKeyArn=AWS_MANAGED), WITH_SETTING),
        ("staging", {"replicas": [{"regionName": "eu-west-1"}]}, WITH_SETTING),
    ],
    ids=["no key set", "prod", "refused", "another key", "replicas"],
)
def test_a_remediation_changes_no_decision_and_nothing_in_prod(environment, inputs, settings):
    after = remediated(RULE, TABLE, inputs, environment=environment, settings=settings)
    assert after is None


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_project_is_told_and_not_stopped(environment, preview):
    program = record_stack(environment, preview=preview).registrations
    verdicts = judge_registrations(program, environment, only=RULE)
    expected = {"aws-managed-key"} if environment in {"staging", "prod"} else set()
    assert set(findings(verdicts)) == expected
    assert not any(verdict.blocks for verdict in verdicts)


def test_the_project_keeps_it_with_a_key_of_its_own():
    program = record_stack("prod", customerManagedKeyArn=KEY).registrations
    assert judge_registrations(program, "prod", only=RULE) == []
