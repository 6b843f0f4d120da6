"""Whether an alarm would fire, and whether anybody would be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

from rules.framework.finding import Finding
from rules.tables.alarms import SYSTEM_ERRORS, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.subjects import Resource
    from rules.tables.alarms import Alarms, Watch

_STATISTICS: Final = {"Sum", "SampleCount"}
_LEAST: Final = {"GreaterThanThreshold": 0.0, "GreaterThanOrEqualToThreshold": 1.0}
"""The lowest threshold by operator that is not reached all the time."""


class AlarmJudge:
    """Says of a signal whether an alarm watches it as it should."""

    def __init__(self, alarms: Alarms, highest: float) -> None:
        self._alarms = alarms
        self._highest = highest

    def watched(self, signal: Signal, missing: Finding) -> Iterator[Finding]:
        """Give what is wrong with the alarm on a signal, or that there is none."""
        return self._best(signal.metric, self._alarms.watched.get(signal, []), missing)

    def system_errors(self, table: str, missing: Finding) -> Iterator[Finding]:
        """Give what is wrong with the alarms on system errors of a table, whatever the operation.

        One on the dimension of the table alone never fires, and counts as missing.
        """
        return self._best(SYSTEM_ERRORS, self._alarms.system_errors.get(table, []), missing)

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
                found.append(list(_faults(watch, self._highest)))
            except UnknownValueError as error:
                unknown.append(error)
        if [] in found:
            return
        if unknown:
            raise unknown[0]
        yield from found[0] if found else (missing,)


def _faults(watch: Watch, highest: float) -> Iterator[Finding]:
    """Find what keeps an alarm from telling anybody."""
    properties, urn = watch.alarm.properties, watch.alarm.urn
    if not properties.count("alarmActions") or not properties.flag("actionsEnabled", default=True):
        yield Finding(
            "no-action",
            "the alarm tells nobody; set alarmActions to a topic, and actionsEnabled not to false",
            urn,
        )
    if watch.statistic not in _STATISTICS:
        yield Finding(
            "statistic",
            f"the statistic is {watch.statistic or 'not set'}, and DynamoDB's errors are counted "
            "by Sum",
            urn,
        )
    threshold = properties.number("threshold")
    least = _LEAST.get(properties.text("comparisonOperator"))
    if least is None or threshold is None or not least <= threshold <= highest:
        yield Finding(
            "threshold",
            "the alarm never fires, always does, or does so too late; compare with "
            f"GreaterThanOrEqualToThreshold and a threshold from 1 to {highest:g}",
            urn,
        )
