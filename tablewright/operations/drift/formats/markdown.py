"""The report on drift as GitHub's Markdown, for an issue or the summary of a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.operations.drift.formats.words import (
    TITLES,
    details,
    judged,
    next_steps,
    said,
    verdict,
)
from tablewright.operations.policy_report.formats.markdown import code, escape, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.drift.report import DriftReport


def render(report: DriftReport) -> str:
    """Return the report, the verdict first."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: DriftReport) -> Iterator[str]:
    word = judged(report)
    yield f"## Drift: {code(report.stack)} {word if report.ok else f'**{word}**'}"
    yield ""
    yield escape(verdict(report))
    yield ""
    for line in next_steps(report):
        yield prose(line)
        yield ""
    yield from _differences(report)
    if report.not_compared:
        yield "### Not compared"
        yield ""
        for each in report.not_compared:
            yield f"- {code(each.resource)} {escape(each.property)}: {escape(each.reason)}"
            yield f"  - *Instead*: {prose(each.remedy)}"
        yield ""
    if report.notes:
        yield "### Notes"
        yield ""
        yield from (f"- {escape(note)}" for note in report.notes)
        yield ""


def _differences(report: DriftReport) -> Iterator[str]:
    for mends, title in TITLES.items():
        found = report.mended_by(mends)
        if not found:
            continue
        yield f"### {title}"
        yield ""
        for each in found:
            yield f"- {code(each.check.resource)} {escape(said(each))}"
            yield from (f"  - {code(line)}" for line in details(each))
            if each.back.words:
                yield f"  - *Way back*: {prose(each.back.words)}"
        yield ""
