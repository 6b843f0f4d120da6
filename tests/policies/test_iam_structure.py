"""Access policies are managed ones of roles, and list what they mean."""

import pytest

from rules.framework import tokens
from rules.framework.tokens import (
    GROUP_POLICY,
    GROUP_POLICY_ATTACHMENT,
    MANAGED_POLICY,
    PARAMETER,
    POLICY_ATTACHMENT,
    ROLE,
    ROLE_POLICY,
    ROLE_POLICY_ATTACHMENT,
    TABLE_RESOURCE_POLICY,
    USER_POLICY,
    USER_POLICY_ATTACHMENT,
)
from tablewright.recorder import UNKNOWN
from tests.support.access_documents import ACCOUNT, TABLE_ARN, document, inputs, statement
from tests.support.policy_pack import (
    CANNOT_RUN,
    NOT_APPLICABLE,
    findings,
    judge_registrations,
    judge_resource,
)
from tests.support.recording import record_stack

RULE = "iam-structure"
OWN = f"arn:aws:iam::{ACCOUNT}:policy/dropify-prod-shop-api"
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
READS = statement("dynamodb:GetItem")
ROLE_ARN = f"arn:aws:iam::{ACCOUNT}:role/shop-task"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
TO_TASKS = {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}
VIA = {"StringEquals": {"kms:ViaService": ["dynamodb.us-east-1.amazonaws.com"]}}


def judge(token, properties):
    return findings(judge_resource(RULE, token, properties))


def negated(element, **more):
    given = statement("dynamodb:GetItem", **more)
    given[f"Not{element}"] = given.pop(element)
    return given


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (READS, []),
        (negated("Action"), ["not-action"]),
        (negated("Resource"), ["not-resource"]),
        (negated("Resource", Effect="Deny"), ["not-resource"]),
        (negated("Action", Effect="Deny"), ["not-action"]),
        (negated("Principal", Principal="*"), ["not-principal"]),
    ],
)
def test_a_statement_lists_what_it_means(given, expected):
    assert judge(MANAGED_POLICY, inputs(given)) == expected


@pytest.mark.parametrize(
    ("token", "properties", "expected"),
    [
        (MANAGED_POLICY, inputs(READS), []),
        (ROLE_POLICY, inputs(READS), ["inline"]),
        (GROUP_POLICY, inputs(READS), ["inline"]),
        (USER_POLICY, inputs(READS), ["inline", "user"]),
        (tokens.PERMISSION_SET_INLINE_POLICY, {"inlinePolicy": document(READS)}, ["inline"]),
        (
            tokens.PERMISSION_SET_INLINE_POLICY,
            {"inlinePolicy": document(negated("Action"))},
            ["inline", "not-action"],
        ),
        (tokens.PERMISSION_SET_INLINE_POLICY, {"inlinePolicy": UNKNOWN}, ["inline", CANNOT_RUN]),
        (ROLE, {}, []),
        (ROLE, {"inlinePolicies": []}, []),
        (ROLE, {"inlinePolicies": [{}]}, []),
        (ROLE, {"inlinePolicies": [{"name": "a", "policy": document(READS)}]}, ["inline"]),
        (ROLE_POLICY_ATTACHMENT, {"role": "api", "policyArn": OWN}, []),
        (GROUP_POLICY_ATTACHMENT, {"group": "ops", "policyArn": OWN}, []),
        (USER_POLICY_ATTACHMENT, {"user": "ann", "policyArn": OWN}, ["user"]),
        (POLICY_ATTACHMENT, {"roles": ["api"], "policyArn": OWN}, []),
        (POLICY_ATTACHMENT, {"roles": ["api"], "users": [], "policyArn": OWN}, []),
        (POLICY_ATTACHMENT, {"users": ["ann"], "policyArn": OWN}, ["user"]),
        (POLICY_ATTACHMENT, {"users": [UNKNOWN], "policyArn": OWN}, ["user"]),
        (tokens.USER_POLICY_ATTACHMENTS_EXCLUSIVE, {"policyArns": [OWN]}, ["user"]),
        (tokens.ROLE_POLICY_ATTACHMENTS_EXCLUSIVE, {"policyArns": [OWN]}, []),
        (PARAMETER, {}, [NOT_APPLICABLE]),
    ],
)
def test_access_policies_are_managed_and_attached_to_roles(token, properties, expected):
    assert judge(token, properties) == expected


@pytest.mark.parametrize(
    ("token", "properties"),
    [
        (ROLE_POLICY_ATTACHMENT, {"policyArn": ADMIN}),
        (ROLE_POLICY_ATTACHMENT, {"policyArn": ADMIN.replace("arn:aws:", "arn:aws-cn:")}),
        (GROUP_POLICY_ATTACHMENT, {"policyArn": ADMIN}),
        (POLICY_ATTACHMENT, {"policyArn": ADMIN}),
        (ROLE, {"managedPolicyArns": [OWN, UNKNOWN, ADMIN]}),
        (tokens.ROLE_POLICY_ATTACHMENTS_EXCLUSIVE, {"policyArns": [UNKNOWN, ADMIN]}),
        (tokens.PERMISSION_SET_MANAGED_POLICY, {"managedPolicyArn": ADMIN}),
        (tokens.PERMISSION_SET_MANAGED_POLICY, {"managedPolicyArn": UNKNOWN}),
        (tokens.PERMISSION_SET_MANAGED_POLICIES_EXCLUSIVE, {"managedPolicyArns": [ADMIN]}),
        (tokens.GROUP_POLICY_ATTACHMENTS_EXCLUSIVE, {"policyArns": [ADMIN]}),
    ],
)
def test_an_aws_managed_policy_is_not_attached(token, properties):
    assert judge(token, properties) == ["aws-managed"]


