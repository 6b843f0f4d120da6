"""Mistakes in alarms: what nobody is told of."""

from tests.policies.mutations.cases import (
    INDEX_ALARM,
    READ_ALARM,
    SHOP,
    SYSTEM_ALARM,
    USER_ALARM,
    Mutation,
)
from tests.support.mutations import drop, put, rename, several, take

ON_TABLE_ALONE = {
    "namespace": "AWS/DynamoDB",
    "metricName": "SystemErrors",
    "statistic": "Sum",
    "period": 60,
    "dimensions": {"TableName": "dropify-prod-shop"},
}

ALARMS = [
    Mutation(
        does="an alarm has no action",
        change=put(READ_ALARM, "alarmActions", []),
        finds=[f"alarms-cover-prod/no-action on {READ_ALARM}"],
    ),
    Mutation(
        does="the actions of an alarm are off",
        change=put(USER_ALARM, "actionsEnabled", value=False),
        finds=[f"alarms-cover-prod/no-action on {USER_ALARM}"],
    ),
    Mutation(
        does="an alarm is dropped",
        change=drop(READ_ALARM),
        finds=[f"alarms-cover-prod/read-throttle on {SHOP}"],
    ),
    Mutation(
        does="the alarm of an index is dropped",
        change=drop(INDEX_ALARM),
        finds=[f"alarms-cover-prod/index-write-throttle on {SHOP}"],
    ),
    Mutation(
        does="the alarm on refused requests is dropped",
        change=drop(USER_ALARM),
        finds=["alarms-cover-prod/user-errors on stack"],
    ),
    Mutation(
        does="system errors are watched on the table's dimension",
        change=several(
            take(SYSTEM_ALARM, "metricQueries"),
            *(put(SYSTEM_ALARM, name, value) for name, value in ON_TABLE_ALONE.items()),
        ),
        finds=[f"alarms-cover-prod/system-errors-dimension on {SYSTEM_ALARM}"],
    ),
    Mutation(
        does="an alarm keeps the former name of its index",
        change=put(INDEX_ALARM, "dimensions.GlobalSecondaryIndexName", "byStatus"),
        finds=[f"alarms-cover-prod/index-write-throttle on {SHOP}"],
    ),
    Mutation(
        does="an alarm watches the table of another environment",
        change=rename("^dropify-prod-shop$", "dropify-staging-shop", only=READ_ALARM),
        finds=[f"alarms-cover-prod/read-throttle on {SHOP}"],
    ),
    Mutation(
        does="an alarm averages what is counted",
        change=put(READ_ALARM, "statistic", "Average"),
        finds=[f"alarms-cover-prod/statistic on {READ_ALARM}"],
    ),
    Mutation(
        does="an alarm waits for too much",
        change=put(READ_ALARM, "threshold", 100_000),
        finds=[f"alarms-cover-prod/threshold on {READ_ALARM}"],
    ),
    Mutation(
        does="an alarm of staging is dropped",
        change=drop(READ_ALARM),
        finds=[f"alarms-cover-prod/read-throttle on {SHOP}"],
        environment="staging",
    ),
]
