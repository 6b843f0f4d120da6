"""The command `tablewright adopt`: look, print the steps, and write the import file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from tablewright.operations.adopt import text
from tablewright.operations.policy_report import outputs
from tablewright.operations.progress import step
from tablewright.operations.terminal import print_text

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from tablewright.operations.adopt.report import AdoptionReport
    from tablewright.operations.adopt.run import Question


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a user asked to be looked at, and where the import file goes."""

    question: Question
    import_file: Path | None = None
    as_json: bool = False

    def report(self, console: Console) -> int:
        """Look, print, write, and return the exit code."""
        if self.import_file:
            outputs.check(self.import_file)
        if self.as_json:
            report = self.question.answered()
            typer.echo(json.dumps(report.as_dict(), indent=2, default=str))
        else:
            report = self._looked(console)
            file = str(self.import_file or f"adopt-{report.stack}.json")
            print_text(console, text.render(report, file, with_file=not self.import_file))
        if self.import_file and report.import_file:
            outputs.write(self.import_file, report.import_file)
        return report.exit_code

    def _looked(self, console: Console) -> AdoptionReport:
        with step(console, "Adopt") as current:
            report = self.question.answered()
            current.failed = not report.ok
            current.result = text.summary(report)
        return report
