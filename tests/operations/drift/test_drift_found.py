"""What is changed behind the program's back is drift, with the way back, and nothing else is."""

from __future__ import annotations

import json

import pytest

from tablewright.models import grants
from tablewright.operations.drift.formats import markdown, text
from tablewright.operations.drift.report import DRIFTED, SAME
from tablewright.operations.drift.way_back import Mends
from tests.operations.test_verify import EVERYTHING, STACKS
from tests.support import tampering_access, tampering_tables
from tests.support.deployed_stack import deployed
from tests.support.drifted import differences, drift
from tests.support.tampering_tables import ACCOUNT, PREFIX, table_arn

CHANGES = [*tampering_tables.CHANGES, *tampering_access.CHANGES]
TABLE = f"table {PREFIX}-"
STORY = {"Effect": "Allow", "Principal": {"AWS": "999999999999"}, "Action": "dynamodb:GetItem"}


def attach_resource_policy(to):
    statement = {**STORY, "Resource": table_arn("users")}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    to.dynamodb.put_resource_policy(ResourceArn=table_arn("users"), Policy=document)


def attach_elsewhere(to):
    to.iam.create_role(RoleName="stranger", AssumeRolePolicyDocument="{}")
    arn = f"arn:aws:iam::{ACCOUNT}:policy/{PREFIX}-file-sharing-cleanup"
    to.iam.attach_role_policy(RoleName="stranger", PolicyArn=arn)


@pytest.fixture(scope="module")
def report():
    """Every change at once: one deployment, one comparison."""
    with deployed(**EVERYTHING) as stack:
        for change in dict.fromkeys(change for change, _ in CHANGES):
            change(stack.endpoint)
        attach_resource_policy(stack.endpoint)
        attach_elsewhere(stack.endpoint)
        return drift(stack)


@pytest.mark.parametrize(
    "expected", [expected for _, expected in CHANGES], ids=lambda e: f"{e[0]} {e[1]}"
)
def test_whatever_verification_finds_is_drift(report, expected):
    resource, name, status, actual = expected
    found = [
        difference.check
        for difference in report.differences
        if difference.check.property == name and resource in (None, difference.check.resource)
    ]
    assert [(check.status, check.actual) for check in found] == [(status, actual)]


def test_drift_has_an_exit_code_of_its_own(report):
    assert report.exit_code == DRIFTED
    assert not report.ok
    assert report.not_compared == ()


@pytest.mark.parametrize(
    ("resource", "name", "mends", "words"),
    [
        (f"{TABLE}oidc-state", "existence", Mends.RESTORE, "docs/restore.md"),
        (f"{TABLE}forgotten", "existence", Mends.HAND, "tablewright adopt"),
        (f"{TABLE}users", "resource policy", Mends.HAND, "delete-resource-policy"),
        (f"{TABLE}files index fileIdIndex", "existence", Mends.REFRESH_AND_UP, "until it is ACT"),
        (f"{TABLE}directory index backwards", "existence", Mends.REFRESH_AND_UP, "deletes the ind"),
        (f"{TABLE}user-quotas index TierLookupIndex", "projection", Mends.PLAN, "plan-index"),
        (f"{TABLE}users", "point-in-time recovery", Mends.REFRESH_AND_UP, "begins anew"),
        (f"{TABLE}shop", "time to live", Mends.REFRESH_AND_UP, "about an hour"),
        (f"{TABLE}application", "deletion protection", Mends.REFRESH_AND_UP, ""),
        (f"{TABLE}kv-storage-data", "tags", Mends.REFRESH_AND_UP, ""),
        (f"managed policy {PREFIX}-shop-storefront", "document", Mends.REFRESH_AND_UP, "(+) is al"),
        ("role api-service", f"attached {PREFIX}-shop-events", Mends.REFRESH_AND_UP, ""),
    ],
)
def test_each_difference_says_what_mends_it(report, resource, name, mends, words):
    (found,) = [
        d for d in report.differences if (d.check.resource, d.check.property) == (resource, name)
    ]
    assert found.back.mends is mends
    assert words in found.back.words


def test_a_resource_policy_is_told_by_what_it_grants(report):
    (found,) = [d.check for d in report.differences if d.check.property == "resource policy"]
    assert found.expected == "none"
    who = '{"Principal": {"AWS": "999999999999"}}'
    assert found.details == (f"+ Allow dynamodb:GetItem on {table_arn('users')} with {who}",)


def test_a_policy_that_is_attached_elsewhere_is_a_note_with_the_command_that_lists_where(report):
    (note,) = report.notes
    assert note.startswith(
        f"managed policy {PREFIX}-file-sharing-cleanup has 1 attachment, 0 of them by this stack; "
    )
    assert "aws iam list-entities-for-policy --policy-arn arn:aws:iam::" in note


def test_nothing_else_is_drift(report):
    changed = {(resource, name) for _, (resource, name, _, _) in CHANGES}
    changed |= {(f"{TABLE}users", "resource policy")}
    others = {one for one in differences(report) if one not in changed and one[1] != "policy"}
    assert others == set()


@pytest.mark.parametrize("render", [lambda r: text.render(r).plain, markdown.render])
def test_a_report_says_what_the_next_deployment_does_and_what_is_not_known(report, render):
    said = render(report).replace("\\", "")
    for difference in report.differences:
        assert difference.check.resource in said
    assert 'users-table-name tags: declared {"Owner": "team-data"}, deployed {"Owner": "som' in (
        said.replace("`", "")
    )
    assert "user-quotas index TierLookupIndex" in said
    assert f"{TABLE}oidc-state is missing" in said.replace("`", "")
    assert f"{TABLE}forgotten is there, and nobody declares it" in said.replace("`", "")
    assert "alone mends none of it" in said
    assert "with the stack's state, not with AWS" in said
    assert "Since when, and by whom, cannot be seen from here" in said
    assert "+ Allow dynamodb:Scan on *" in said
    # While a table is gone, a refresh would lead to an empty one.
    assert "pulumi refresh" not in said


@pytest.mark.parametrize("name", STACKS)
def test_a_stack_as_it_was_deployed_is_same_and_read_with_the_verifiers_rights_alone(name):
    performed = set()

    def note(model, **_):
        performed.add(f"{model.service_model.service_name}:{model.name}")

    with deployed(**STACKS[name]) as stack:
        stack.endpoint._session.events.register("before-call", note)
        found = drift(stack)
    assert found.differences == ()
    assert found.notes == ()
    assert "dynamodb:GetResourcePolicy" in performed
    assert performed <= {
        *grants.TABLE_VERIFY_ACTIONS,
        *grants.PARAMETER_VERIFY_ACTIONS,
        *grants.POLICY_VERIFY_ACTIONS,
        *grants.ROLE_VERIFY_ACTIONS,
        *grants.ALARM_VERIFY_ACTIONS,
        *grants.TOPIC_VERIFY_ACTIONS,
        *grants.LISTING_ACTIONS,
        *grants.ENDPOINT_ACTIONS,
        "sts:GetCallerIdentity",
    }
    # What prod declares beyond the defaults, an emulator does not tell.
    unknown = {each.property for each in found.not_compared}
    beyond = {"table class", "on-demand maxima (read, write)"} if name == "prod" else set()
    assert unknown == beyond
    assert found.exit_code == (2 if beyond else SAME)
