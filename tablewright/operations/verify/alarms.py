"""Alarms and the topic that they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.operations.verify.alarm_plan import Alarm, alarms_of, user_errors
from tablewright.operations.verify.comparison import Comparison, reported

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_sns import SNSClient

    from tablewright.operations.verify.stack import Stack

_NAMES_A_CALL = 100


def check_alarms(stack: Stack, cloudwatch: CloudWatchClient, into: Comparison) -> None:
    """Compare every alarm of the stack; alarms are asked for by name, a hundred at a time."""
    expected = [
        *user_errors(stack),
        *(
            alarm
            for model in stack.settings.models
            for table in model.tables
            for alarm in alarms_of(stack, model, table)
        ),
    ]
    for start in range(0, len(expected), _NAMES_A_CALL):
        group = expected[start : start + _NAMES_A_CALL]
        names = [alarm.name for alarm in group]
        answer: Any = into.read(
            f"alarms of {stack.label.prefix}",
            "existence",
            lambda names=names: cloudwatch.describe_alarms(  # type: ignore[misc]
                AlarmNames=names, AlarmTypes=["MetricAlarm"], MaxRecords=_NAMES_A_CALL
            ),
        )
        if answer is None:
            return
        found = {alarm["AlarmName"]: alarm for alarm in answer["MetricAlarms"]}
        for alarm in group:
            _check_alarm(stack, alarm, found.get(alarm.name), cloudwatch, into)


def _check_alarm(
    stack: Stack,
    expected: Alarm,
    found: Mapping[str, Any] | None,
    cloudwatch: CloudWatchClient,
    into: Comparison,
) -> None:
    resource = f"alarm {expected.name}"
    into.compare(resource, "existence", "there", found and "there")
    if found is None:
        return
    metrics = [_written(name, dict(dimensions)) for name, dimensions in expected.metrics]
    into.compare(resource, "metrics", sorted(metrics), _metrics(found))
    if expected.math:
        results = [q for q in found.get("Metrics") or () if q.get("ReturnData", True)]
        added = len(results) == 1 and str(results[0].get("Expression", "")).startswith("SUM(")
        into.compare(resource, "metric math", "SUM", "SUM" if added else str(results))
    action = stack.alarm_action
    into.compare(resource, "actions", [action] if action else [], found.get("AlarmActions") or [])
    if action:
        into.compare(resource, "actions enabled", True, reported(found, "ActionsEnabled"))  # noqa: FBT003 -- the expected value
    arn = found["AlarmArn"]
    tags: Any = into.read(
        resource, "tags", lambda: cloudwatch.list_tags_for_resource(ResourceARN=arn)["Tags"]
    )
    model = expected.data_model
    into.compare_tags(
        resource, stack.settings.tags(model) if model else stack.settings.tags(), tags
    )


def _metrics(alarm: Mapping[str, Any]) -> list[str]:
    """Write the metrics of an alarm, on one metric or on several by metric math."""
    queries = [query["MetricStat"] for query in alarm.get("Metrics") or () if "MetricStat" in query]
    if not queries:
        return [_written(str(alarm.get("MetricName")), _dimensions(alarm))]
    metrics = (query["Metric"] for query in queries)
    return sorted(_written(m["MetricName"], _dimensions(m)) for m in metrics)


def _dimensions(metric: Mapping[str, Any]) -> dict[str, str]:
    return {entry["Name"]: entry["Value"] for entry in metric.get("Dimensions") or ()}


def _written(metric: str, dimensions: Mapping[str, str]) -> str:
    listed = ", ".join(f"{name}={value}" for name, value in sorted(dimensions.items()))
    return f"{metric} ({listed})" if listed else metric


def check_topic(stack: Stack, sns: SNSClient, into: Comparison) -> None:
    """Compare the topic that the stack makes for an e-mail address.

    Whether the address has confirmed is not for a verifier to read, and no difference either.
    """
    arn = stack.own_topic
    if arn is None:
        return
    resource = f"topic {stack.label.topic()}"
    answer: Any = into.read(resource, "existence", lambda: sns.get_topic_attributes(TopicArn=arn))
    if answer is None:
        return
    into.compare(resource, "existence", arn, answer["Attributes"].get("TopicArn"))
    tags: Any = into.read(
        resource, "tags", lambda: sns.list_tags_for_resource(ResourceArn=arn)["Tags"]
    )
    into.compare_tags(resource, stack.settings.tags(), tags)
