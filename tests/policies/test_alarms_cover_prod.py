"""Somebody is told when DynamoDB throttles, fails, or refuses requests."""

import pytest

from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, METRIC_ALARM, TABLE
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import CANNOT_RUN, findings, judge_stack, stack_resource
from tests.support.stacks import verdicts_of

RULE = "alarms-cover-prod"
NAME = "dropify-prod-files"
INDEX = {"globalSecondaryIndexes": [{"name": "byOwner"}]}
OF_TABLE = {"TableName": NAME}
OF_INDEX = {**OF_TABLE, "GlobalSecondaryIndexName": "byOwner"}
THROTTLING = ("ReadThrottleEvents", "WriteThrottleEvents")
SOUND = {
    "alarmActions": ["arn:aws:sns:us-east-1:123456789012:on-call"],
    "comparisonOperator": "GreaterThanOrEqualToThreshold",
    "threshold": 1,
}


def table(**properties):
    return stack_resource(TABLE, "files", {"name": NAME, **properties})


def alarm(metric, dimensions=None, *, depends=None, **properties):
    given = {"metricName": metric, "namespace": "AWS/DynamoDB", "dimensions": dimensions or {}}
    outputs = {**SOUND, **given, "statistic": "Sum", **properties}
    return stack_resource(METRIC_ALARM, metric, outputs, depends=depends)


def query(name, operation, **properties):
    dimensions = {**OF_TABLE, "Operation": operation}
    metric = {"namespace": "AWS/DynamoDB", "metricName": "SystemErrors", "stat": "Sum"}
    return {"id": name, "metric": {**metric, "dimensions": dimensions}, **properties}


def total(expression="SUM(FILL(METRICS(), 0))", **properties):
    return {"id": "total", "expression": expression, "returnData": True, **properties}


def errors(*queries, **properties):
    outputs = {**SOUND, "metricQueries": list(queries), **properties}
    return stack_resource(METRIC_ALARM, "errors", outputs)


THROTTLE = [alarm(metric, OF_TABLE) for metric in THROTTLING]
THROTTLE_INDEX = [alarm(metric, OF_INDEX) for metric in THROTTLING]
SYSTEM = errors(total(), query("m0", "GetItem"), query("m1", "PutItem"))
USER = alarm("UserErrors", threshold=10)
ALL = [*THROTTLE, *THROTTLE_INDEX, SYSTEM, USER]


def without(*left_out):
    return [each for each in ALL if each not in left_out]


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ([], []),
        ([USER], []),
        ([table(**INDEX), *ALL], []),
        ([table(), *without(*THROTTLE_INDEX)], []),
        ([table(**INDEX), *without(THROTTLE[0])], ["read-throttle"]),
        ([table(**INDEX), *without(THROTTLE[1])], ["write-throttle"]),
        ([table(**INDEX), *without(THROTTLE_INDEX[0])], ["index-read-throttle"]),
        ([table(**INDEX), *without(THROTTLE_INDEX[1])], ["index-write-throttle"]),
        ([table(**INDEX), *without(SYSTEM)], ["system-errors"]),
        ([table(**INDEX), *without(USER)], ["user-errors"]),
        (
            [table(), stack_resource(TABLE, "users", {"name": "dropify-prod-users"}), *ALL],
            ["read-throttle", "write-throttle", "system-errors"],
        ),
    ],
)
def test_each_way_to_fail_has_its_alarm(resources, expected):
    assert findings(judge_stack(RULE, resources)) == expected


def test_a_standalone_index_needs_its_own_alarms():
    outputs = {"indexName": "byOwner", "tableName": NAME}
    index = stack_resource(GLOBAL_SECONDARY_INDEX, "byOwner", outputs)
    verdicts = judge_stack(RULE, [table(), index, *without(*THROTTLE_INDEX)])
    assert findings(verdicts) == ["index-read-throttle", "index-write-throttle"]
    assert {verdict.urn for verdict in verdicts} == {index.urn}
    assert findings(judge_stack(RULE, [table(**INDEX), index, *ALL])) == []


@pytest.mark.parametrize(
    "instead",
    [
        alarm("ReadThrottleEvents", {"TableName": "dropify-dev-files"}),
        alarm("ReadThrottleEvents"),
        alarm("ReadThrottleEvents", {**OF_TABLE, "Operation": "GetItem"}),
        alarm("ReadThrottleEvents", {**OF_TABLE, "Region": "us-east-1"}),
        alarm("ReadThrottleEvents", OF_TABLE, namespace="Custom"),
        alarm("ConsumedReadCapacityUnits", OF_TABLE),
    ],
)
def test_an_alarm_on_something_else_watches_no_throttling(instead):
    resources = [table(**INDEX), instead, *without(THROTTLE[0])]
    assert findings(judge_stack(RULE, resources)) == ["read-throttle"]


def test_user_errors_have_no_dimension():
    of_table = alarm("UserErrors", OF_TABLE)
    verdicts = judge_stack(RULE, [table(**INDEX), of_table, *without(USER)])
    assert [(verdict.finding, verdict.urn) for verdict in verdicts] == [("user-errors", None)]


def test_system_errors_of_a_table_without_operation_never_come():
    never = alarm("SystemErrors", OF_TABLE)
    verdicts = judge_stack(RULE, [table(**INDEX), never, *without(SYSTEM)])
    assert [(verdict.finding, verdict.urn) for verdict in verdicts] == [
        ("system-errors-dimension", never.urn)
    ]
    assert findings(judge_stack(RULE, [table(**INDEX), never, *ALL])) == []


