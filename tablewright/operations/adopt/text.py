"""The report on adoption for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from tablewright.operations.adopt.candidate import Verdict
from tablewright.operations.adopt.steps import steps
from tablewright.operations.adopt.whereabouts import Way
from tablewright.operations.guard.formats.words import details
from tablewright.operations.listing import shown
from tablewright.operations.policy_report.formats.wording import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.adopt.candidate import Candidate
    from tablewright.operations.adopt.report import AdoptionReport

_COLORS: Final = {
    Verdict.ADOPTABLE: "green",
    Verdict.DANGEROUS: "yellow",
    Verdict.IMPOSSIBLE: "bold red",
    Verdict.ABSENT: "dim",
}


def render(report: AdoptionReport, file: str, *, with_file: bool) -> Text:
    """Return the tables, the import file where it is not written, the steps, and the verdict."""
    return Text("\n").join(_lines(report, file, with_file=with_file))


def _lines(report: AdoptionReport, file: str, *, with_file: bool) -> Iterator[Text]:
    for candidate in report.candidates:
        yield from _candidate(candidate)
    for known in report.known_by(Way.HERE):
        yield Text(f"{one_line(known.candidate.physical_name)} is in the state under its URN.")
    if with_file and report.import_file:
        yield Text(f"\n{file}:", style="bold")
        yield from (Text(line) for line in report.import_file.splitlines())
    if not with_file and not report.import_file:
        yield Text(f"\n{file} is not written: no table is to be imported.")
    for number, step in enumerate(steps(report, file), start=1):
        yield Text(f"\n{number}. {step.title}")
        yield from (Text(f"   {line}", style="cyan") for line in step.lines)
    yield Text()
    yield Text.assemble((report.stack, "bold"), f": {summary(report)}")


def _candidate(candidate: Candidate) -> Iterator[Text]:
    verdict = candidate.verdict
    yield Text.assemble(
        (one_line(candidate.physical_name), "bold"),
        f" as {candidate.registration.name}: ",
        (str(verdict), _COLORS[verdict]),
        "; the first deployment makes it" if verdict is Verdict.ABSENT else "",
    )
    for finding in candidate.findings:
        style = "red" if finding.stops else ""
        yield Text(f"  {one_line(finding.cause)}: {one_line(finding.what)}", style=style)
        if finding.stops:
            for heading, words in details(finding):
                yield Text(f"    {heading}: {one_line(words)}")
    for setting in candidate.settings:
        because = f" ({setting.because})" if setting.because else ""
        change = f"{_brief(setting.before)} becomes {_brief(setting.after)}"
        yield Text(f"  {setting.name}: {one_line(change)}{because}")


def _brief(value: object) -> str:
    """Write a value on one line; of indexes and attributes the names say enough."""
    if isinstance(value, list) and all(isinstance(e, dict) and "name" in e for e in value):
        return ", ".join(str(each["name"]) for each in value) or "none"
    return shown(value)


def summary(report: AdoptionReport) -> str:
    """Say in one line how the look came out."""
    counts = [(v, len(report.of(v))) for v in Verdict if report.of(v)]
    return f"{counted(len(report.candidates), 'table')}: " + ", ".join(
        f"{count} {verdict}" for verdict, count in counts
    )
