"""What a statement says can apply: its actions, their resources, their condition keys."""

import pytest

from rules.framework.tokens import MANAGED_POLICY
from tests.support.policy_pack import judge_resource
from tests.support.recording import ENVIRONMENTS
from tests.support.statements import (
    AT,
    FILES,
    INDEX,
    PARAMETER_ARN,
    STREAM,
    document,
    found,
    found_in_program,
    statement,
)

RULE = "iam-action-fits-resource"
KEY = "arn:aws:kms:us-east-1:123456789012:key/0aab8a51-1f9d-4f9e-8a37-6e3ed5b7e39d"
BUCKET = "arn:aws:s3:::dropify-prod-files"


@pytest.mark.parametrize("effect", ["Allow", "Deny"])
@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        ("dynamodb:GetItem", FILES, []),
        ("DynamoDB:getITEM", FILES, []),
        (["dynamodb:Query", "dynamodb:Scan"], [FILES, INDEX], []),
        ("dynamodb:Query", f"{FILES}/index/*", []),
        ("dynamodb:GetItem", "*", []),
        ("dynamodb:GetItem", f"{AT}:table/dropify-*", []),
        ("dynamodb:GetRecords", STREAM, []),
        ("dynamodb:ListStreams", "*", []),
        ("ssm:GetParameter", PARAMETER_ARN, []),
        (["kms:Decrypt", "dynamodb:GetItem"], [KEY, FILES], []),
        (["s3:GetObject", "dynamodb:GetItem"], [BUCKET, FILES], []),
        ("s3:GetObject", FILES, []),
        ("dynamodb:*", [FILES, INDEX, STREAM], []),
        ("dynamodb:Get*", [FILES, STREAM], []),
        ("*", BUCKET, []),
        ("dynamodb:GetItem", INDEX, ["wrong-resource"]),
        (["dynamodb:GetItem", "dynamodb:Query"], INDEX, ["wrong-resource"]),
        ("DYNAMODB:GetItem", INDEX, ["wrong-resource"]),
        (["dynamodb:GetItem", "dynamodb:Query"], [FILES, INDEX], ["wrong-resource"]),
        (["dynamodb:GetItem", "dynamodb:PutItem"], [FILES, INDEX], ["wrong-resource"]),
        ("dynamodb:Query", STREAM, ["wrong-resource"]),
        ("dynamodb:Query", f"{FILES}/stream/2026-01-01T00:00:00.000", ["wrong-resource"]),
        ("dynamodb:GetRecords", FILES, ["wrong-resource"]),
        ("dynamodb:ListStreams", STREAM, ["wrong-resource"]),
        (["dynamodb:ListTables", "dynamodb:GetItem"], ["*", FILES], ["wrong-resource"]),
        ("dynamodb:PartiQLInsert", INDEX, ["wrong-resource"]),
        ("dynamodb:GetItem", f"{FILES}/index/*", ["wrong-resource"]),
        ("ssm:GetParameter", "arn:aws:ssm:us-east-1:1:document/x", ["wrong-resource"]),
        ("dynamodb:GetItem", [FILES, BUCKET], ["idle-resource"]),
        ("dynamodb:GetItem", "dropify-prod-files", ["idle-resource"]),
        ("dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:table/x", ["idle-resource"]),
        ("dynamodb:GetItem", PARAMETER_ARN, ["idle-resource"]),
        ("dynamodb:Get*", INDEX, ["idle-resource"]),
        (["dynamodb:GetItem", "ssm:GetParameter"], FILES, ["idle-action"]),
        (["s3:GetObject", "dynamodb:GetItem"], BUCKET, ["idle-action"]),
        (["kms:Decrypt", "dynamodb:ListTables"], KEY, ["idle-action"]),
        ("dynamodb:Unheard", FILES, ["unknown-action"]),
        ("dynamodb: GetItem", FILES, ["unknown-action"]),
        ("dynamodb:Gett*", FILES, ["unknown-action"]),
        ("dynamodb:", FILES, ["unknown-action"]),
        ("GetItem", FILES, ["unknown-action"]),
        ("", FILES, ["unknown-action"]),
        (["ssm:GetParameterz", "dynamodb:GetItem"], FILES, ["unknown-action"]),
    ],
)
def test_actions_exist_and_accept_their_resources(effect, action, resource, expected):
    assert found(RULE, {**statement(action, resource), "Effect": effect}) == expected


