"""Findings as a table where there is room for one, and as one line each where there is not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

ROOM = 120
"""From how many columns on a terminal shows tables."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One row: its cells, what a line says in their place, and lines that follow it.

    With such lines a finding is never a row, for which they are too long.
    """

    cells: tuple[Text, ...]
    line: Text
    details: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Prints findings, and notes below them, in the form that fits the console; never cropped."""

    heads: tuple[str, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Text, ...] = ()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        rows = [finding for finding in self.findings if not finding.details]
        lines = [finding for finding in self.findings if finding.details]
        if rows and console.is_terminal and options.max_width >= ROOM:
            console.print(self._table(rows))
        else:
            lines = list(self.findings)
        for finding in lines:
            for line in (finding.line, *(Text(f"  {detail}") for detail in finding.details)):
                _print_whole(console, line)
        for note in self.notes:
            _print_whole(console, note)
        # What is yielded here would be cropped to the console's width by the print under way.
        return iter(())

    def _table(self, findings: list[Finding]) -> Table:
        table = Table()
        for head in self.heads:
            table.add_column(head, overflow="fold")
        for finding in findings:
            table.add_row(*finding.cells)
        return table


def _print_whole(console: Console, line: Text) -> None:
    console.print(line, soft_wrap=True, highlight=False)


def shown(value: object) -> str:
    """Write a value on one line: text as it is, the rest as JSON, and what is not there as `-`."""
    if value is None:
        return "-"
    if isinstance(value, str) and value.isprintable():
        return value
    return json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
