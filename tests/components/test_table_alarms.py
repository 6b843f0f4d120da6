"""The alarms of one table."""

import pytest

from components import TableAlarms, TableAlarmsArgs
from components.table_alarms import planned_alarms
from tablewright.models import Index, Key, TableSpec
from tests.support.recording import ALARM, label_of, record_component

LABEL = label_of("prod")
TOPIC_ARN = "arn:aws:sns:us-east-1:123456789012:on-call"


def spec_of(name, *indexes, local=()):
    return TableSpec(
        name=name,
        key=Key.of("PK", "SK"),
        indexes=(
            *(Index(name=index, key=Key.of(index)) for index in indexes),
            *(Index(name=index, key=Key.of("PK", index), local=True) for index in local),
        ),
        environment_variable="TABLE_NAME",
    )


def alarms_of(spec, operations=("GetItem",), topic_arn=None):
    args = TableAlarmsArgs(
        spec=spec, operations=operations, label=LABEL, tags={}, topic_arn=topic_arn
    )
    return record_component(lambda: TableAlarms(f"store-{spec.name}", args)).of_type(ALARM)


def names_of(spec, operations=("GetItem",)):
    return [alarm.name for alarm in planned_alarms(spec, operations, LABEL)]


def test_a_table_and_each_global_index_are_watched():
    found = alarms_of(spec_of("orders", "byDay", local=("bySize",)))
    assert {one.inputs["name"] for one in found} == {
        "dropify-prod-orders-read-throttle",
        "dropify-prod-orders-write-throttle",
        "dropify-prod-orders/byDay-read-throttle",
        "dropify-prod-orders/byDay-write-throttle",
        "dropify-prod-orders-system-errors",
    }


def test_an_index_and_a_table_of_like_names_have_alarms_of_different_names():
    index, table = spec_of("orders", "archive"), spec_of("orders-archive")
    assert set(names_of(index)).isdisjoint(names_of(table))
    logical = [one.name for spec in (index, table) for one in alarms_of(spec)]
    assert len(set(logical)) == len(logical)


def test_an_alarm_on_an_index_looks_at_that_index_of_that_table():
    found = {one.inputs["name"]: one.inputs for one in alarms_of(spec_of("orders", "byDay"))}
    alarm = found["dropify-prod-orders/byDay-write-throttle"]
    assert alarm["namespace"] == "AWS/DynamoDB"
    assert alarm["metricName"] == "WriteThrottleEvents"
    assert alarm["statistic"] == "Sum"
    assert alarm["dimensions"] == {
        "TableName": "dropify-prod-orders",
        "GlobalSecondaryIndexName": "byDay",
    }


@pytest.mark.parametrize(
    ("count", "parts"), [(0, []), (1, [1]), (10, [10]), (11, [10, 1]), (20, [10, 10])]
)
def test_system_errors_are_added_up_ten_operations_to_an_alarm(count, parts):
    operations = tuple(f"Operation{number:02}" for number in range(count))
    found = [
        one for one in alarms_of(spec_of("orders"), operations) if "metricQueries" in one.inputs
    ]
    assert [len(one.inputs["metricQueries"]) - 1 for one in found] == parts
    endings = ["system-errors", "system-errors-2"][: len(parts)]
    assert [one.inputs["name"] for one in found] == [f"dropify-prod-orders-{e}" for e in endings]
    watched = [
        query["metric"]["dimensions"]["Operation"]
        for one in found
        for query in one.inputs["metricQueries"][1:]
    ]
    assert watched == list(operations)


def test_only_the_sum_decides():
    (alarm,) = (one for one in alarms_of(spec_of("orders")) if "metricQueries" in one.inputs)
    total, metric = alarm.inputs["metricQueries"]
    assert total["returnData"] is True
    assert not metric.get("returnData")
    assert metric["metric"]["dimensions"] == {
        "TableName": "dropify-prod-orders",
        "Operation": "GetItem",
    }


def test_alarms_tell_the_topic_or_nobody():
    told = alarms_of(spec_of("orders"), topic_arn=TOPIC_ARN)
    assert all(one.inputs["alarmActions"] == [TOPIC_ARN] for one in told)
    assert not any("alarmActions" in one.inputs for one in alarms_of(spec_of("orders")))


def test_a_table_that_nobody_uses_is_well():
    for alarm in alarms_of(spec_of("orders", "byDay")):
        assert alarm.inputs["treatMissingData"] == "notBreaching"
        assert alarm.inputs["comparisonOperator"] == "GreaterThanOrEqualToThreshold"
        assert alarm.inputs["threshold"] == 1
