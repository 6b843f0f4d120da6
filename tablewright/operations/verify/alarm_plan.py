"""The alarms that a stack must have: name, and the metrics that each one watches.

Metrics and dimensions are from the page "DynamoDB metrics and dimensions".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.models import DataModel, TableSpec
    from tablewright.operations.verify.stack import Stack

MOST_METRICS = 10
"""CloudWatch's limit for one alarm on metric math."""


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """One alarm: each metric that it watches with its dimensions; more than one are added up."""

    name: str
    data_model: str | None
    metrics: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    math: bool = False


def alarms_of(stack: Stack, model: DataModel, table: TableSpec) -> tuple[Alarm, ...]:
    """Return a table's alarms: throttling there and on each global index, system errors."""
    if not stack.settings.profile.alarms:
        return ()
    return (*_throttling(stack, model, table), *_system_errors(stack, model, table))


def user_errors(stack: Stack) -> tuple[Alarm, ...]:
    """Return the alarm on refused requests, which AWS counts for the account as a whole."""
    if not stack.settings.profile.alarms:
        return ()
    name = stack.label.alarm("user-errors")
    return (Alarm(name=name, data_model=None, metrics=(("UserErrors", ()),)),)


def _throttling(stack: Stack, model: DataModel, table: TableSpec) -> Iterator[Alarm]:
    on_table = ("TableName", stack.label.table(table.name))
    targets: list[tuple[str, tuple[tuple[str, str], ...]]] = [(table.name, (on_table,))]
    for index in table.global_indexes:
        # A local index has no metrics of its own: it shares the table's throughput.
        on_index = ("GlobalSecondaryIndexName", index.name)
        targets.append((f"{table.name}/{index.name}", (on_index, on_table)))
    for target, dimensions in targets:
        for kind in ("Read", "Write"):
            yield Alarm(
                name=stack.label.alarm(f"{target}-{kind.lower()}-throttle"),
                data_model=model.name,
                metrics=((f"{kind}ThrottleEvents", dimensions),),
            )


def _system_errors(stack: Stack, model: DataModel, table: TableSpec) -> Iterator[Alarm]:
    on_table = ("TableName", stack.label.table(table.name))
    operations = stack.operations_on(model, table)
    for start in range(0, len(operations), MOST_METRICS):
        number = f"-{start // MOST_METRICS + 1}" if start else ""
        yield Alarm(
            name=stack.label.alarm(f"{table.name}-system-errors{number}"),
            data_model=model.name,
            metrics=tuple(
                ("SystemErrors", (("Operation", operation), on_table))
                for operation in operations[start : start + MOST_METRICS]
            ),
            math=True,
        )
