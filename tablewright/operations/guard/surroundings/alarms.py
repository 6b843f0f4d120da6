"""Alarms: what tells somebody of throttling and errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.scene import (
    Arguments,
    Harmless,
    Judge,
    alias_of,
    judged_by_arguments,
    noted,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene


def judge(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge what would become of an alarm."""
    name = change.physical_name
    if change.removed:
        if scene.taking_the_place_of(change) is None:
            yield unwatched(change, "removed", f"alarm {name} is deleted")
        else:
            what = f"alarm {name} is made under another logical name, then deleted by its old one"
            yield unwatched(change, "logical-name", what, alias_of(change))
    elif change.replaced:
        yield unwatched(change, "replace", f"alarm {name} is deleted and made anew")
    elif change.old is not None:
        yield from dict.fromkeys(judged_by_arguments(change, scene, ARGUMENTS))


def unwatched(change: Change, cause: str, what: str, instead: str = "") -> Finding:
    """Return the finding that nobody would hear of what goes wrong."""
    return Finding(
        kind=Kind.RECOVERY_WEAKENED,
        cause=cause,
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        fails="nobody hears of throttling or errors",
        instead=instead or "keep it, or accept this finding in guard-allow.yaml",
    )


def _enabled(change: Change, _: Scene) -> Iterator[Finding]:
    # AWS's default is true (API: PutMetricAlarm, ActionsEnabled).
    before, after = (of("actionsEnabled") in (None, True) for of in (change.before, change.after))
    if before and not after:
        what = f"alarm {change.physical_name} tells nobody any more"
        yield unwatched(change, "actionsEnabled", what)


def _told(change: Change, _: Scene) -> Iterator[Finding]:
    if change.before("alarmActions") and not change.after("alarmActions"):
        what = f"alarm {change.physical_name} tells nobody any more"
        yield unwatched(change, "alarmActions", what)
    elif change.before("alarmActions"):
        yield noted(change, "alarmActions", f"alarm {change.physical_name} tells somebody else")


def _watching(argument: str) -> Judge:
    """Return the judge of what an alarm watches, where anything else may never be in alarm."""

    def judge_argument(change: Change, _: Scene) -> Iterator[Finding]:
        what = f"{argument} of alarm {change.physical_name} changes: it watches something else"
        yield unwatched(change, argument, what)

    return judge_argument


def _tuned(change: Change, _: Scene) -> Iterator[Finding]:
    changed = [name for name in change.changed if ARGUMENTS.get(name) is _tuned]
    yield noted(change, "alarm", f"alarm {change.physical_name} changes: {', '.join(changed)}")


_WATCHED: Final = ("dimensions", "metricName", "metricQueries", "name", "namespace", "region")
_TUNED: Final = (
    "comparisonOperator",
    "datapointsToAlarm",
    "evaluateLowSampleCountPercentiles",
    "evaluationInterval",
    "evaluationPeriods",
    "evaluationWindow",
    "extendedStatistic",
    "insufficientDataActions",
    "okActions",
    "period",
    "statistic",
    "threshold",
    "thresholdMetricId",
    "treatMissingData",
    "unit",
    "warmUpConfiguration",
)
ARGUMENTS: Final[Arguments] = {
    "actionsEnabled": _enabled,
    "alarmActions": _told,
    "alarmDescription": Harmless("nobody depends on a description"),
    "evaluationCriteria": _watching("evaluationCriteria"),
    "tags": Harmless("tags hold no data"),
    "tagsAll": Harmless("tags hold no data"),
    **{name: _watching(name) for name in _WATCHED},
    **dict.fromkeys(_TUNED, _tuned),
}
"""Every argument of the provider's alarm."""
