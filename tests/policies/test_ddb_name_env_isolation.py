"""A table's physical name says which environment it belongs to."""

import pytest

from rules.framework.tokens import CLOUD_CONTROL, PARAMETER, TABLE
from rules.framework.tokens import CLOUD_FORMATION_STACK as STACK
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    CANNOT_RUN,
    NOT_APPLICABLE,
    findings,
    judge_registrations,
    judge_resource,
)
from tests.support.recording import ENVIRONMENTS, record_stack

RULE = "ddb-name-env-isolation"


def judged(name, environment="prod", token=TABLE, **settings):
    verdicts = judge_resource(
        RULE, token, {"name": name}, environment=environment, settings=settings
    )
    return findings(verdicts)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dropify-prod-files", []),
        ("dropify_PROD.files", []),
        ("prod", []),
        ("dropify-prod-production-plans", []),
        ("dropify-prod-test-results", []),
        ("dropify-prod-development_", ["other-environment"]),
        ("dropify-files", ["lacks-environment"]),
        ("dropify-product-files", ["lacks-environment"]),
        ("dropify-production-files", ["lacks-environment"]),
        ("dropifyProdFiles", ["lacks-environment"]),
        ("dropify-dev-files", ["lacks-environment", "other-environment"]),
        ("dropify-prod-dev-files", ["other-environment"]),
        ("dropify-prod.Staging_files", ["other-environment"]),
        ("dropify-prod-dev-dev-stg", ["other-environment"] * 2),
        ("dropify-prod-device-locality", []),
        ("", ["unnamed"]),
        (None, ["unnamed"]),
        (7, ["malformed"]),
        (UNKNOWN, [CANNOT_RUN]),
    ],
)
def test_a_name_carries_its_own_environment_and_no_other(name, expected):
    assert judged(name) == expected


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_each_environment_has_its_own_names(environment):
    for other in ENVIRONMENTS:
        right = other == environment
        expected = [] if right else ["lacks-environment", "other-environment"]
        assert judged(f"dropify-{other}-files", environment) == expected


def test_a_team_says_what_else_its_environments_are_called():
    assert judged("dropify-prod-test-results", aliases={"Test": "test"}) == ["other-environment"]
    assert judged("dropify-prod-live-files", aliases={"live": "prod"}) == []
    assert judged("dropify-prod-stg-files", aliases={}) == []


def test_an_alias_makes_no_environment_another():
    assert judged("dropify-prod-dev-files", aliases={"Dev": "prod"}) == ["other-environment"]


def test_no_name_is_right_without_a_level_file():
    assert judged("dropify-prod-files", environment=None) == ["malformed"]


TEMPLATE = '{"Resources": {"T": {"Type": "AWS::S3::Bucket"}}}'


@pytest.mark.parametrize(
    ("token", "inputs", "expected"),
    [
        ("aws:dynamodb/globalTable:GlobalTable", {}, ["unjudged-type"]),
        ("aws-native:dynamodb:Table", {}, ["unjudged-type"]),
        ("aws-native:iam:ManagedPolicy", {}, ["unjudged-type"]),
        (CLOUD_CONTROL, {"typeName": "AWS::DynamoDB::Table"}, ["unjudged-type"]),
        (CLOUD_CONTROL, {"typeName": "AWS::DynamoDB::GlobalTable"}, ["unjudged-type"]),
        (CLOUD_CONTROL, {"typeName": "AWS::IAM::Role"}, ["unjudged-type"]),
        (CLOUD_CONTROL, {"typeName": "AWS::S3::Bucket"}, []),
        (CLOUD_CONTROL, {"typeName": UNKNOWN}, [CANNOT_RUN]),
        (STACK, {"templateBody": TEMPLATE}, []),
        (STACK, {"templateBody": TEMPLATE.replace("S3", "DynamoDB")}, ["unjudged-type"]),
        (STACK, {"templateBody": TEMPLATE.replace("S3", "IAM")}, ["unjudged-type"]),
        (STACK, {"templateBody": TEMPLATE.replace("S3", "Dynamo\\u0044B")}, ["unjudged-type"]),
        (STACK, {"templateBody": "Transform: AWS::Serverless-2016-10-31"}, ["unjudged-type"]),
        (STACK, {"templateBody": TEMPLATE, "templateUrl": None}, []),
        (STACK, {"templateUrl": "https://example.com/template"}, ["unjudged-type"]),
        (STACK, {}, ["unjudged-type"]),
        (STACK, {"templateBody": UNKNOWN}, [CANNOT_RUN]),
        (STACK, {"templateBody": 7}, ["malformed"]),
    ],
)
def test_what_makes_tables_in_another_way_cannot_be_judged(token, inputs, expected):
    assert findings(judge_resource(RULE, token, inputs)) == expected


def test_other_resources_are_not_judged():
    assert judged("dropify-files", token=PARAMETER) == [NOT_APPLICABLE]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("preview", [True, False])
def test_the_project_names_its_tables_by_environment(environment, preview):
    registrations = record_stack(environment, preview=preview).registrations
    assert judge_registrations(registrations, environment, only=RULE) == []
