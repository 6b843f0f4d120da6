"""What could not be compared is named with its remedy, and never counts as same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tablewright.operations.drift.formats import markdown, text
from tablewright.operations.drift.report import COULD_NOT_COMPARE, DRIFTED
from tablewright.operations.drift.uncertain import not_compared
from tablewright.operations.endpoint import Endpoint
from tablewright.operations.errors import OperationError
from tablewright.operations.verify.check import Check, Status
from tests.operations.test_verify_endpoints import refuse
from tests.support.configurations import settings
from tests.support.deployed_stack import REGION, DeployedStack, deployed
from tests.support.drifted import drift

VERIFIER = "the managed policies of each store's `verifier`"


@pytest.fixture(scope="module")
def running():
    with deployed(enableAuditTrail=True) as stack:
        yield stack


@pytest.fixture
def stack(running):
    """The stack by clients of its own, which a test may make refuse."""
    return DeployedStack(running.settings, Endpoint(running.endpoint.url, REGION))


def check(**changes):
    blank = Check(
        resource="table t", property="p", expected="x", actual="y", status=Status.DIFFERENT
    )
    return replace(blank, **changes)


@pytest.mark.parametrize(
    ("service", "operation", "code", "action"),
    [
        ("dynamodb", "DescribeTimeToLive", "AccessDeniedException", "DescribeTimeToLive"),
        ("dynamodb", "GetResourcePolicy", "AccessDeniedException", "GetResourcePolicy"),
        ("dynamodb", "ListTables", "AccessDeniedException", "ListTables"),
        ("ssm", "GetParameters", "AccessDeniedException", "GetParameters"),
    ],
)
def test_a_missing_permission_is_named_with_the_policy_that_has_it(
    stack, service, operation, code, action
):
    refuse(stack.endpoint, service, operation, code)
    report = drift(stack)
    assert report.exit_code == COULD_NOT_COMPARE
    assert report.not_compared
    for each in report.not_compared:
        assert each.reason.startswith(f"{action} is denied: An error occurred (AccessDenied")
        assert VERIFIER in each.remedy
        assert f"does not allow {action} yet" in each.remedy


def test_a_table_that_cannot_be_read_leaves_its_stream_unknown_and_not_different(stack):
    refuse(stack.endpoint, "dynamodb", "DescribeTable", "AccessDeniedException")
    report = drift(stack)
    assert report.differences == ()
    assert report.exit_code == COULD_NOT_COMPARE
    streams = [e for e in report.not_compared if e.resource.endswith("stream-arn")]
    assert {e.reason for e in streams} == {
        "its stream is not known: the table could not be read",
    }


def test_a_throttled_comparison_says_to_come_back(stack):
    refuse(stack.endpoint, "dynamodb", "ListTagsOfResource", "ThrottlingException")
    report = drift(stack)
    assert report.exit_code == COULD_NOT_COMPARE
    assert {each.remedy for each in report.not_compared} == {"compare again later"}
    assert all("is throttled, after retries" in each.reason for each in report.not_compared)


def test_what_differs_outweighs_what_could_not_be_compared(stack):
    refuse(stack.endpoint, "dynamodb", "GetResourcePolicy", "AccessDeniedException")
    retagged = DeployedStack(settings(enableAuditTrail=True, owner="team-web"), stack.endpoint)
    report = drift(retagged)
    assert report.differences
    assert report.not_compared
    assert report.exit_code == DRIFTED


@pytest.mark.parametrize("render", [lambda r: text.render(r).plain, markdown.render])
def test_both_formats_tell_what_was_not_compared(stack, render):
    refuse(stack.endpoint, "dynamodb", "GetResourcePolicy", "AccessDeniedException")
    said = render(drift(stack)).replace("\\", "")
    assert "not compared" in said
    assert "table dropify-dev-users" in said
    assert VERIFIER in said
    assert "alone mends none of it" not in said


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (check(property="status", expected="ACTIVE", actual="UPDATING"), "AWS is changing it"),
        (check(property="status", expected="ACTIVE", actual="CREATING"), "AWS is changing it"),
        (check(status=Status.NOT_REPORTED, expected=[1000, None]), "does not report it"),
        (check(status=Status.NOT_REPORTED, expected="KMS"), "does not report it"),
        (check(status=Status.UNREADABLE, actual="who knows"), "who knows"),
    ],
)
def test_what_says_nothing_of_the_declaration_is_no_comparison(made, reason):
    assert reason in not_compared(made).reason


@pytest.mark.parametrize(
    "made",
    [
        check(),
        check(status=Status.EQUAL),
        check(status=Status.MISSING, actual=None),
        check(property="status", expected="ACTIVE", actual="INACCESSIBLE_ENCRYPTION_CREDENTIALS"),
        check(status=Status.NOT_REPORTED, expected=[None, None]),
        check(status=Status.NOT_REPORTED, expected="STANDARD"),
        check(status=Status.NOT_REPORTED, expected=[]),
    ],
)
def test_what_was_compared_is_not_among_it(made):
    assert not_compared(made) is None


def test_a_stack_that_is_not_there_could_not_be_compared(stack):
    elsewhere = DeployedStack(settings(project="elsewhere"), stack.endpoint)
    with pytest.raises(OperationError) as refused:
        drift(elsewhere)
    assert "nothing of stack 'staging' is deployed in account 123456789012, region us-east-1" in (
        str(refused.value)
    )
    assert "make up STACK=staging" in str(refused.value)
    assert "credentials of another account" in str(refused.value)


def test_refused_credentials_could_not_be_compared(stack):
    refuse(stack.endpoint, "dynamodb", "DescribeTable", "ExpiredTokenException")
    with pytest.raises(OperationError, match="set AWS_PROFILE or run `aws sso login`"):
        drift(stack)
