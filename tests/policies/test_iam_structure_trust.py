"""A role's trust policy names whom it trusts, and for whom a service may act."""

import pytest

from rules.framework.tokens import ROLE
from tablewright.recorder import UNKNOWN
from tests.support.access_documents import ACCOUNT, document
from tests.support.policy_pack import CANNOT_RUN, findings, judge_resource

RULE = "iam-structure"
BACKUP = {"Service": "backup.amazonaws.com"}
SOURCE = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
PROVIDER = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"
GITHUB = {"Federated": PROVIDER}
SUBJECT = "token.actions.githubusercontent.com:sub"
AUDIENCE = {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}
SAML = {"Federated": f"arn:aws:iam::{ACCOUNT}:saml-provider/staff"}
COGNITO = {"Federated": "cognito-identity.amazonaws.com"}


def trusting(principal, condition=None, **more):
    given = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal, **more}
    return {**given, "Condition": condition} if condition else given


def judge(*statements, settings=None):
    role = {"name": "shop-task", "assumeRolePolicy": document(*statements)}
    return findings(judge_resource(RULE, ROLE, role, settings=settings))


@pytest.mark.parametrize(
    "principal",
    ["*", {"AWS": "*"}, {"AWS": ["*", ROOT]}, {"Service": "*"}, {"AWS": "arn:aws:iam::*:role/x"}],
)
def test_nobody_trusts_anyone(principal):
    trusted = trusting(principal, {"StringEquals": {"sts:ExternalId": "e"}})
    assert judge(trusted) == ["trust-anyone"]
    assert judge({**trusted, "Effect": "Deny"}) == []


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (SOURCE, []),
        ({"StringLike": {"AWS:sourceaccount": ACCOUNT}}, []),
        ({"ArnLike": {"aws:SourceArn": f"arn:aws:backup:*:{ACCOUNT}:backup-plan:*"}}, []),
        ({"StringEquals": {"aws:SourceOrgID": "o-example"}}, []),
        (None, ["trust-service"]),
        ({"StringLike": {"aws:SourceAccount": "*"}}, ["trust-service"]),
        ({"StringEquals": {"aws:SourceAccount": [ACCOUNT, "*"]}}, ["trust-service"]),
        ({"StringEquals": {"aws:SourceAccount": []}}, ["trust-service"]),
        ({"ArnLike": {"aws:SourceArn": "arn:aws:s3:::bucket"}}, ["trust-service"]),
        ({"StringEqualsIfExists": {"aws:SourceAccount": ACCOUNT}}, ["trust-service"]),
        ({"ForAllValues:StringEquals": {"aws:SourceAccount": ACCOUNT}}, ["trust-service"]),
        ({"StringNotEquals": {"aws:SourceAccount": "210987654321"}}, ["trust-service"]),
    ],
)
def test_a_service_acts_only_for_an_account_that_is_named(condition, expected):
    assert judge(trusting(BACKUP, condition)) == expected


def test_services_that_send_no_source_are_named_in_a_setting():
    both = trusting({"Service": ["EC2.amazonaws.com", "backup.amazonaws.com"]})
    assert judge(both) == ["trust-service"]
    listed = {"servicesWithoutSource": ["ec2.amazonaws.com", "backup.amazonaws.com"]}
    assert judge(both, settings=listed) == []
    assert judge(both, settings={"servicesWithoutSource": []}) == ["trust-service"] * 2


@pytest.mark.parametrize(
    ("principal", "condition", "expected"),
    [
        (GITHUB, {"StringEquals": {SUBJECT: "repo:us/shop:ref:refs/heads/main"}}, []),
        (GITHUB, {"StringLike": {SUBJECT: "repo:us/*"}}, []),
        (GITHUB, None, ["trust-federated"]),
        (GITHUB, AUDIENCE, ["trust-federated"]),
        (GITHUB, {"StringLike": {SUBJECT: "repo:*"}}, ["trust-federated"]),
        (GITHUB, {"StringLike": {SUBJECT: "repo:us*"}}, ["trust-federated"]),
        (GITHUB, {"StringEquals": {SUBJECT: f"${{{SUBJECT}}}"}}, ["trust-federated"]),
        (GITHUB, {"StringLike": {SUBJECT: ["repo:us/*", "*"]}}, ["trust-federated"]),
        (GITHUB, {"ForAllValues:StringLike": {SUBJECT: "repo:us/*"}}, ["trust-federated"]),
        (SAML, {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}, []),
        (SAML, None, ["trust-federated"]),
        (COGNITO, {"StringEquals": {"cognito-identity.amazonaws.com:aud": "pool"}}, []),
        (
            COGNITO,
            {"StringEquals": {"cognito-identity.amazonaws.com:sub": "us-east-1:one"}},
            ["trust-federated"],
        ),
        (
            COGNITO,
            {"ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"}},
            ["trust-federated"],
        ),
    ],
)
def test_an_identity_provider_is_trusted_for_named_identities(principal, condition, expected):
    assert judge(trusting(principal, condition)) == expected


@pytest.mark.parametrize(
    ("principal", "condition", "expected"),
    [
        (f"arn:aws:iam::{ACCOUNT}:role/deployer", None, []),
        (ROOT, None, ["trust-account"]),
        (ACCOUNT, None, ["trust-account"]),
        (ACCOUNT, {"StringEquals": {"sts:ExternalId": "e-1"}}, []),
        (ROOT, {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/ops-*"}}, []),
        (ROOT, {"StringEquals": {"aws:PrincipalTag/team": "data"}}, []),
        (ROOT, {"StringEquals": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/ops"}}, []),
        (ROOT, {"StringLike": {"aws:PrincipalTag/team": "data-*"}}, []),
        (ROOT, {"StringLike": {"sts:ExternalId": "*"}}, ["trust-account"]),
        (ROOT, {"StringLike": {"sts:ExternalId": "?*"}}, ["trust-account"]),
        (ROOT, {"StringEquals": {"sts:ExternalId": "${sts:ExternalId}"}}, ["trust-account"]),
        (ROOT, {"StringLike": {"aws:PrincipalTag/team": ["data", "?*"]}}, ["trust-account"]),
        (ROOT, {"StringLike": {"aws:PrincipalTag/team": "*a*"}}, ["trust-account"]),
        (ROOT, {"StringLike": {"aws:PrincipalArn": "arn:*"}}, ["trust-account"]),
        (ROOT, {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/ops"}}, ["trust-account"]),
        (ROOT, {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:*"}}, ["trust-account"]),
        (
            ROOT,
            {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role*"}},
            ["trust-account"],
        ),
        (
            ROOT,
            {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/*"}},
            ["trust-account"],
        ),
        (
            ROOT,
            {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/${{aws:userid}}"}},
            ["trust-account"],
        ),
        (ROOT, {"Bool": {"aws:MultiFactorAuthPresent": "true"}}, ["trust-account"]),
    ],
)
def test_an_account_is_not_trusted_as_a_whole(principal, condition, expected):
    assert judge(trusting({"AWS": principal}, condition)) == expected


def test_whom_not_principal_leaves_out_is_no_list():
    negated = trusting(BACKUP)
    negated["NotPrincipal"] = negated.pop("Principal")
    assert judge(negated) == ["not-principal"]


def test_what_is_known_is_judged_before_what_is_unknown():
    trusts = {"Statement": [UNKNOWN, trusting("*")]}
    verdicts = judge_resource(RULE, ROLE, {"assumeRolePolicy": trusts})
    assert findings(verdicts) == ["trust-anyone", CANNOT_RUN]