@pytest.mark.parametrize(
    ("instead", "expected"),
    [
        (errors(query("m0", "GetItem", returnData=True)), []),
        (errors(total("m0 + m1"), query("m0", "GetItem"), query("m1", "PutItem")), []),
        (errors(total("e1"), {"id": "e1", "expression": "m0"}, query("m0", "GetItem")), []),
        (errors(total("1 - 1"), query("m0", "GetItem")), ["system-errors"]),
        (errors(total("m01"), query("m0", "GetItem")), ["system-errors"]),
        (errors(total(returnData=False), query("m0", "GetItem")), ["system-errors"]),
        (errors(total(), query("m0", "GetItem", accountId="999999999999")), ["system-errors"]),
        (alarm("SystemErrors", {**OF_TABLE, "Operation": "GetItem"}), []),
    ],
)
def test_system_errors_are_added_up_over_operations(instead, expected):
    resources = [table(**INDEX), instead, *without(SYSTEM)]
    assert findings(judge_stack(RULE, resources)) == expected


def test_a_setting_names_the_operations_to_watch():
    watched, more = {"operations": ["GetItem"]}, {"operations": ["GetItem", "Query"]}
    resources = [table(**INDEX), *ALL]
    assert findings(judge_stack(RULE, resources, settings=watched)) == []
    (verdict,) = judge_stack(RULE, resources, settings=more)
    assert verdict.finding == "system-errors"
    assert "Query" in verdict.message


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"alarmActions": []}, ["no-action"]),
        ({"alarmActions": None}, ["no-action"]),
        ({"actionsEnabled": False}, ["no-action"]),
        ({"actionsEnabled": True}, []),
        ({"alarmActions": [UNKNOWN]}, []),
        ({"statistic": "Average"}, ["statistic"]),
        ({"statistic": None, "extendedStatistic": "p99"}, ["statistic"]),
        ({"comparisonOperator": "LessThanThreshold"}, ["threshold"]),
        ({"comparisonOperator": "GreaterThanThreshold", "threshold": 0}, []),
        ({"threshold": 0}, ["threshold"]),
        ({"threshold": None}, ["threshold"]),
        ({"threshold": 101}, ["threshold"]),
        ({"threshold": 100}, []),
        ({"alarmActions": [], "threshold": 1e9}, ["no-action", "threshold"]),
    ],
)
def test_an_alarm_counts_where_it_fires_and_tells_somebody(changed, expected):
    weak = alarm("ReadThrottleEvents", OF_TABLE, **changed)
    verdicts = judge_stack(RULE, [table(**INDEX), weak, *without(THROTTLE[0])])
    assert findings(verdicts) == expected
    assert {verdict.urn for verdict in verdicts} <= {weak.urn}
    assert findings(judge_stack(RULE, [table(**INDEX), weak, *ALL])) == []


def test_a_threshold_may_be_as_high_as_a_setting_says():
    settings = {"highestThreshold": 5}
    high = judge_stack(RULE, [table(**INDEX), *ALL], settings=settings)
    assert [(verdict.finding, verdict.urn) for verdict in high] == [("threshold", USER.urn)]


def test_an_alarm_that_watches_much_and_tells_nobody_is_named_once():
    silent = errors(*SYSTEM.props["metricQueries"], alarmActions=[])
    settings = {"operations": ["GetItem", "PutItem"]}
    resources = [table(**INDEX), silent, *without(SYSTEM)]
    assert findings(judge_stack(RULE, resources, settings=settings)) == ["no-action"]


def test_unknown_names_are_linked_by_the_table_that_they_come_from():
    of = table()
    dimensions = {"TableName": UNKNOWN}
    linked = [alarm(each, dimensions, depends={"dimensions": [of]}) for each in THROTTLING]
    assert findings(judge_stack(RULE, [of, *linked, SYSTEM, USER])) == []


def test_what_is_known_is_judged_before_what_is_unknown():
    lost = alarm("ReadThrottleEvents", {"TableName": UNKNOWN})
    assert findings(judge_stack(RULE, [table(**INDEX), lost, *ALL])) == []
    assert findings(judge_stack(RULE, [table(**INDEX), lost, *without(THROTTLE[0])])) == [
        CANNOT_RUN
    ]
    assert findings(judge_stack(RULE, [table(**INDEX), lost, *without(USER)])) == ["user-errors"]
    unknown = table(globalSecondaryIndexes=UNKNOWN)
    assert findings(judge_stack(RULE, [unknown, *without(USER)])) == ["user-errors", CANNOT_RUN]
    unsure = alarm("UserErrors", threshold=10, actionsEnabled=UNKNOWN)
    assert findings(judge_stack(RULE, [table(**INDEX), unsure, *without(USER)])) == [CANNOT_RUN]
    elsewhere = alarm(UNKNOWN, {}, namespace="AWS/SQS")
    assert findings(judge_stack(RULE, [table(**INDEX), elsewhere, *without(USER)])) == [
        "user-errors"
    ]


def test_a_property_of_another_type_is_a_violation():
    broken = alarm("UserErrors", threshold="ten")
    assert findings(judge_stack(RULE, [table(**INDEX), broken, *without(USER)])) == ["malformed"]


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ["staging", "prod"])
def test_the_program_watches_every_table_where_the_rule_is_on(environment, preview):
    assert verdicts_of(RULE, environment, preview=preview) == []
