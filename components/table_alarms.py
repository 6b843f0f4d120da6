"""TableAlarms: what somebody must know about one table.

Metrics and their dimensions are from the page "DynamoDB metrics and dimensions": throttling is
counted per table and per index; system errors per table and operation only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tablewright.environment import Label
    from tablewright.models import TableSpec

THROTTLING = {"read": "ReadThrottleEvents", "write": "WriteThrottleEvents"}
MOST_METRICS = 10
"""CloudWatch's limit for one alarm on metric math."""
_PERIOD_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class TableAlarmsArgs:
    """The table to watch, the API operations performed on it, and the topic to tell.

    Without a topic the alarms change state and tell nobody.
    """

    spec: TableSpec
    operations: tuple[str, ...]
    label: Label
    tags: Mapping[str, str]
    topic_arn: pulumi.Input[str] | None = None


class TableAlarms(pulumi.ComponentResource):
    """Alarms on throttled reads and writes of a table and each index, and on system errors."""

    alarm_names: pulumi.Output[list[str]]

    def __init__(
        self, name: str, args: TableAlarmsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tablewright:index:TableAlarms", name, None, opts)
        alarms = planned_alarms(args.spec, args.operations, args.label)
        for alarm in alarms:
            aws.cloudwatch.MetricAlarm(
                f"{name}{alarm.ending}",
                name=alarm.name,
                alarm_description=alarm.description,
                comparison_operator="GreaterThanOrEqualToThreshold",
                threshold=1,
                evaluation_periods=1,
                treat_missing_data="notBreaching",
                alarm_actions=[args.topic_arn] if args.topic_arn is not None else None,
                tags=args.tags,
                opts=pulumi.ResourceOptions(parent=self),
                **alarm.metric,
            )
        names = [alarm.name for alarm in alarms]
        self.alarm_names = pulumi.Output.from_input(names)
        self.register_outputs({"alarmNames": names})


@dataclass(frozen=True, kw_only=True)
class PlannedAlarm:
    """One alarm before it is made; names begin with the table's and have the ending."""

    ending: str
    name: str
    description: str
    metric: dict[str, Any]


def planned_alarms(
    spec: TableSpec, operations: tuple[str, ...], label: Label
) -> tuple[PlannedAlarm, ...]:
    """Say which alarms a table has."""
    found = (*_throttling(spec, label), *_system_errors(spec.name, operations, label))
    return tuple(
        PlannedAlarm(
            ending=ending,
            name=label.alarm(f"{spec.name}{ending}"),
            description=description,
            metric=metric,
        )
        for ending, description, metric in found
    )


def _throttling(spec: TableSpec, label: Label) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Watch the table, and each global index: a local index shares the table's throughput.

    A slash comes before an index, for no table's name holds one: index `b` of table `a` and the
    table `a-b` need alarms of different names.
    """
    targets: list[tuple[str, str, dict[str, str]]] = [("", f"table {spec.name}", {})]
    for index in spec.global_indexes:
        where = f"index {index.name} of table {spec.name}"
        targets.append((f"/{index.name}", where, {"GlobalSecondaryIndexName": index.name}))
    for ending, where, dimension in targets:
        for kind, metric in THROTTLING.items():
            yield (
                f"{ending}-{kind}-throttle",
                f"DynamoDB throttles {kind}s of {where}",
                {
                    "namespace": "AWS/DynamoDB",
                    "metric_name": metric,
                    "dimensions": {"TableName": label.table(spec.name), **dimension},
                    "statistic": "Sum",
                    "period": _PERIOD_SECONDS,
                },
            )


def _system_errors(
    table: str, operations: tuple[str, ...], label: Label
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Add up system errors over the operations in use, ten to an alarm."""
    for start in range(0, len(operations), MOST_METRICS):
        group = operations[start : start + MOST_METRICS]
        number = f"-{start // MOST_METRICS + 1}" if start else ""
        yield (
            f"-system-errors{number}",
            f"DynamoDB fails requests to table {table}: {', '.join(group)}",
            {"metric_queries": _sum(label.table(table), group)},
        )


def _sum(table_name: str, operations: tuple[str, ...]) -> list[dict[str, Any]]:
    metrics = [
        {
            "id": f"m{number}",
            "metric": {
                "namespace": "AWS/DynamoDB",
                "metric_name": "SystemErrors",
                "dimensions": {"TableName": table_name, "Operation": operation},
                "stat": "Sum",
                "period": _PERIOD_SECONDS,
            },
        }
        for number, operation in enumerate(operations)
    ]
    total = {
        "id": "total",
        "expression": "SUM(FILL(METRICS(), 0))",
        "label": "System errors of all operations",
        "return_data": True,
    }
    return [total, *metrics]
