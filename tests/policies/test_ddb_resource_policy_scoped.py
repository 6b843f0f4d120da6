"""A table's own policy lets in principals of known accounts alone."""

import json

import pytest

from rules.framework.tokens import MANAGED_POLICY, TABLE_RESOURCE_POLICY
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    CANNOT_RUN,
    NOT_APPLICABLE,
    findings,
    judge_resource,
)
from tests.support.recording import record_stack

RULE = "ddb-resource-policy-scoped"
OWN, PARTNER, STRANGER = "123456789012", "222222222222", "999999999999"
ARN = f"arn:aws:dynamodb:us-east-1:{OWN}:table/dropify-prod-files"
ANYBODY = {"AWS": "*"}
TRUSTED = {"trustedAccounts": [PARTNER], "trustedOrganizations": ["o-1234567890"]}


def role(account):
    return f"arn:aws:iam::{account}:role/reader"


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(principal, condition=None, **elements):
    statement = {"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": ARN, **elements}
    if principal is not None:
        statement["Principal"] = principal
    return {**statement, "Condition": condition} if condition else statement


def judge(policy, *, arn=ARN, settings=TRUSTED):
    inputs = {"resourceArn": arn, "policy": policy}
    return findings(judge_resource(RULE, TABLE_RESOURCE_POLICY, inputs, settings=settings))


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ({"AWS": role(OWN)}, []),
        ({"AWS": OWN}, []),
        ({"AWS": f"arn:aws:iam::{OWN}:root"}, []),
        ({"AWS": f"arn:aws:sts::{OWN}:assumed-role/reader/session"}, []),
        ({"AWS": [role(OWN), role(PARTNER), PARTNER]}, []),
        ("*", ["wildcard"]),
        (ANYBODY, ["wildcard"]),
        ({"AWS": ["*"]}, ["wildcard"]),
        ({"AWS": [role(OWN), "*"]}, ["wildcard"]),
        ({"AWS": "arn:aws:iam::*:root"}, ["wildcard"]),
        ({"AWS": f"arn:aws:iam::{OWN}:role/*"}, ["wildcard"]),
        ({"AWS": "arn:aws:iam::12345678901?:root"}, ["wildcard"]),
        ({"AWS": role(STRANGER)}, ["foreign-account"]),
        ({"AWS": STRANGER}, ["foreign-account"]),
        ({"AWS": f"arn:aws:iam::{STRANGER}:root"}, ["foreign-account"]),
        ({"AWS": [role(STRANGER), role(OWN), "*"]}, ["foreign-account", "wildcard"]),
        ({"AWS": "AROAEXAMPLEEXAMPLEEX"}, ["unclear"]),
        ({"AWS": f"arn:aws:s3::{OWN}:role/reader"}, ["unclear"]),
        ({"Federated": "cognito-identity.amazonaws.com"}, ["other-kind"]),
        ({"CanonicalUser": "79a59df900b949e55d96a1e698fbaced"}, ["other-kind"]),
        ({"aws": "*"}, ["other-kind"]),
        ({"Service": "glue.amazonaws.com"}, ["service"]),
        ({"AWS": role(OWN), "Service": "glue.amazonaws.com"}, ["service"]),
    ],
)
def test_only_principals_of_known_accounts_are_let_in(principal, expected):
    assert judge(document(allow(principal))) == expected


def test_not_principal_lets_in_everybody_else():
    statement = allow(None, NotPrincipal={"AWS": role(STRANGER)})
    assert judge(document(statement)) == ["not-principal"]
    assert judge(document({**statement, "Effect": "Deny"})) == []


def test_a_statement_that_denies_lets_nobody_in():
    assert judge(document({**allow("*"), "Effect": "Deny"})) == []


@pytest.mark.parametrize(
    ("condition", "narrow"),
    [
        ({"StringEquals": {"aws:PrincipalAccount": OWN}}, True),
        ({"StringEquals": {"AWS:principalaccount": [OWN, PARTNER]}}, True),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-1234567890"}}, True),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-9999999999"}}, False),
        ({"StringEquals": {"aws:PrincipalAccount": [OWN, STRANGER]}}, False),
        ({"StringEquals": {"aws:PrincipalAccount": []}}, False),
        ({"StringEquals": {"aws:PrincipalAccount": "${aws:PrincipalAccount}"}}, False),
        ({"StringEqualsIfExists": {"aws:PrincipalAccount": OWN}}, False),
        ({"ForAllValues:StringEquals": {"aws:PrincipalAccount": OWN}}, False),
        ({"StringLike": {"aws:PrincipalAccount": "*"}}, False),
        ({"StringNotEquals": {"aws:PrincipalAccount": STRANGER}}, False),
        ({"StringEquals": {"aws:SourceAccount": OWN}}, False),
        ({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, False),
    ],
)
def test_anybody_is_somebody_under_a_condition_on_account_or_organization(condition, narrow):
    assert judge(document(allow("*", condition))) == ([] if narrow else ["wildcard"])
    stranger = allow({"AWS": role(STRANGER)}, condition)
    assert judge(document(stranger)) == ([] if narrow else ["foreign-account"])


