"""The command `tablewright drift`: compare, print, and write what machines and people read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from tablewright.operations.drift.formats import markdown, text
from tablewright.operations.drift.formats.words import verdict
from tablewright.operations.drift.run import compare
from tablewright.operations.policy_report import outputs
from tablewright.operations.progress import step
from tablewright.operations.terminal import print_text

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from tablewright.operations.drift.report import DriftReport
    from tablewright.operations.endpoint import Endpoint
    from tablewright.operations.stacks import ProjectStack


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a user asked to be compared."""

    project: ProjectStack
    endpoint: Endpoint
    as_json: bool = False
    markdown: Path | None = None

    def report(self, console: Console) -> int:
        """Compare, print, and return the exit code."""
        if self.markdown:
            outputs.check(self.markdown)
        if self.as_json:
            report = compare(self.project, self.endpoint)
            typer.echo(json.dumps(report.as_dict(), indent=2, default=str))
        else:
            report = self._compared(console)
            print_text(console, text.render(report))
        if self.markdown:
            outputs.write(self.markdown, markdown.render(report), append=True)
        return report.exit_code

    def _compared(self, console: Console) -> DriftReport:
        with step(console, "Drift") as current:
            report = compare(self.project, self.endpoint)
            current.failed = not report.ok
            current.result = verdict(report)
        return report
