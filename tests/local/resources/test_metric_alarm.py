import pytest

from tablewright.local.resources.metric_alarm import MetricAlarmHandler

HANDLER = MetricAlarmHandler()
TOPIC = "arn:aws:sns:eu-north-1:123456789012:alarms"


def throttling(**changes):
    return {
        "name": "throttling",
        "comparisonOperator": "GreaterThanOrEqualToThreshold",
        "evaluationPeriods": 1,
        "metricName": "ReadThrottleEvents",
        "namespace": "AWS/DynamoDB",
        "dimensions": {"TableName": "files", "GlobalSecondaryIndexName": "byOwner"},
        "period": 60,
        "statistic": "Sum",
        "threshold": 1,
        "treatMissingData": "notBreaching",
        "alarmDescription": "reads are throttled",
        "alarmActions": [TOPIC],
        "okActions": [TOPIC],
        **changes,
    }


def measured(id_, operation):
    return {
        "id": id_,
        "returnData": False,
        "metric": {
            "metricName": "SystemErrors",
            "namespace": "AWS/DynamoDB",
            "dimensions": {"TableName": "files", "Operation": operation},
            "period": 60,
            "stat": "Sum",
            "unit": "Count",
        },
    }


def system_errors(**changes):
    queries = [
        measured("m1", "GetItem"),
        measured("m2", "Query"),
        {"id": "total", "expression": "m1 + m2", "label": "System errors", "returnData": True},
    ]
    return {
        "name": "system-errors",
        "comparisonOperator": "GreaterThanThreshold",
        "evaluationPeriods": 2,
        "datapointsToAlarm": 1,
        "threshold": 0.5,
        "metricQueries": queries,
        **changes,
    }


def expected(inputs):
    """What a program declared, with the provider's defaults in every query."""
    queries = [
        {"accountId": "", "expression": "", "label": "", "period": 0, **query}
        for query in inputs.get("metricQueries", ())
    ]
    return {**inputs, "metricQueries": queries}


@pytest.mark.parametrize("inputs", [throttling(), system_errors()], ids=lambda one: one["name"])
def test_an_alarm_reads_as_declared(clients, inputs):
    id_, outputs = HANDLER.create(clients, inputs)

    assert id_ == inputs["name"]
    assert {name: outputs[name] for name in expected(inputs)} == expected(inputs)
    assert HANDLER.read(clients, id_, inputs) == outputs


def test_an_alarm_lives_from_creation_to_deletion(clients):
    old = throttling(tags={"Owner": "you", "Old": "1"})
    id_, created = HANDLER.create(clients, old)
    assert created["tags"] == {"Owner": "you", "Old": "1"}

    new = throttling(threshold=5, alarmActions=[], actionsEnabled=False, tags={"Owner": "me"})
    updated = HANDLER.update(clients, id_, old, new)
    assert (updated["threshold"], updated["actionsEnabled"]) == (5, False)
    assert "alarmActions" not in updated
    assert updated["tags"] == {"Owner": "me"}
    assert updated == HANDLER.read(clients, id_, new)

    HANDLER.delete(clients, id_, updated)
    HANDLER.delete(clients, id_, updated)
    assert HANDLER.read(clients, id_, new) is None


def test_the_name_replaces():
    assert HANDLER.replace_on == {"region", "name"}


def test_metric_math_with_one_result_and_ten_metrics_passes_the_check():
    metrics = [measured(f"m{number}", "Query") for number in range(10)]
    total = {"id": "total", "expression": "SUM(METRICS())", "returnData": True}

    assert HANDLER.check(system_errors(metricQueries=[*metrics, total])) == []


@pytest.mark.parametrize(
    ("queries", "reason"),
    [
        ([measured("m1", "Query")], "0 of them return data"),
        (
            [{**measured(one, "Query"), "returnData": True} for one in ("m1", "m2")],
            "2 of them return data (m1, m2)",
        ),
        (
            [
                *(measured(f"m{number}", "Query") for number in range(11)),
                {"id": "total", "expression": "SUM(METRICS())", "returnData": True},
            ],
            "11 metrics, but an alarm takes 10",
        ),
    ],
)
def test_metric_math_that_cloudwatch_refuses_fails_the_check(queries, reason):
    [(name, found)] = HANDLER.check(system_errors(metricQueries=queries))

    assert name == "metricQueries"
    assert found.startswith(reason)