@pytest.mark.parametrize(
    ("condition", "narrow"),
    [
        ({"StringEquals": {"aws:SourceAccount": OWN}}, True),
        ({"StringEquals": {"aws:SourceOrgID": "o-1234567890"}}, True),
        ({"ArnLike": {"aws:SourceArn": f"arn:aws:glue:us-east-1:{OWN}:*"}}, True),
        ({"StringLike": {"aws:SourceArn": f"arn:aws:glue:*:{PARTNER}:job/*"}}, True),
        ({"ArnLike": {"aws:SourceArn": "arn:aws:glue:us-east-1:*:job/nightly"}}, False),
        ({"ArnLike": {"aws:SourceArn": f"arn:aws:glue:us-east-1:{STRANGER}:job/a"}}, False),
        ({"ArnLike": {"aws:SourceArn": "*"}}, False),
        ({"ArnLike": {"aws:SourceArn": []}}, False),
        ({"ArnLike": {"aws:SourceArn": "arn:aws:s3:::bucket"}}, False),
        ({"ArnNotLike": {"aws:SourceArn": f"arn:aws:glue:us-east-1:{OWN}:*"}}, False),
        ({"StringEquals": {"aws:SourceAccount": STRANGER}}, False),
        ({"StringEqualsIfExists": {"aws:SourceAccount": OWN}}, False),
        ({"StringEquals": {"aws:PrincipalAccount": OWN}}, False),
    ],
)
def test_a_service_acts_for_a_known_account(condition, narrow):
    policy = document(allow({"Service": "glue.amazonaws.com"}, condition))
    assert judge(policy) == ([] if narrow else ["service"])


def test_without_a_setting_nobody_but_the_own_account_is_trusted():
    policy = document(
        allow({"AWS": [role(OWN), role(PARTNER)]}),
        allow("*", {"StringEquals": {"aws:PrincipalOrgID": "o-1234567890"}}),
    )
    assert judge(policy, settings={}) == ["foreign-account", "wildcard"]


def test_what_is_known_is_judged_before_what_is_unknown():
    policy = document(allow({"AWS": role(OWN)}), allow("*"), allow(None, NotPrincipal="*"))
    assert judge(policy, arn=UNKNOWN) == ["wildcard", "not-principal", CANNOT_RUN]
    assert judge(UNKNOWN) == [CANNOT_RUN]


def test_what_cannot_be_judged_yet_says_which_setting_would_do():
    inputs = {"policy": document(allow({"AWS": role(OWN)})), "resourceArn": UNKNOWN}
    (verdict,) = judge_resource(RULE, TABLE_RESOURCE_POLICY, inputs)
    assert verdict.finding == CANNOT_RUN
    assert "resourceArn (the setting account" in verdict.message


def test_a_setting_names_the_own_account_while_the_arn_is_unknown():
    policy = document(allow({"AWS": [role(OWN), role(STRANGER)]}))
    assert judge(policy, arn=UNKNOWN, settings={"account": OWN}) == ["foreign-account"]


@pytest.mark.parametrize(
    "policy", [None, "", "{", "[]", 7, "[" * 100_000, {"Statement": 1}, document({"Effect": "?"})]
)
def test_a_policy_that_cannot_be_read_is_a_violation(policy):
    assert judge(policy) == ["malformed"]


def test_a_policy_may_be_an_object():
    assert judge({"Version": "2012-10-17", "Statement": allow(ANYBODY)}) == ["wildcard"]


@pytest.mark.parametrize("arn", ["files", "arn:aws:dynamodb:us-east-1::table/dropify-prod-files"])
def test_an_arn_that_names_no_account_trusts_nobody(arn):
    assert judge(document(allow({"AWS": role(OWN)})), arn=arn) == ["malformed"]
    of_bucket = {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::bucket"}}
    service = allow({"Service": "s3.amazonaws.com"}, of_bucket)
    assert judge(document(service), arn=arn) == ["malformed"]


def test_other_policies_are_judged_by_other_rules():
    verdicts = judge_resource(RULE, MANAGED_POLICY, {"policy": document(allow("*"))})
    assert findings(verdicts) == [NOT_APPLICABLE]


@pytest.mark.parametrize("environment", ["local", "dev", "staging", "prod"])
def test_the_program_declares_no_policy_of_a_table(environment):
    assert not list(record_stack(environment).of_type(TABLE_RESOURCE_POLICY))
