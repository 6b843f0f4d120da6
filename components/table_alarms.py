"""TableAlarms: what somebody must know about one table.

Metrics and their dimensions are from the page "DynamoDB metrics and dimensions": throttling is
counted per table and per index; system errors per table and operation only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from tablewright.models import Operation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.environment import Label
    from tablewright.models import AccessPattern, TableSpec

THROTTLING = {"read": "ReadThrottleEvents", "write": "WriteThrottleEvents"}
MOST_METRICS = 10
"""CloudWatch's limit for one alarm on metric math."""
_PERIOD_SECONDS = 60
_NO_SYSTEM_ERRORS = frozenset({Operation.DESCRIBE_TABLE})
_CALLED = {Operation.READ_STREAM: "GetRecords"}


@dataclass(frozen=True, kw_only=True)
class TableAlarmsArgs:
    """The table to watch, the patterns performed on it, and the topic to tell.

    Without a topic the alarms change state and tell nobody.
    """

    spec: TableSpec
    table_name: str
    patterns: tuple[AccessPattern, ...]
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
        names = []
        for parts, description, metric in (*_throttling(args), *_system_errors(args)):
            alarm = args.label.alarm(*parts)
            aws.cloudwatch.MetricAlarm(
                "-".join((name, *parts[1:])),
                name=alarm,
                alarm_description=description,
                comparison_operator="GreaterThanOrEqualToThreshold",
                threshold=1,
                evaluation_periods=1,
                treat_missing_data="notBreaching",
                alarm_actions=[args.topic_arn] if args.topic_arn is not None else None,
                tags=args.tags,
                opts=pulumi.ResourceOptions(parent=self),
                **metric,
            )
            names.append(alarm)
        self.alarm_names = pulumi.Output.from_input(names)
        self.register_outputs({"alarm_names": names})


Alarm = tuple[tuple[str, ...], str, dict[str, Any]]
"""Name parts, description, and what is measured."""


def _throttling(args: TableAlarmsArgs) -> list[Alarm]:
    """Watch the table, and each global index: a local index shares the table's throughput."""
    table = args.spec.name
    targets: list[tuple[tuple[str, ...], str, dict[str, str]]] = [((table,), f"table {table}", {})]
    for index in args.spec.global_indexes:
        dimension = {"GlobalSecondaryIndexName": index.name}
        targets.append(((table, index.name), f"index {index.name} of table {table}", dimension))
    return [
        (
            (*parts, f"{kind}-throttle"),
            f"DynamoDB throttles {kind}s of {where}",
            {
                "namespace": "AWS/DynamoDB",
                "metric_name": metric,
                "dimensions": {"TableName": args.table_name, **dimension},
                "statistic": "Sum",
                "period": _PERIOD_SECONDS,
            },
        )
        for parts, where, dimension in targets
        for kind, metric in THROTTLING.items()
    ]


def _system_errors(args: TableAlarmsArgs) -> list[Alarm]:
    """Add up system errors over the operations that the patterns use, ten to an alarm."""
    operations = operations_on(args.spec.name, args.patterns)
    groups = [
        operations[start : start + MOST_METRICS]
        for start in range(0, len(operations), MOST_METRICS)
    ]
    return [
        (
            (args.spec.name, "system-errors", *([str(number)] if number > 1 else [])),
            f"DynamoDB fails requests to table {args.spec.name}: {', '.join(group)}",
            {"metric_queries": _sum(args.table_name, group)},
        )
        for number, group in enumerate(groups, start=1)
    ]


def operations_on(table: str, patterns: tuple[AccessPattern, ...]) -> list[str]:
    """Return the API operations that the patterns perform on a table, as CloudWatch names them."""
    used = {
        _CALLED.get(pattern.operation, str(pattern.operation))
        for pattern in patterns
        if table in pattern.tables and pattern.operation not in _NO_SYSTEM_ERRORS
    }
    return sorted(used)


def _sum(table_name: str, operations: list[str]) -> list[dict[str, Any]]:
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
