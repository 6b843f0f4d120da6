"""Access policies name every action that they grant."""

import pytest

from rules.framework.tokens import MANAGED_POLICY
from tests.support.policy_pack import judge_resource
from tests.support.recording import ENVIRONMENTS
from tests.support.statements import document, found, found_in_program, statement

RULE = "iam-no-wildcard-action"


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("dynamodb:GetItem", []),
        (["dynamodb:GetItem", "DYNAMODB:QUERY"], []),
        ("*", ["every-service"]),
        ("*:*", ["every-service"]),
        ("dyn*:GetItem", ["every-service"]),
        ("dynamodb:*", ["every-action"]),
        ("DynamoDB:**", ["every-action"]),
        ("dynamodb:?*", ["every-action"]),
        ("dynamodb:Get*", ["some-actions"]),
        ("dynamodb:Batch*", ["some-actions"]),
        ("dynamodb:?etItem", ["some-actions"]),
        ("dynamodb:*Item", ["some-actions"]),
        (["dynamodb:GetItem", "dynamodb:*", "s3:Get*"], ["every-action", "some-actions"]),
    ],
)
def test_a_wildcard_in_an_action_is_found(action, expected):
    assert found(RULE, statement(action)) == expected


def test_to_deny_more_is_safe():
    assert found(RULE, {**statement("dynamodb:*"), "Effect": "Deny"}) == []


@pytest.mark.parametrize(
    ("action", "extent"),
    [
        ("dynamodb:BatchG*", "which is 1 of today's actions (dynamodb:BatchGetItem), and"),
        ("dynamodb:*", "which is 78 of today's actions (dynamodb:AssociateTableReplica, "),
        ("s3:Get*", "which is whatever has such a name, and"),
        ("ec2:Describe*", "which is whatever has such a name, and"),
    ],
)
def test_a_message_says_how_much_is_granted(action, extent):
    inputs = {"policy": document(statement(action))}
    [verdict] = judge_resource(RULE, MANAGED_POLICY, inputs)
    assert f"allows {action!r}, {extent}" in verdict.message


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("preview", [True, False])
def test_the_program_names_its_actions(environment, preview):
    assert found_in_program(RULE, environment, preview=preview) == []
