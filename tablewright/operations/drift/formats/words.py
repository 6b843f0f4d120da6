"""Words that both formats of the report on drift share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.drift.way_back import Mends
from tablewright.operations.listing import shown
from tablewright.operations.policy_report.formats.wording import counted
from tablewright.operations.verify.check import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.drift.report import Difference, DriftReport

TITLES: Final = {
    Mends.RESTORE: "Restore first",
    Mends.HAND: "No deployment mends",
    Mends.PLAN: "Plan first",
    Mends.REFRESH_AND_UP: "A refresh and `make up` mend",
}
"""The ways back, most urgent first."""
MOST_DETAILS: Final = 12
SINCE_WHEN: Final = (
    "Since when, and by whom, cannot be seen from here: CloudTrail's event history has the calls "
    "of the last 90 days."
)


def verdict(report: DriftReport) -> str:
    """Say in one line how the comparison came out."""
    counts = [counted(report.same, "property is same", "properties are same")]
    if report.differences:
        number = len(report.differences)
        counts.insert(0, counted(number, "property differs", "properties differ"))
    if report.not_compared:
        counts.append(f"{len(report.not_compared)} could not be compared")
    return ", ".join(counts)


def judged(report: DriftReport) -> str:
    """Give the verdict as one word, or two."""
    if report.differences:
        return "drifted"
    return "not compared" if report.not_compared else "same"


def said(difference: Difference) -> str:
    """Say what is declared and what is deployed; grants that differ come as lines of their own."""
    check = difference.check
    if check.details:
        return f"{check.property} differs (+ deployed only, - declared only)"
    if check.property == "existence":
        return (
            "is missing" if check.status is Status.MISSING else "is there, and nobody declares it"
        )
    if check.expected is None:
        return f"{check.property}: {shown(check.actual)}"
    expected, actual = _differing(check.expected, check.actual)
    if check.status is Status.MISSING:
        return f"{check.property}: declared {shown(expected)}, and missing"
    return f"{check.property}: declared {shown(expected)}, deployed {shown(actual)}"


def details(difference: Difference) -> Iterator[str]:
    """Give the grants that differ, as many as people read; what is added comes first."""
    lines = difference.check.details
    yield from lines[:MOST_DETAILS]
    if len(lines) > MOST_DETAILS:
        yield f"and {len(lines) - MOST_DETAILS} more"


def _differing(expected: object, actual: object) -> tuple[object, object]:
    """Leave out of two mappings, such as tags, what is in both."""
    if not isinstance(expected, dict) or not isinstance(actual, dict):
        return expected, actual
    same = {name for name, value in expected.items() if actual.get(name) == value}
    declared, deployed = (
        {name: value for name, value in side.items() if name not in same}
        for side in (expected, actual)
    )
    return declared or None, deployed or None


def next_steps(report: DriftReport) -> Iterator[str]:
    """Say what the next `make up` does with all this, and what to do instead."""
    if not report.differences:
        return
    stack = report.stack
    yield SINCE_WHEN
    yield (
        f"The next `make up STACK={stack}` alone mends none of it, and changes nothing of it: it "
        "compares the program with the stack's state, not with AWS. Only what the program changes "
        "by itself meanwhile is overwritten."
    )
    mendable = report.mended_by(Mends.REFRESH_AND_UP)
    if mendable and not report.mended_by(Mends.RESTORE):
        yield (
            f"To put back what is declared: `pulumi refresh --stack {stack}` takes what is "
            f"deployed into the state, then `make up STACK={stack}`, which the guard judges. To "
            "keep what is deployed: declare it."
        )