def test_an_arn_that_is_yet_unknown_is_one_of_the_stack():
    assert judge(ROLE_POLICY_ATTACHMENT, {"role": "api", "policyArn": UNKNOWN}) == []
    assert judge(ROLE, {"managedPolicyArns": [UNKNOWN]}) == []


@pytest.mark.parametrize(
    ("resource", "condition", "expected"),
    [
        (ROLE_ARN, TO_TASKS, []),
        ("*", TO_TASKS, ["pass-role"]),
        (f"arn:aws:iam::{ACCOUNT}:role/shop-*", TO_TASKS, ["pass-role"]),
        ([ROLE_ARN, f"arn:aws:iam::{ACCOUNT}:role/${{aws:username}}"], TO_TASKS, ["pass-role"]),
        (ROLE_ARN, {}, ["pass-role-service"]),
        (ROLE_ARN, {"StringLike": {"iam:PassedToService": "*"}}, ["pass-role-service"]),
        ([ROLE_ARN, "arn:aws:s3:::bucket/*"], TO_TASKS, []),
        ("arn:aws:s3:::bucket/*", {}, []),
        (
            ROLE_ARN,
            {"StringEqualsIfExists": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}},
            ["pass-role-service"],
        ),
        (
            ROLE_ARN,
            {"ForAllValues:StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}},
            ["pass-role-service"],
        ),
    ],
)
@pytest.mark.parametrize("action", ["iam:PassRole", "IAM:passrole", "iam:Pass*"])
def test_a_role_is_passed_by_name_and_to_a_named_service(action, resource, condition, expected):
    given = statement(action, resource, Condition=condition)
    assert judge(MANAGED_POLICY, inputs(given)) == expected


@pytest.mark.parametrize(
    ("resource", "condition", "expected"),
    [
        (KEY, VIA, []),
        (KEY, {"StringLike": {"KMS:VIASERVICE": "dynamodb.*.amazonaws.com"}}, []),
        (KEY, {}, ["kms-via-service"]),
        (KEY, {"StringLike": {"kms:ViaService": "*.amazonaws.com"}}, ["kms-via-service"]),
        (KEY, {"StringNotEquals": {"kms:ViaService": "s3"}}, ["kms-via-service"]),
        (KEY, {"StringEquals": {"kms:ViaService": "${kms:ViaService}"}}, ["kms-via-service"]),
        ("*", VIA, ["kms-key"]),
        (KEY.replace("key/", "alias/"), VIA, ["kms-key"]),
        (f"arn:aws:kms:us-east-1:{ACCOUNT}:key/*", VIA, ["kms-key"]),
        ([KEY, "arn:aws:kms:*"], VIA, ["kms-key"]),
        ("*", {}, ["kms-key", "kms-via-service"]),
        ([KEY, TABLE_ARN], VIA, []),
        (TABLE_ARN, {}, []),
    ],
)
@pytest.mark.parametrize("action", ["kms:Decrypt", "kms:CreateGrant", "KMS:generatedatakey*"])
def test_a_key_is_used_by_its_arn_and_through_a_service(action, resource, condition, expected):
    given = statement([action, "dynamodb:GetItem"], resource, Condition=condition)
    assert judge(MANAGED_POLICY, inputs(given)) == expected


def test_reading_about_keys_and_denying_their_use_is_no_use():
    describes = statement("kms:DescribeKey", "*")
    denies = statement(["kms:*", "iam:*"], "*", Effect="Deny")
    assert judge(MANAGED_POLICY, inputs(describes, denies)) == []


def test_policies_of_tables_list_whom_they_mean():
    given = {"policy": document(negated("Principal", Principal={"AWS": ROLE_ARN}))}
    assert judge(TABLE_RESOURCE_POLICY, given) == ["not-principal"]


@pytest.mark.parametrize(
    ("token", "properties", "expected"),
    [
        (MANAGED_POLICY, {"policy": UNKNOWN}, [CANNOT_RUN]),
        (ROLE_POLICY, {"policy": UNKNOWN}, ["inline", CANNOT_RUN]),
        (
            ROLE,
            {"inlinePolicies": UNKNOWN, "managedPolicyArns": [ADMIN]},
            ["aws-managed", CANNOT_RUN],
        ),
        (ROLE, {"managedPolicyArns": UNKNOWN}, [CANNOT_RUN]),
        (
            ROLE,
            {"assumeRolePolicy": UNKNOWN, "managedPolicyArns": [ADMIN]},
            ["aws-managed", CANNOT_RUN],
        ),
        (POLICY_ATTACHMENT, {"users": UNKNOWN, "policyArn": ADMIN}, ["aws-managed", CANNOT_RUN]),
        (ROLE_POLICY_ATTACHMENT, {"role": UNKNOWN, "policyArn": OWN}, []),
        (ROLE_POLICY_ATTACHMENT, {"policyArn": 1}, ["malformed"]),
        (MANAGED_POLICY, {"policy": "{", "tags": UNKNOWN}, ["malformed"]),
    ],
)
def test_what_is_known_is_judged_before_what_is_unknown(token, properties, expected):
    assert judge(token, properties) == expected


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ["local", "dev", "staging", "prod"])
def test_the_program_has_no_finding(environment, preview):
    registrations = record_stack(environment, preview=preview).registrations
    assert judge_registrations(registrations, environment, only=RULE) == []
