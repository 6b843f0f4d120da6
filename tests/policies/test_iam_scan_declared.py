"""Whoever reads whole tables is named in the settings."""

import pytest

from rules.framework.tokens import (
    GROUP_POLICY,
    MANAGED_POLICY,
    PERMISSION_SET_INLINE_POLICY,
    ROLE,
    ROLE_POLICY,
    TABLE_RESOURCE_POLICY,
    USER_POLICY,
)
from tablewright.recorder import UNKNOWN
from tests.support.access_documents import ACCOUNT, document, inputs, statement
from tests.support.policy_pack import CANNOT_RUN, findings, judge_stack, stack_resource
from tests.support.stacks import verdicts_of

RULE = "iam-scan-declared"
SCANS = statement("dynamodb:Scan")
REPORTING = "dropify-prod-shop-reporting"


def judge(*resources, declared=()):
    return judge_stack(RULE, resources, settings={"scanConsumers": list(declared)})


def policy(*statements, logical="shop-reporting", **more):
    given = inputs(*statements, name=REPORTING)
    return stack_resource(MANAGED_POLICY, logical, {**given, **more})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (statement(["dynamodb:Query", "dynamodb:GetItem"]), []),
        (SCANS, ["scan"]),
        (statement("DYNAMODB:scan"), ["scan"]),
        (statement("dynamodb:S*"), ["scan"]),
        (statement("dynamodb:PartiQLSelect"), ["partiql"]),
        (statement("dynamodb:PartiQL*"), ["partiql"]),
        (statement("dynamodb:ExportTableToPointInTime"), ["export"]),
        (statement("dynamodb:*"), ["scan", "partiql", "export"]),
        (statement("dynamodb:Scan", Effect="Deny"), []),
    ],
)
def test_reading_a_whole_table_is_found(given, expected):
    resource = policy(given)
    verdicts = judge(resource)
    assert findings(verdicts) == expected
    assert {verdict.urn for verdict in verdicts} <= {resource.urn}


def test_not_action_allows_a_scan():
    negated = {**SCANS, "NotAction": "dynamodb:PartiQL*"}
    del negated["Action"]
    assert findings(judge(policy(negated))) == ["scan", "export"]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ([REPORTING], []),
        (["*-shop-reporting"], []),
        (["*-shop-report"], ["scan"]),
        (["reporting"], ["scan"]),
        (["*-users-api", "dropify-*-reporting"], []),
    ],
)
def test_a_consumer_is_declared_by_the_name_of_its_access_policy(declared, expected):
    assert findings(judge(policy(SCANS), declared=declared)) == expected


@pytest.mark.parametrize(
    ("token", "properties"),
    [
        (ROLE_POLICY, {"role": "reporting", "policy": document(SCANS)}),
        (USER_POLICY, {"user": "reporting", "policy": document(SCANS)}),
        (GROUP_POLICY, {"group": "reporting", "policy": document(SCANS)}),
        (ROLE, {"name": "reporting", "inlinePolicies": [{"policy": document(SCANS)}]}),
    ],
)
def test_inline_policies_are_declared_by_whom_they_belong_to(token, properties):
    resource = stack_resource(token, "inline", properties)
    assert findings(judge(resource)) == ["scan"]
    assert findings(judge(resource, declared=["reporting"])) == []


OWN_ROLE = f"arn:aws:iam::{ACCOUNT}:role/jobs/reporting"


@pytest.mark.parametrize(
    ("principal", "declared", "expected"),
    [
        ({"AWS": OWN_ROLE}, [], ["scan"]),
        ({"AWS": OWN_ROLE}, ["reporting"], []),
        ({"AWS": OWN_ROLE}, ["files-access"], []),
        ({"AWS": OWN_ROLE}, ["jobs*"], ["scan"]),
        ({"AWS": [OWN_ROLE, OWN_ROLE.replace("reporting", "api")]}, ["reporting"], ["scan"]),
        ({"AWS": f"arn:aws:sts::{ACCOUNT}:assumed-role/reporting/now"}, ["reporting"], []),
        ({"AWS": f"arn:aws:iam::{ACCOUNT}:user/reporting"}, ["reporting"], []),
        ({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, ["r?*t"], ["scan"]),
        ({"AWS": ACCOUNT}, ["1*"], ["scan"]),
        ({"Service": "glue.amazonaws.com"}, ["glue*"], ["scan"]),
        ({"AWS": OWN_ROLE, "Service": "glue.amazonaws.com"}, ["reporting"], ["scan"]),
        ("*", ["reporting"], ["scan"]),
        ("*", ["files-access"], []),
        (None, ["reporting"], ["scan"]),
    ],
)
def test_the_consumers_of_a_table_s_own_policy_are_its_principals(principal, declared, expected):
    given = {"policy": document({**SCANS, "Principal": principal})}
    resource = stack_resource(TABLE_RESOURCE_POLICY, "files-access", given)
    verdicts = judge(resource, declared=declared)
    assert findings(verdicts) == expected
    assert {verdict.urn for verdict in verdicts} <= {resource.urn}


def test_the_inline_policy_of_a_permission_set_is_declared_by_its_logical_name():
    given = {"inlinePolicy": document(SCANS), "permissionSetArn": UNKNOWN}
    resource = stack_resource(PERMISSION_SET_INLINE_POLICY, "analysts", given)
    assert findings(judge(resource)) == ["scan"]
    assert findings(judge(resource, declared=["analysts"])) == []


def test_whom_not_principal_leaves_out_is_declared_by_no_name():
    given = {"policy": document({**SCANS, "NotPrincipal": {"AWS": OWN_ROLE}})}
    resource = stack_resource(TABLE_RESOURCE_POLICY, "files-access", given)
    assert findings(judge(resource, declared=["reporting"])) == ["scan"]


def test_what_is_known_is_judged_before_what_is_unknown():
    unknown = policy(policy=UNKNOWN, logical="new")
    broken = policy(policy="{", logical="broken")
    assert findings(judge(unknown, policy(SCANS))) == ["scan", CANNOT_RUN]
    assert findings(judge(unknown, broken, policy(SCANS))) == ["malformed", "scan", CANNOT_RUN]


def test_each_document_that_cannot_be_read_is_told_with_its_resource():
    broken = [policy(policy="{", logical=name) for name in ("first", "second")]
    verdicts = judge(*broken)
    assert findings(verdicts) == ["malformed"] * 2
    assert [each.urn for each in verdicts] == [each.urn for each in broken]
    (verdict,) = judge(policy(policy=UNKNOWN, logical="new"))
    assert "at .new.policy " in verdict.message


def test_an_unknown_name_matters_only_to_a_scan_that_a_setting_may_allow():
    nameless = policy(SCANS, name=UNKNOWN)
    assert findings(judge(nameless)) == ["scan"]
    assert findings(judge(nameless, declared=["*-reporting"])) == [CANNOT_RUN]
    reads = policy(statement("dynamodb:Query"), name=UNKNOWN)
    assert findings(judge(reads, declared=["*-reporting"])) == []
    known = stack_resource(
        ROLE_POLICY, "inline", {"name": UNKNOWN, "role": "reporting", "policy": document(SCANS)}
    )
    assert findings(judge(known, declared=["reporting"])) == []


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ["local", "dev", "staging", "prod"])
def test_the_program_has_no_finding(environment, preview):
    assert verdicts_of(RULE, environment, preview=preview) == []
