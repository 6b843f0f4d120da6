"""Access policies name every resource that they grant something on."""

import parliament
import pytest
from policy_sentry.shared.iam_data import get_service_prefix_data

from rules.iam.actions import action_table
from tests.support.policy_pack import rule_of
from tests.support.recording import ENVIRONMENTS
from tests.support.statements import (
    AT,
    FILES,
    INDEX,
    PARAMETER_ARN,
    STREAM,
    found,
    found_in_program,
    statement,
)

RULE = "iam-no-wildcard-resource"
SSM = "arn:aws:ssm:us-east-1:123456789012"
NAME = "table/dropify-prod-files"


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (FILES, []),
        (INDEX, []),
        (STREAM, []),
        (PARAMETER_ARN, []),
        ([FILES, STREAM], []),
        ("*", ["everything"]),
        ("**", ["everything"]),
        ("arn:*", ["everything"]),
        ("arn:aws:*:us-east-1:1:x", ["everything"]),
        ("?rn:aws:dynamodb:us-east-1:1:table/x", ["everything"]),
        ("table/*", ["everything"]),
        (f"arn:*:dynamodb:us-east-1:123456789012:{NAME}", ["partition"]),
        (f"arn:aws*:dynamodb:us-east-1:123456789012:{NAME}", ["partition"]),
        (f"arn:aws:dynamodb:*:123456789012:{NAME}", ["region"]),
        (f"arn:aws:dynamodb:us-east-?:123456789012:{NAME}", ["region"]),
        (f"arn:aws:dynamodb:us-east-1:*:{NAME}", ["account"]),
        (f"arn:aws:dynamodb:*:*:{NAME}/stream/*", ["region", "account"]),
        ("arn:aws:dynamodb:*", ["region", "account", "every-table"]),
        (f"{AT}:*", ["every-table"]),
        (f"{AT}:table*", ["every-table"]),
        (f"{AT}:table/*", ["every-table"]),
        (f"{AT}:table/?*", ["every-table"]),
        (f"{AT}:table/dropify-prod-*", ["table"]),
        (f"{AT}:table/dropify-?rod-files", ["table"]),
        (f"{AT}:table/dropify-*/index/byOwner", ["table"]),
        (f"{AT}:table/dropify-*/stream/*", ["table"]),
        (f"{AT}:global-table/*", ["resource"]),
        (f"{FILES}/*", ["below-table"]),
        (f"{FILES}/i*/byOwner", ["below-table"]),
        (f"{FILES}/index/*", ["index"]),
        (f"{FILES}/index/by*", ["index"]),
        (f"{FILES}/stream/2026*", ["stream"]),
        (f"{FILES}/stream/**", ["stream"]),
        (f"{FILES}/backup/*", ["backup"]),
        (f"{SSM}:*", ["every-parameter"]),
        (f"{SSM}:parameter/*", ["every-parameter"]),
        (f"{SSM}:parameter*", ["every-parameter"]),
        (f"{SSM}:parameter/dropify-prod/*", ["parameter"]),
        (f"{SSM}:parameter/dropify-*/tables/x", ["parameter"]),
        (f"{SSM}:document/*", ["resource"]),
        ("arn:aws:kms:us-east-1:123456789012:key/*", ["resource"]),
        ("arn:aws:s3:::dropify-prod-files/*", ["resource"]),
        (f"{AT}:table/${{aws:PrincipalTag/team}}", ["variable"]),
        (f"{AT}:table/${{*}}", ["variable"]),
        (f"{AT}:table/${{aws:PrincipalTag/team}}-*", ["table", "variable"]),
        (f"arn:aws:dynamodb:${{aws:RequestedRegion}}:1:{NAME}/index/*", ["index", "variable"]),
        ([f"{FILES}/index/*", INDEX, "*"], ["index", "everything"]),
    ],
)
def test_each_kind_of_wildcard_has_an_id_of_its_own(resource, expected):
    assert found(RULE, statement("dynamodb:Query", resource)) == expected


