"""What tells somebody that a table is in trouble, and who may look at it."""

import pytest

from tablewright.models.catalog import CATALOG
from tests.support.recording import (
    ALARM,
    ENVIRONMENTS,
    MANAGED_POLICY,
    SUBSCRIPTION,
    TABLE,
    TOPIC,
    document_of,
    record_stack,
)

ALARMED = ("staging", "prod")
MOST_METRICS = 10


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_alarms_exist_where_the_profile_says_so(environment):
    found = record_stack(environment).of_type(ALARM)
    assert bool(found) is (environment in ALARMED)


@pytest.mark.parametrize("environment", ALARMED)
def test_every_table_and_every_index_is_watched_for_throttling(environment):
    recording = record_stack(environment)
    watched = sorted(
        (one.inputs["metricName"], *sorted(one.inputs["dimensions"].values()))
        for one in recording.of_type(ALARM)
        if one.inputs.get("metricName", "").endswith("ThrottleEvents")
    )
    expected = [
        (metric, *sorted((table.inputs["name"], *index)))
        for table in recording.of_type(TABLE)
        for index in ((), *((i["name"],) for i in table.inputs["globalSecondaryIndexes"]))
        for metric in ("ReadThrottleEvents", "WriteThrottleEvents")
    ]
    assert watched == sorted(expected)


@pytest.mark.parametrize("environment", ALARMED)
def test_system_errors_of_a_table_are_added_up_over_the_operations_in_use(environment):
    recording = record_stack(environment)
    watched = {}
    for alarm in recording.of_type(ALARM):
        if "metricQueries" in alarm.inputs:
            total, *metrics = alarm.inputs["metricQueries"]
            assert total["expression"] == "SUM(FILL(METRICS(), 0))"
            assert total["returnData"] is True
            assert 1 <= len(metrics) <= MOST_METRICS
            for metric in metrics:
                assert metric["metric"]["metricName"] == "SystemErrors"
                dimensions = metric["metric"]["dimensions"]
                watched.setdefault(dimensions["TableName"], set()).add(dimensions["Operation"])
    assert watched == {
        f"dropify-{environment}-{table.name}": operations(CATALOG[store], table.name)
        for store in recording.exports
        for table in CATALOG[store].tables
    }


def operations(model, table):
    used = (p for p in model.patterns if table in p.tables)
    return {"GetRecords" if p.operation == "ReadStream" else str(p.operation) for p in used}


@pytest.mark.parametrize("environment", ALARMED)
def test_user_errors_are_watched_once_a_stack(environment):
    alarms = record_stack(environment).of_type(ALARM)
    (alarm,) = [one for one in alarms if one.inputs.get("metricName") == "UserErrors"]
    assert "dimensions" not in alarm.inputs


def test_alarms_tell_the_topic_that_the_stack_was_given():
    recording = record_stack("prod")
    assert recording.of_type(TOPIC) == ()
    told = {tuple(one.inputs["alarmActions"]) for one in recording.of_type(ALARM)}
    assert told == {("arn:aws:sns:us-east-1:123456789012:on-call",)}


def test_alarms_tell_a_topic_made_for_the_address_that_the_stack_was_given():
    recording = record_stack("staging")
    topic, subscription = recording.only(TOPIC), recording.only(SUBSCRIPTION)
    assert topic.inputs["name"] == "dropify-staging-alarms"
    assert subscription.inputs["topic"] == topic.outputs["arn"]
    assert subscription.inputs["protocol"] == "email"
    assert subscription.inputs["endpoint"] == "platform-team@example.com"
    told = {tuple(one.inputs["alarmActions"]) for one in recording.of_type(ALARM)}
    assert told == {(topic.outputs["arn"],)}


def verifier_of(environment, store):
    name = f"dropify-{environment}-{store}-verifier"
    policies = record_stack(environment).of_type(MANAGED_POLICY)
    (policy,) = [one for one in policies if one.inputs["name"] == name]
    return {entry["Sid"]: entry for entry in document_of(policy)}


@pytest.mark.parametrize("environment", ALARMED)
def test_the_verifiers_may_read_every_alarm_and_nothing_may_change_one(environment):
    recording = record_stack(environment)
    readable = {
        arn
        for store in recording.exports
        for arn in verifier_of(environment, store.replace("_", "-"))["Alarms"]["Resource"]
    }
    assert readable == {one.outputs["arn"] for one in recording.of_type(ALARM)}


def test_the_verifiers_may_read_the_topic_that_the_stack_made_and_no_other():
    (arn,) = verifier_of("staging", "shop")["Topics"]["Resource"]
    assert arn == record_stack("staging").only(TOPIC).outputs["arn"]
    assert "Topics" not in verifier_of("prod", "shop")
    assert "Alarms" not in verifier_of("dev", "shop")
