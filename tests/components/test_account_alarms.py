"""What exists once a stack: the alarm on refused requests, and the topic that is told."""

from components import AccountAlarms, AccountAlarmsArgs, StackWide
from tests.support.component_samples import TOPIC_ARN
from tests.support.configurations import settings
from tests.support.recording import (
    ALARM,
    SUBSCRIPTION,
    TOPIC,
    label_of,
    record_component,
    tags_of,
)


def recording_of(**changes):
    args = AccountAlarmsArgs(label=label_of("prod"), tags=tags_of("prod"), **changes)
    return record_component(lambda: AccountAlarms("account-alarms", args), "prod")


def test_refused_requests_are_counted_without_a_table():
    alarm = recording_of(topic_arn=TOPIC_ARN).only(ALARM).inputs
    assert alarm["name"] == "dropify-prod-user-errors"
    assert (alarm["namespace"], alarm["metricName"]) == ("AWS/DynamoDB", "UserErrors")
    assert "dimensions" not in alarm


def test_a_topic_that_is_there_is_used_and_none_is_made():
    recording = recording_of(topic_arn=TOPIC_ARN)
    assert recording.of_type(TOPIC) == recording.of_type(SUBSCRIPTION) == ()
    assert recording.only(ALARM).inputs["alarmActions"] == [TOPIC_ARN]


def test_an_address_gets_a_topic_of_its_own():
    recording = recording_of(email="on-call@example.com")
    topic = recording.only(TOPIC)
    assert topic.inputs["name"] == "dropify-prod-alarms"
    assert "kmsMasterKeyId" not in topic.inputs
    subscription = recording.only(SUBSCRIPTION)
    assert subscription.inputs["endpoint"] == "on-call@example.com"
    assert recording.only(ALARM).inputs["alarmActions"] == [topic.outputs["arn"]]
    component = recording.only("tablewright:index:AccountAlarms")
    assert component.outputs["topicArn"] == topic.outputs["arn"]


def test_without_either_the_alarm_tells_nobody():
    recording = recording_of()
    assert "alarmActions" not in recording.only(ALARM).inputs
    assert "topicArn" not in recording.only("tablewright:index:AccountAlarms").outputs


def test_what_a_stack_has_once_follows_from_its_settings():
    assert StackWide.of(settings(environment="dev")) == StackWide()
    staging = settings(environment="staging", alarmEmail="on-call@example.com")
    assert StackWide.of(staging) == StackWide(
        alarm_names=("dropify-staging-user-errors",), topic_name="dropify-staging-alarms"
    )
    prod = settings(
        environment="prod",
        alarmTopicArn=TOPIC_ARN,
        vpcEndpoint={"vpcId": "vpc-0123456789abcdef0", "routeTableIds": ["rtb-01234567"]},
    )
    assert StackWide.of(prod) == StackWide(
        alarm_names=("dropify-prod-user-errors",), vpc_endpoint=True
    )
