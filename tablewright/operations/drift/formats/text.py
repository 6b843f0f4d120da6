"""The report on drift for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from tablewright.operations.drift.formats.words import (
    TITLES,
    details,
    judged,
    next_steps,
    said,
    verdict,
)
from tablewright.operations.policy_report.formats.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.drift.report import DriftReport

_COLORS: Final = {"same": "green", "drifted": "bold red", "not compared": "bold magenta"}


def render(report: DriftReport) -> Text:
    """Return the report, the verdict last, where a reader looks first."""
    return Text("\n").join(_lines(report))


def _lines(report: DriftReport) -> Iterator[Text]:
    yield from _differences(report)
    if report.not_compared:
        yield Text(f"Not compared: {len(report.not_compared)}", style="magenta")
        for each in report.not_compared:
            yield _named(each.resource, f"{each.property}: {each.reason}")
            yield Text(f"    Instead: {one_line(each.remedy)}", style="green")
        yield Text()
    if report.notes:
        yield Text("Notes", style="bold")
        yield from (Text(f"  {one_line(note)}") for note in report.notes)
        yield Text()
    for line in next_steps(report):
        yield Text(one_line(line))
    word = judged(report)
    yield Text.assemble(
        (one_line(report.stack), "bold"), ": ", (word, _COLORS[word]), f": {verdict(report)}"
    )


def _differences(report: DriftReport) -> Iterator[Text]:
    for mends, title in TITLES.items():
        found = report.mended_by(mends)
        if not found:
            continue
        yield Text(f"{title}: {len(found)}", style="red")
        for each in found:
            yield _named(each.check.resource, said(each))
            yield from (Text(f"      {one_line(line)}") for line in details(each))
            if each.back.words:
                yield Text(f"    Way back: {one_line(each.back.words)}", style="green")
        yield Text()


def _named(resource: str, text: str) -> Text:
    return Text.assemble("  ", (one_line(resource), "bold"), f" {one_line(text)}")
