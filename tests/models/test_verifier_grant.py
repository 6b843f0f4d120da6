"""The verifier may read how everything of its stack is configured, and no item of it."""

import pytest

from tablewright.models import grants
from tablewright.models.statements import ArnScope, document
from tests.support.iam import Access, Request
from tests.support.iam_resources import ACTIONS, ANY

SCOPE = ArnScope(
    partition="aws",
    account="123456789012",
    regions=("eu-central-1", "eu-west-1"),
    table_names={"orders": "dropify-dev-orders"},
)
TABLE = "arn:aws:dynamodb:eu-central-1:123456789012:table/dropify-dev-orders"
PARAMETER = "arn:aws:ssm:eu-central-1:123456789012:parameter/dropify-dev/tables/orders-table-name"
POLICY = "arn:aws:iam::123456789012:policy/dropify-dev-shop-storefront"
ROLE = "arn:aws:iam::123456789012:role/storefront"
ALARM = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:dropify-dev-orders-read-throttling"
TOPIC = "arn:aws:sns:eu-central-1:123456789012:dropify-dev-alarms"

READS = {
    TABLE: {
        "dynamodb:DescribeContinuousBackups",
        "dynamodb:DescribeTable",
        "dynamodb:DescribeTimeToLive",
        "dynamodb:GetResourcePolicy",
        "dynamodb:ListTagsOfResource",
    },
    PARAMETER: {"ssm:GetParameter", "ssm:GetParameters", "ssm:ListTagsForResource"},
    POLICY: {"iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyTags"},
    ROLE: {"iam:ListAttachedRolePolicies"},
    ALARM: {"cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"},
    TOPIC: {"sns:GetTopicAttributes", "sns:ListTagsForResource"},
    ANY: {"dynamodb:ListTables", "ec2:DescribeVpcEndpoints"},
}
PATHS = ["/dropify-dev/tables/orders-table-name"]
POLICIES = ["dropify-dev-shop-storefront"]


def whole():
    return grants.verifier(
        SCOPE,
        PATHS,
        POLICIES,
        alarm_arns=[SCOPE.alarm("dropify-dev-orders-read-throttling")],
        topic_arns=[TOPIC],
        role_arns=[SCOPE.role("storefront")],
        vpc_endpoint=True,
    )


def allowed_on(statements, resource):
    access = Access([document(statements)])
    return {action for action in ACTIONS if access.allows(Request(action, resource))}


@pytest.mark.parametrize("resource", READS)
def test_the_verifier_reads_the_configuration_of_what_is_named(resource):
    assert allowed_on(whole(), resource) == READS[resource]


@pytest.mark.parametrize("resource", [arn for arn in READS if arn != ANY])
def test_the_verifier_reads_nothing_of_what_is_not_named(resource):
    assert allowed_on(whole(), f"{resource}2") == set()
    assert allowed_on(whole(), resource.replace("123456789012", "999999999999")) == set()


def test_the_verifier_reads_the_tables_of_replicas_too():
    replica = TABLE.replace("eu-central-1", "eu-west-1")
    assert allowed_on(whole(), replica) == READS[TABLE]
    assert allowed_on(whole(), f"{replica}/index/byDay") == set()


@pytest.mark.parametrize(
    ("resource", "argument"), [(ROLE, "role_arns"), (ALARM, "alarm_arns"), (TOPIC, "topic_arns")]
)
def test_what_a_stack_does_not_have_is_left_out(resource, argument):
    bare = grants.verifier(SCOPE, PATHS, POLICIES)
    assert allowed_on(bare, resource) == set()
    assert allowed_on(bare, ANY) == {"dynamodb:ListTables"}
    assert len(document(bare)) < len(document(whole()))
    assert allowed_on(grants.verifier(SCOPE, [], [], **{argument: [resource]}), resource)


def test_a_wildcard_stands_alone_with_the_actions_that_accept_nothing_else():
    for entry in whole():
        if "*" in "".join(entry.resources):
            assert entry.resources == ("*",)
            assert all(ACTIONS[action] == {ANY} for action in entry.actions)
