"""No access policy grants everything on everything."""

import pytest

from tests.support.recording import ENVIRONMENTS
from tests.support.statements import FILES, found, found_in_program, statement

RULE = "iam-no-admin"
MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


@pytest.mark.parametrize(
    "action", ["*", ["*"], "**", "*:*", "?*", ["dynamodb:GetItem", "*"], "*:*e*"]
)
@pytest.mark.parametrize(
    "resource", ["*", ["*"], [FILES, "*"], "**", "arn:*", "arn:aws:*", "arn:*:*:*:*:*", "?*", "*:*"]
)
def test_everything_on_everything_is_found_however_it_is_spelled(action, resource):
    assert found(RULE, statement(action, resource)) == ["admin"]
    assert found(RULE, statement(action, resource, Condition=MFA)) == ["admin"]


@pytest.mark.parametrize(
    "good",
    [
        statement("dynamodb:GetItem"),
        statement("dynamodb:*", "*"),
        statement("*", FILES),
        statement("*", "arn:aws:dynamodb:*"),
        {**statement("*", "*"), "Effect": "Deny"},
        {"Effect": "Deny", "NotAction": "dynamodb:*", "Resource": "*"},
        {"Effect": "Allow", "NotAction": "dynamodb:DeleteTable", "Resource": FILES},
        {"Effect": "Allow", "Action": "dynamodb:GetItem", "NotResource": FILES},
    ],
)
def test_what_is_held_to_a_service_is_for_other_rules(good):
    assert found(RULE, good) == []


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ({"NotAction": "iam:PassRole", "Resource": "*"}, "not-action"),
        ({"NotAction": "iam:PassRole", "Resource": "arn:*"}, "not-action"),
        ({"NotAction": "iam:PassRole", "NotResource": FILES}, "not-action"),
        ({"Action": "*", "NotResource": FILES}, "not-resource"),
    ],
)
def test_everything_but_a_little_is_everything(element, expected):
    assert found(RULE, {"Effect": "Allow", **element}) == [expected]


def test_each_statement_is_judged():
    two = (statement("*", "*"), statement("dynamodb:GetItem"), statement("*", "*"))
    assert found(RULE, *two) == ["admin", "admin"]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("preview", [True, False])
def test_the_program_grants_no_such_thing(environment, preview):
    assert found_in_program(RULE, environment, preview=preview) == []
