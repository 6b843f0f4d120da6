"""The guard's report for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from tablewright.operations.guard.finding import Kind
from tablewright.operations.guard.formats.words import TITLES, details, verdict
from tablewright.operations.policy_report.formats.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.finding import Finding
    from tablewright.operations.guard.report import GuardReport

_COLORS: Final = {Kind.DATA_LOSS: "bold red", Kind.NOT_UNDERSTOOD: "bold magenta"}


def render(report: GuardReport) -> Text:
    """Return the report, the verdict last, where a reader looks first."""
    return Text("\n").join(_lines(report))


def _lines(report: GuardReport) -> Iterator[Text]:
    for kind, title in TITLES.items():
        found = report.of_kind(kind)
        if found:
            yield Text(f"{title}: {len(found)}", style=_COLORS.get(kind, "red"))
            for finding in found:
                yield from _finding(report, finding)
            yield Text()
    yield from _section("Problems", "red", report.problems)
    yield from _section("The preview failed", "red", report.failures)
    accepted = [f"{a.finding.thing}: {a.finding.what} ({a.words})" for a in report.accepted]
    yield from _section("Accepted", "yellow", accepted)
    yield from _section("Notes", "bold", [f"{n.thing}: {n.what}" for n in report.notes])
    yield from _section("Allowances that nothing needs", "bold", report.hints)
    judged = ("fine", "green") if report.ok else ("STOPPED", "bold red")
    yield Text.assemble(
        (one_line(report.stack), "bold"), ": ", judged, f": {one_line(verdict(report))}"
    )


def _finding(report: GuardReport, finding: Finding) -> Iterator[Text]:
    place = report.positions.get(finding.urn)
    where = f" ({one_line(str(place))})" if place else ""
    name = (one_line(finding.thing), "bold")
    cause = (f" {one_line(finding.cause)}", "dim")
    yield Text.assemble("  ", name, cause, f"{where}: {one_line(finding.what)}")
    for heading, text in details(finding):
        style = "green" if heading == "Instead" else ""
        yield Text(f"    {heading}: {one_line(text)}", style=style)


def _section(title: str, color: str, lines: tuple[str, ...] | list[str]) -> Iterator[Text]:
    if lines:
        yield Text(f"{title}: {len(lines)}", style=color)
        yield from (Text(f"  {one_line(line)}") for line in lines)
        yield Text()
