"""A stack that is deployed as declared verifies clean, in every way that it can be configured."""

from __future__ import annotations

import pytest

from tablewright.models import grants
from tablewright.models.catalog import CATALOG
from tablewright.operations.verify import Status
from tests.support.deployed_stack import ROLE, deployed

KEY = "arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab"
TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call"
EVERYTHING = {
    "environment": "staging",
    "stores": list(CATALOG),
    "enableAuditTrail": True,
    "alarmEmail": "on-call@example.com",
    "roleNames": {"file_sharing/api": [ROLE], "shop/verifier": [ROLE], "shop/events": [ROLE]},
    "extraTags": {"Team": "data"},
    "in_vpc": True,
}
STACKS = {
    "least": {},
    "everything": {**EVERYTHING, "stores": ["file_sharing", "shop"]},
    "prod": {
        "environment": "prod",
        "alarmTopicArn": TOPIC,
        "customerManagedKeyArn": KEY,
        "maxReadRequestUnits": 1000,
        "tableClass": "STANDARD_INFREQUENT_ACCESS",
    },
}


@pytest.fixture(scope="module", params=STACKS)
def stack(request):
    with deployed(**STACKS[request.param]) as running:
        yield running


@pytest.fixture(scope="module")
def verified(stack):
    """The report, and every action that verifying performed, as IAM calls it."""
    actions = set()

    def note(model, **_):
        actions.add(f"{model.service_model.service_name}:{model.name}")

    stack.endpoint._session.events.register("before-call", note)
    report = stack.verify()
    return report, frozenset(actions)


@pytest.fixture(scope="module")
def report(verified):
    return verified[0]


def test_what_was_just_deployed_is_as_declared(report):
    assert report.problems == ()
    assert report.ok


def test_every_declared_thing_was_compared(stack, report):
    settings, compared = stack.settings, {check.resource for check in report.checks}
    for model in settings.models:
        for table in model.tables:
            name = settings.label.table(table.name)
            assert f"table {name}" in compared
            assert {f"table {name} index {index.name}" for index in table.indexes} <= compared
            path = settings.label.table_parameter(table.group, table.name, "arn")
            assert f"parameter {path}" in compared
    kinds = {resource.split()[0] for resource in compared}
    alarms, vpc = settings.profile.alarms, settings.vpc_endpoint is not None
    assert ("alarm" in kinds) is alarms
    assert ("topic" in kinds) is bool(alarms and settings.alarm_email)
    assert ("VPC" in kinds) is vpc
    assert ("role" in kinds) is bool(settings.role_names)


def test_each_role_that_is_named_is_compared(stack, report):
    compared = {(check.resource, check.property) for check in report.checks}
    for consumer, roles in stack.settings.role_names.items():
        policy = stack.settings.label.access_policy(*consumer.split("/"))
        assert {(f"role {role}", f"attached {policy}") for role in roles} <= compared


def test_what_the_emulator_does_not_report_is_never_equal(report):
    unreported = {"table class", "on-demand maxima (read, write)", "replicas"}
    statuses = {check.status for check in report.checks if check.property in unreported}
    assert statuses == {Status.NOT_REPORTED}


def test_every_resource_that_was_registered_is_verified(stack, report):
    clients, prefix = stack.endpoint, stack.settings.label.prefix
    compared = {check.resource for check in report.checks}
    tables = clients.dynamodb.list_tables()["TableNames"]
    policies = clients.iam.list_policies(Scope="Local")["Policies"]
    parameters = clients.ssm.get_paginator("describe_parameters").paginate()
    alarms = clients.cloudwatch.describe_alarms()["MetricAlarms"]
    there = {
        *(f"table {name}" for name in tables),
        *(f"managed policy {policy['PolicyName']}" for policy in policies),
        *(f"parameter {entry['Name']}" for page in parameters for entry in page["Parameters"]),
        *(f"alarm {alarm['AlarmName']}" for alarm in alarms),
    }
    assert there <= compared
    assert all(prefix in resource for resource in there)


def test_verifying_performs_only_what_the_verifier_may(verified):
    allowed = {
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
    _, performed = verified
    assert "dynamodb:DescribeTable" in performed
    assert performed <= allowed
