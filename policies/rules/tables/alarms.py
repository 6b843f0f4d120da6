"""The alarms of a stack on DynamoDB, by what they watch.

Metrics and their dimensions are from the page "DynamoDB metrics and dimensions".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

from rules.framework.tokens import METRIC_ALARM
from rules.framework.values import MalformedError

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_EVERY_METRIC: Final = re.compile(r"METRICS\(\s*\)")


@dataclass(frozen=True)
class Signal:
    """A metric and its dimensions; `table` is a URN."""

    metric: str
    table: str = ""
    index: str = ""
    operation: str = ""


@dataclass(frozen=True)
class Watch:
    """An alarm that watches a signal, and the statistic by which it does."""

    alarm: Resource
    statistic: str


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
            self._add(alarm, properties, "dimensions", "statistic")
            return
        for query in _returned(properties.sections("metricQueries")):
            self._add(alarm, query.section("metric"), "metricQueries", "stat")

    def _add(self, alarm: Resource, metric: Properties, source: str, statistic: str) -> None:
        if metric.text("namespace") != "AWS/DynamoDB" or metric.text("metricName") not in _WATCHED:
            return
        try:
            signal = self._signal(alarm, metric, source)
        except (UnknownValueError, MalformedError) as error:
            self._unread.append((metric.text("metricName"), error))
            return
        if signal is None:
            return
        watch = Watch(alarm, metric.text(statistic))
        self.watched.setdefault(signal, []).append(watch)
        if signal.metric == SYSTEM_ERRORS and signal.operation and not signal.index:
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
            alarm, source, lambda: self._tables.called(dimensions.text(_TABLE))
        )
        if table is None:
            return None
        return Signal(name, table.urn, dimensions.text(_INDEX), dimensions.text(_OPERATION))


def _returned(queries: tuple[Properties, ...]) -> Iterator[Properties]:
    """Give the metrics that an alarm's result is made of; those of another account are not ours."""
    by_id = {query.text("id"): query for query in queries}
    due = [name for name, query in by_id.items() if query.flag("returnData")]
    reached: set[str] = set()
    while due:
        name = due.pop()
        if name in reached:
            continue
        reached.add(name)
        if by_id[name].holds("metric") and not by_id[name].holds("accountId"):
            yield by_id[name]
        expression = by_id[name].text("expression")
        words = set(re.findall(r"\w+", expression))
        due += by_id if _EVERY_METRIC.search(expression) else words & set(by_id)
