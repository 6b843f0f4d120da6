"""Words that all formats of the guard's report share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.guard.finding import Kind
from tablewright.operations.policy_report.formats.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.finding import Finding
    from tablewright.operations.guard.report import GuardReport

TITLES: Final = {
    Kind.DATA_LOSS: "Data loss",
    Kind.INDEX_OUTAGE: "Index outage",
    Kind.RECOVERY_WEAKENED: "Recovery weakened",
    Kind.CONTRACT_BROKEN: "Contract broken",
    Kind.SILENT: "Ignored in silence",
    Kind.NOT_UNDERSTOOD: "Not understood",
}
"""The kinds that stop a deployment, worst first."""


def verdict(report: GuardReport) -> str:
    """Say in one line how a preview came out."""
    counts = [
        counted(len(report.of_kind(kind)), title.lower(), title.lower())
        for kind, title in TITLES.items()
        if report.of_kind(kind)
    ]
    if report.problems:
        counts.append(counted(len(report.problems), "problem"))
    if report.failures:
        counts.append("the preview itself failed")
    if report.accepted:
        counts.append(f"{len(report.accepted)} accepted")
    if report.notes:
        counts.append(counted(len(report.notes), "note"))
    steps = ", ".join(f"{count} {name}" for name, count in sorted(report.steps.items()))
    of = f" ({steps})" if steps else ""
    return f"{', '.join(counts) or 'nothing is lost, fails or breaks'}{of}"


def details(finding: Finding) -> Iterator[tuple[str, str]]:
    """Give what is to be said of a finding beside what AWS will do, each with its heading."""
    for heading, text in (
        ("Fails", finding.fails),
        ("Stopped by", finding.blocked),
        ("Instead", finding.instead),
    ):
        if text:
            yield heading, text
