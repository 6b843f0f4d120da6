"""The alarms of a stack on DynamoDB, by what they watch.

Metrics and their dimensions are from the page "DynamoDB metrics and dimensions".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

from rules.framework.tokens import METRIC_ALARM
from rules.framework.values import MalformedError
from rules.tables.metric_math import result_of

if TYPE_CHECKING:
    from rules.framework.reading import Properties
    from rules.framework.subjects import Resource, Stack
    from rules.tables.stack_tables import StackTables

READ_THROTTLING: Final = "ReadThrottleEvents"
WRITE_THROTTLING: Final = "WriteThrottleEvents"
SYSTEM_ERRORS: Final = "SystemErrors"
USER_ERRORS: Final = "UserErrors"
_WATCHED: Final = {READ_THROTTLING, WRITE_THROTTLING, SYSTEM_ERRORS, USER_ERRORS}

_TABLE: Final = "TableName"
_INDEX: Final = "GlobalSecondaryIndexName"
_OPERATION: Final = "Operation"
_OPERATIONS: Final = frozenset(
    (
        *("GetItem", "BatchGetItem", "TransactGetItems", "Query", "Scan"),
        *("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"),
        *("ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction"),
        *("GetRecords", "GetShardIterator"),
    )
)
"""What DynamoDB counts errors of; an alarm on any other operation never fires."""


@dataclass(frozen=True)
class Signal:
    """A metric and its dimensions; `table` is a URN."""

    metric: str
    table: str = ""
    index: str = ""
    operation: str = ""


@dataclass(frozen=True)
class Watch:
    """An alarm that watches a signal: the metric, its statistic, and the math that is done."""

    alarm: Resource
    metric: Properties
    statistic: str
    """The name of the argument."""
    expressions: tuple[Properties, ...] = ()


class Alarms:
    """What the alarms of a stack watch."""

    def __init__(self, stack: Stack, tables: StackTables) -> None:
        self._tables = tables
        self.watched: Final[dict[Signal, list[Watch]]] = {}
        self.system_errors: Final[dict[str, list[Watch]]] = {}
        """What watches system errors of any operation on a table, by its URN."""
        self._unread: list[tuple[str, UnknownValueError | MalformedError]] = []
        for alarm in stack.of_type(METRIC_ALARM):
            try:
                self._read(alarm)
            except (UnknownValueError, MalformedError) as error:
                self._unread.append(("", error))

    def unread(self, metric: str) -> list[UnknownValueError | MalformedError]:
        """Return what keeps alarms that may be on a metric from being linked."""
        return [error for name, error in self._unread if name in {"", metric}]

    def _read(self, alarm: Resource) -> None:
        properties = alarm.properties
        if not properties.count("metricQueries"):
            self._add(Watch(alarm, properties, "statistic"), "dimensions")
            return
        metrics, expressions = result_of(properties.sections("metricQueries"))
        for query in metrics:
            watch = Watch(alarm, query.section("metric"), "stat", tuple(expressions))
            self._add(watch, "metricQueries")

    def _add(self, watch: Watch, source: str) -> None:
        metric = watch.metric
        if metric.text("namespace") != "AWS/DynamoDB" or metric.text("metricName") not in _WATCHED:
            return
        try:
            signal = self._signal(watch.alarm, metric, source)
        except (UnknownValueError, MalformedError) as error:
            self._unread.append((metric.text("metricName"), error))
            return
        if signal is None:
            return
        self.watched.setdefault(signal, []).append(watch)
        if signal.metric == SYSTEM_ERRORS and signal.operation in _OPERATIONS and not signal.index:
            self.system_errors.setdefault(signal.table, []).append(watch)

    def _signal(self, alarm: Resource, metric: Properties, source: str) -> Signal | None:
        name = metric.text("metricName")
        dimensions = metric.section("dimensions")
        given = set(dimensions.names())
        if name == USER_ERRORS:
            return None if given else Signal(name)
        if _TABLE not in given or given - {_TABLE, _INDEX, _OPERATION}:
            return None
        table = self._tables.linked(
            alarm, source, lambda: self._tables.called(dimensions.text(_TABLE), alarm)
        )
        if table is None:
            return None
        return Signal(name, table.urn, dimensions.text(_INDEX), dimensions.text(_OPERATION))
