"""Whether an alarm would fire, and whether anybody would be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

from rules.framework.finding import Finding
from rules.framework.order import known_first
from rules.framework.regions import may_be_near
from rules.tables.alarms import SYSTEM_ERRORS, USER_ERRORS, Signal
from rules.tables.metric_math import adds_up
from rules.tables.notifications import tells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.subjects import Resource
    from rules.tables.alarms import Alarms, Watch
    from rules.tables.notifications import Composites
    from rules.tables.stack_table import StackTable

_STATISTICS: Final = {"Sum", "SampleCount"}
_LEAST: Final = {"GreaterThanThreshold": 0.0, "GreaterThanOrEqualToThreshold": 1.0}
"""The lowest threshold by operator that is not reached all the time."""


@dataclass(frozen=True)
class Limits:
    """The highest threshold that an alarm may have, and the most seconds that it may look at."""

    threshold: float
    window: float


class AlarmJudge:
    """Says of a signal whether an alarm watches it as it should."""

    def __init__(self, alarms: Alarms, composites: Composites, limits: Limits) -> None:
        self._alarms = alarms
        self._composites = composites
        self._limits = limits

    def watched(self, signal: Signal, missing: Finding) -> Iterator[Finding]:
        """Give what is wrong with the alarm on a signal, or that there is none."""
        return self._best(signal.metric, self._alarms.watched.get(signal, []), missing)

    def system_errors(self, table: str, missing: Finding) -> Iterator[Finding]:
        """Give what is wrong with the alarms on system errors of a table, whatever the operation.

        One on the dimension of the table alone never fires, and counts as missing.
        """
        return self._best(SYSTEM_ERRORS, self._alarms.system_errors.get(table, []), missing)

    def user_errors(self, table: StackTable, missing: Finding) -> Iterator[Finding]:
        """Give what is wrong with the alarms on refused requests in the region of a table."""
        watches = self._alarms.watched.get(Signal(USER_ERRORS), [])
        near = [watch for watch in watches if may_be_near(watch.alarm, table.resource)]
        return self._best(USER_ERRORS, near, missing)

    def on_table_alone(self, table: str) -> Resource | None:
        """Return an alarm on system errors that leaves out the operation."""
        watches = self._alarms.watched.get(Signal(SYSTEM_ERRORS, table))
        return watches[0].alarm if watches else None

    def _best(self, metric: str, watches: Iterable[Watch], missing: Finding) -> Iterator[Finding]:
        """Give nothing if one alarm is as it should be, else what is wrong with the first."""
        found: list[list[Finding]] = []
        unknown = self._alarms.unread(metric)  # each may be the one that is missing
        for watch in watches:
            try:
                found.append(list(self._faults(watch)))
            except UnknownValueError as error:
                unknown.append(error)
        if [] in found:
            return
        if unknown:
            raise unknown[0]
        yield from found[0] if found else (missing,)

    def _faults(self, watch: Watch) -> Iterator[Finding]:
        """Find what keeps an alarm from telling anybody."""
        return known_first(
            self._action(watch.alarm),
            _counting(watch),
            _threshold(watch.alarm, self._limits.threshold),
            _window(watch, self._limits.window),
            _expression(watch),
        )

    def _action(self, alarm: Resource) -> Iterator[Finding]:
        if not tells(alarm.properties) and not self._composites.tell_of(alarm):
            yield Finding(
                "no-action",
                "the alarm tells nobody; set alarmActions to a topic, and actionsEnabled not to "
                "false, or name the alarm in the rule of a composite alarm that does",
                alarm.urn,
            )


def _counting(watch: Watch) -> Iterator[Finding]:
    statistic, unit = watch.metric.text(watch.statistic), watch.metric.text("unit")
    if statistic not in _STATISTICS:
        yield Finding(
            "statistic",
            f"the statistic is {statistic or 'not set'}, and DynamoDB's errors are counted by Sum",
            watch.alarm.urn,
        )
    if unit not in {"", "Count"}:
        yield Finding(
            "unit",
            f"the unit is {unit}, of which DynamoDB's errors have no value; leave it out",
            watch.alarm.urn,
        )


def _threshold(alarm: Resource, highest: float) -> Iterator[Finding]:
    threshold = alarm.properties.number("threshold")
    least = _LEAST.get(alarm.properties.text("comparisonOperator"))
    if least is None or threshold is None or not least <= threshold <= highest:
        yield Finding(
            "threshold",
            "the alarm never fires, always does, or does so too late; compare with "
            f"GreaterThanOrEqualToThreshold and a threshold from 1 to {highest:g}",
            alarm.urn,
        )


def _window(watch: Watch, longest: float) -> Iterator[Finding]:
    holders = (watch.metric, *watch.expressions)
    period = max(holder.number("period") or 0 for holder in holders)
    seconds = period * (watch.alarm.properties.number("evaluationPeriods") or 1)
    if seconds > longest:
        yield Finding(
            "window",
            f"the alarm looks at {seconds:g} s (period times evaluationPeriods), over the "
            f"{longest:g} s of the setting longestWindow; shorten one of the two",
            watch.alarm.urn,
        )


def _expression(watch: Watch) -> Iterator[Finding]:
    if not all(adds_up(each.text("expression")) for each in watch.expressions):
        yield Finding(
            "expression",
            "it cannot be judged what the alarm's metric math leaves of its metrics; use metrics, "
            "SUM, MAX, FILL with 0, REPEAT or LINEAR, METRICS() and + alone",
            watch.alarm.urn,
        )