def test_not_action_and_not_resource_name_existing_actions():
    assert found(RULE, {"Effect": "Deny", "NotAction": "dynamodb:Get*", "Resource": "*"}) == []
    unheard = {"Effect": "Deny", "NotAction": "dynamodb:Unheard", "Resource": FILES}
    assert found(RULE, unheard) == ["unknown-action"]
    rest = {"Effect": "Allow", "Action": "dynamodb:GetItem", "NotResource": INDEX}
    assert found(RULE, rest) == []


def condition(key, operator="StringEquals"):
    return {"Condition": {operator: {key: "x"}}}


@pytest.mark.parametrize(
    ("action", "key", "expected"),
    [
        ("dynamodb:GetItem", "dynamodb:LeadingKeys", []),
        ("dynamodb:GetItem", "DynamoDB:leadingKEYS", []),
        ("dynamodb:Query", "dynamodb:FirstPartitionKeyValues", []),
        ("dynamodb:GetItem", "aws:PrincipalTag/team", []),
        ("dynamodb:GetItem", "AWS:SourceVpce", []),
        ("dynamodb:GetItem", "lambda:SourceFunctionArn", []),
        ("dynamodb:GetItem", "cognito-identity.amazonaws.com:sub", []),
        ("dynamodb:Query", "dynamodb:Select", []),
        ("s3:GetObject", "dynamodb:LeadingKeys", []),
        ("dynamodb:Scan", "dynamodb:LeadingKeys", ["condition-key"]),
        ("dynamodb:DescribeTable", "dynamodb:LeadingKeys", ["condition-key"]),
        (["dynamodb:GetItem", "dynamodb:Scan"], "dynamodb:LeadingKeys", ["condition-key"]),
        ("dynamodb:GetItem", "dynamodb:LeadingKey", ["condition-key"]),
        ("dynamodb:GetItem", "kms:ViaService", ["condition-key"]),
        ("dynamodb:GetItem", "LeadingKeys", ["condition-key"]),
    ],
)
def test_a_condition_key_must_be_one_that_the_actions_carry(action, key, expected):
    assert found(RULE, statement(action, FILES, **condition(key))) == expected


def test_a_key_of_two_conditions_is_told_once():
    key = "dynamodb:LeadingKeys"
    guarded = {"ForAllValues:StringEquals": {key: "a"}, "Null": {key: "false"}}
    assert found(RULE, statement("dynamodb:Scan", FILES, Condition=guarded)) == ["condition-key"]


def test_keys_of_other_services_apply_to_their_actions():
    decrypt = statement("kms:Decrypt", KEY, **condition("kms:ViaService"))
    assert found(RULE, decrypt) == []
    context = condition("kms:EncryptionContext:aws:dynamodb:tableName")
    assert found(RULE, statement("kms:Decrypt", KEY, **context)) == []


def test_a_denial_may_ask_whether_a_key_is_lacking():
    scan = statement("dynamodb:Scan", **condition("dynamodb:LeadingKeys", "Null"))
    assert found(RULE, scan) == ["condition-key"]
    assert found(RULE, {**scan, "Effect": "Deny"}) == []


def test_a_setting_refuses_services_that_the_table_does_not_hold():
    settings = {"knownServicesOnly": True}
    other = statement(["s3:GetObject", "s3:Get*"], BUCKET)
    assert found(RULE, other) == []
    assert found(RULE, other, settings=settings) == ["unknown-service", "unknown-service"]
    assert found(RULE, statement("*", "*"), settings=settings) == []
    assert found(RULE, statement("dynamodb:GetItem"), settings=settings) == []


def test_a_message_names_what_does_not_fit_and_what_would():
    inputs = {"policy": document(statement(["dynamodb:GetItem", "dynamodb:PutItem"], INDEX))}
    [verdict] = judge_resource(RULE, MANAGED_POLICY, inputs)
    assert verdict.message == (
        f"policy: statement 1 puts dynamodb:GetItem, dynamodb:PutItem on {INDEX!r}, without "
        "effect: dynamodb:GetItem accepts table; give each resource type its own statement"
    )


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("preview", [True, False])
def test_the_statements_of_the_program_fit(environment, preview):
    assert found_in_program(RULE, environment, preview=preview) == []
