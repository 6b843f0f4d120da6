"""Somebody is told when DynamoDB throttles, fails, or refuses requests."""

import pytest

from rules.framework.tokens import COMPOSITE_ALARM, GLOBAL_SECONDARY_INDEX, METRIC_ALARM, TABLE
from rules.tables.metric_math import adds_up
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    CANNOT_RUN,
    findings,
    judge_stack,
    stack_resource,
    urn_of,
)
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


def expression(name, text):
    return {"id": name, "expression": text}


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
        (alarm("SystemErrors", {**OF_TABLE, "Operation": "FetchItem"}), ["system-errors"]),
        (errors(total("m0 * 0"), query("m0", "GetItem")), ["expression"]),
        (errors(total("e1"), expression("e1", "m0*0"), query("m0", "GetItem")), ["expression"]),
        (errors(total("SUM([FILL(m0, 0)])"), query("m0", "GetItem")), []),
        (errors(total("m0"), expression("e1", "m0*0"), query("m0", "GetItem")), []),
        (errors(total(), expression("e1", "m0*0"), query("m0", "GetItem")), []),
        (errors(total(period=7_200), query("m0", "GetItem")), ["window"]),
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
        ({"alarmActions": [""]}, ["no-action"]),
        ({"alarmActions": ["arn:aws:automate:us-east-1:ec2:stop"]}, ["no-action"]),
        ({"alarmActions": ["", "arn:aws:lambda:us-east-1:1:function:page"]}, []),
        ({"unit": "Seconds"}, ["unit"]),
        ({"unit": "Count"}, []),
        ({"period": 86_400, "evaluationPeriods": 1}, ["window"]),
        ({"period": 300, "evaluationPeriods": 13}, ["window"]),
        ({"period": 300, "evaluationPeriods": 12}, []),
        ({"region": "eu-west-1"}, ["read-throttle"]),
        ({"region": UNKNOWN}, []),
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
    assert {verdict.urn for verdict in verdicts} <= {weak.urn, urn_of(TABLE, "files")}
    assert findings(judge_stack(RULE, [table(**INDEX), weak, *ALL])) == []


@pytest.mark.parametrize(
    ("expression", "sound"),
    [
        ("m1", True),
        ("m1 + m2 + m3", True),
        ("SUM(METRICS())", True),
        ("SUM(FILL(METRICS(), 0))", True),
        ("FILL(m1, REPEAT) + MAX([m2, m3])", True),
        ("(m1 + (m2))", True),
        ("m1*0", False),
        ("m1 - m2", False),
        ("m1 / 1000", False),
        ("MIN(METRICS())", False),
        ("AVG(METRICS())", False),
        ("FILL(m1, 100)", False),
        ("IF(m1 > 5, m1, 0)", False),
        ("0 + m1", False),
        ("m1 m2", False),
        ("", False),
        ("(" * 2000 + "m1" + ")" * 2000, False),
    ],
)
def test_metric_math_is_understood_where_it_adds_up(expression, sound):
    assert adds_up(expression) is sound


def composite(rule, *, depends=None, **properties):
    outputs = {"alarmActions": SOUND["alarmActions"], "alarmRule": rule, **properties}
    return stack_resource(COMPOSITE_ALARM, "any", outputs, depends=depends)


@pytest.mark.parametrize(
    ("rule", "properties", "expected"),
    [
        ('ALARM("reads")', {}, []),
        ("ALARM(reads) OR ALARM('writes')", {}, []),
        ("(ALARM(writes)\n OR (ALARM(reads)))", {}, []),
        ('ALARM("arn:aws:cloudwatch:us-east-1:1:alarm:reads")', {}, []),
        ('ALARM("writes")', {}, ["no-action"]),
        ('ALARM("reads") AND ALARM("writes")', {}, ["no-action"]),
        ('NOT ALARM("reads")', {}, ["no-action"]),
        ('OK("reads")', {}, ["no-action"]),
        ('ALARM("reads")', {"alarmActions": []}, ["no-action"]),
        ('ALARM("reads")', {"actionsEnabled": False}, ["no-action"]),
        ('ALARM("reads")', {"actionsSuppressor": {"alarm": "quiet"}}, ["no-action"]),
        ('ALARM("reads")', {"region": "eu-west-1"}, ["no-action"]),
        (UNKNOWN, {}, [CANNOT_RUN]),
    ],
)
def test_a_composite_alarm_tells_of_its_children(rule, properties, expected):
    silent = alarm("ReadThrottleEvents", OF_TABLE, alarmActions=[], name="reads")
    resources = [table(**INDEX), silent, composite(rule, **properties), *without(THROTTLE[0])]
    assert findings(judge_stack(RULE, resources)) == expected


def test_an_unknown_rule_of_a_composite_alarm_is_linked_by_what_it_comes_from():
    silent = alarm("ReadThrottleEvents", OF_TABLE, alarmActions=[])
    of = composite(UNKNOWN, depends={"alarmRule": [silent]})
    assert findings(judge_stack(RULE, [table(**INDEX), silent, of, *without(THROTTLE[0])])) == []


def in_region(region, *resources):
    """Return the same resources, as they are in a region."""
    return [
        stack_resource(
            each.resource_type, f"{each.name}-{region}", {**each.props, "region": region}
        )
        for each in resources
    ]


def test_tables_of_one_name_in_two_regions_have_alarms_of_their_own():
    alarms = without(*THROTTLE_INDEX)
    here = in_region("us-east-1", table(), *alarms)
    there = in_region("eu-west-1", table(), *alarms)
    assert findings(judge_stack(RULE, [*here, *there])) == []
    verdicts = judge_stack(RULE, [*here, there[0], *there[2:]])
    assert [(each.finding, each.urn) for each in verdicts] == [("read-throttle", there[0].urn)]


def test_refused_requests_are_counted_in_every_region_of_tables():
    alarms = without(*THROTTLE_INDEX)
    here = in_region("us-east-1", table(), *alarms)
    there = in_region("eu-west-1", table(), *alarms[:-1])
    verdicts = judge_stack(RULE, [*here, *there])
    assert findings(verdicts) == ["user-errors"]
    assert "eu-west-1" in verdicts[0].message


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