def test_to_deny_more_is_safe():
    assert found(RULE, {**statement("dynamodb:Query", "*"), "Effect": "Deny"}) == []


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ("dynamodb:ListStreams", []),
        (["dynamodb:ListTables", "DYNAMODB:listSTREAMS", "ec2:DescribeVpcEndpoints"], []),
        (["dynamodb:ListStreams", "dynamodb:GetRecords"], ["everything"]),
        (["dynamodb:ListStreams", "dynamodb:Unheard"], ["everything"]),
        ("dynamodb:ListStream?", ["everything"]),
        ("dynamodb:List*", ["everything"]),
        (["xray:PutTraceSegments", "sts:GetCallerIdentity"], []),
        ("xray:*", ["everything"]),
        ("ecr:DescribeRegistry", ["everything"]),
        ([], ["everything"]),
    ],
)
def test_actions_that_accept_no_arn_may_stand_on_the_wildcard_alone(actions, expected):
    assert found(RULE, statement(actions, "*")) == expected
    both = statement(actions, ["*", f"{FILES}/index/*"])
    assert found(RULE, both) == [*expected, "index"]


def test_a_setting_names_more_actions_that_accept_no_arn():
    settings = {"starActions": ["ecr:DescribeRegistry"]}
    listed = ["ECR:DescribeRegistry", "dynamodb:ListStreams"]
    assert found(RULE, statement(listed, "*"), settings=settings) == []
    more = statement([*listed, "dynamodb:GetItem"], "*")
    assert found(RULE, more, settings=settings) == ["everything"]
    replaced = statement("xray:PutTraceSegments", "*")
    assert found(RULE, replaced, settings=settings) == ["everything"]


STAR_ACTIONS = rule_of(RULE).settings["starActions"]["default"]
PARLIAMENT = {
    f"{service['prefix']}:{each['privilege']}": [
        row["resource_type"] for row in each["resource_types"]
    ]
    for service in parliament.iam_definition
    for each in service["privileges"]
}


@pytest.mark.parametrize("action", STAR_ACTIONS)
def test_the_setting_s_default_lists_what_accepts_no_arn(action):
    service, _, name = action.partition(":")
    assert not action_table().matching(action), "it needs no setting"
    rows = get_service_prefix_data(service)["privileges"][name]["resource_types"]
    assert list(filter(None, rows)) == []
    assert PARLIAMENT[action] == [""]


LOGS = f"arn:aws:logs:us-east-1:{AT.split(':')[4]}:log-group:/aws/lambda/shop"
TO_STREAMS = ["logs:CreateLogStream", "logs:PutLogEvents"]


@pytest.mark.parametrize(
    ("actions", "resource", "expected"),
    [
        (TO_STREAMS, f"{LOGS}:*", []),
        ("LOGS:putlogevents", f"{LOGS}:log-stream:*", []),
        ([*TO_STREAMS, "logs:DeleteLogStream"], f"{LOGS}:*", ["resource"]),
        ("logs:*", f"{LOGS}:*", ["resource"]),
        ([], f"{LOGS}:*", ["resource"]),
        (TO_STREAMS, f"{LOGS}-*:*", ["resource"]),
        (TO_STREAMS, f"{LOGS}*", ["resource"]),
        (TO_STREAMS, f"{LOGS}:?", ["resource"]),
        (TO_STREAMS, f"{LOGS}:**", ["resource"]),
        (TO_STREAMS, LOGS.replace("/aws/lambda/shop", "*"), ["resource"]),
        (TO_STREAMS, f"{LOGS}:*".replace("us-east-1", "*"), ["region", "resource"]),
        (TO_STREAMS, f"{LOGS}:*".replace("shop", "${aws:userid}"), ["resource", "variable"]),
    ],
)
def test_the_streams_of_one_log_group_have_names_that_nobody_knows(actions, resource, expected):
    assert found(RULE, statement(actions, resource)) == expected


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("preview", [True, False])
def test_the_program_names_its_resources(environment, preview):
    assert found_in_program(RULE, environment, preview=preview) == []
