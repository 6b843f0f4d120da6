"""How people see what became of access patterns: each one, then each cause of failures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from tablewright.operations.listing import Finding, Listing, shown
from tablewright.operations.patterns.result import PatternReport, PatternResult, PatternStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADS = ("status", "model", "access pattern", "operation", "on")
_COLORS = {
    PatternStatus.PASSED: "green",
    PatternStatus.FAILED: "red",
    PatternStatus.NOT_DEPLOYED: "yellow",
}
_NAMED = 5


def render(report: PatternReport) -> Listing:
    """List every access pattern with what became of it, and below why."""
    width = max((len(result.status) for result in report.results), default=0)
    return Listing(
        heads=_HEADS,
        findings=tuple(_finding(result, width) for result in report.results),
        notes=tuple(_causes(report)),
    )


def render_failures(report: PatternReport) -> Listing:
    """List only the causes of failures, each with the access patterns that it befell."""
    failed = PatternReport(report.of(PatternStatus.FAILED))
    return Listing(heads=_HEADS, findings=(), notes=tuple(_causes(failed)))


def _finding(result: PatternResult, width: int) -> Finding:
    color = _COLORS[result.status]
    words = (result.model, result.pattern, result.operation, result.target)
    return Finding(
        cells=(Text(result.status, style=color), *map(Text, words)),
        line=Text.assemble(
            (f"{result.status:<{width}}", color),
            f"  {result.model}  {result.pattern}  {result.operation} on {result.target}",
        ),
    )


def _causes(report: PatternReport) -> Iterator[Text]:
    groups: dict[tuple[PatternStatus, str], list[PatternResult]] = {}
    for result in report.results:
        if result.cause:
            groups.setdefault((result.status, result.cause), []).append(result)
    for (status, cause), results in groups.items():
        if len(results) == 1 and status is PatternStatus.FAILED:
            count, said = "", shown(results[0].problem)
        else:
            count = f"{len(results)} pattern{'s' if len(results) > 1 else ''} "
            said = f"{shown(cause)} ({_names(results)})"
        yield Text.assemble((f"{count}{status}:", _COLORS[status]), f" {said}")


def _names(results: list[PatternResult]) -> str:
    names = [result.pattern for result in results[:_NAMED]]
    return ", ".join([*names, "…"] if len(results) > _NAMED else names)
