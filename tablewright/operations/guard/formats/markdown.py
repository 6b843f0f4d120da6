"""The guard's report as GitHub's Markdown, for a pull request or the summary of a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.operations.guard.formats.words import TITLES, details, verdict
from tablewright.operations.policy_report.formats.markdown import code, escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tablewright.operations.guard.report import GuardReport


def render(report: GuardReport) -> str:
    """Return the report, the verdict first."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: GuardReport) -> Iterator[str]:
    judged = "fine" if report.ok else "**stopped**"
    yield f"## Guard: {code(report.stack)} {judged}"
    yield ""
    yield escape(verdict(report))
    yield ""
    for kind, title in TITLES.items():
        found = report.of_kind(kind)
        if found:
            yield f"### {title}"
            yield ""
        for finding in found:
            place = report.positions.get(finding.urn)
            where = f" at {code(str(place))}" if place else ""
            yield f"- {code(finding.thing)} {code(finding.cause)}{where}: {escape(finding.what)}"
            yield from (f"  - *{heading}*: {escape(text)}" for heading, text in details(finding))
        if found:
            yield ""
    yield from _section("Problems", report.problems)
    yield from _section("The preview failed", report.failures)
    accepted = [f"{a.finding.thing}: {a.finding.what} ({a.words})" for a in report.accepted]
    yield from _section("Accepted", accepted)
    yield from _section("Notes", [f"{note.thing}: {note.what}" for note in report.notes])
    yield from _section("Allowances that nothing needs", report.hints)


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"### {title}"
        yield ""
        yield from (f"- {escape(line)}" for line in lines)
        yield ""
