"""The command `tablewright guard`: judge a preview, print, and write what machines read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import typer

from tablewright.operations.guard.formats import markdown, sarif, text
from tablewright.operations.guard.formats.words import verdict
from tablewright.operations.policy_report import outputs
from tablewright.operations.progress import step
from tablewright.operations.terminal import print_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from rich.console import Console

    from tablewright.operations.guard.gather import Gathered
    from tablewright.operations.guard.report import GuardReport

FORMATS: Final[Mapping[str, Callable[[GuardReport], str]]] = {
    "sarif": sarif.render,
    "markdown": markdown.render,
}
_APPENDED: Final = frozenset({"markdown"})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a user asked of the guard."""

    gathered: Gathered
    files: Mapping[str, Path | None] = field(default_factory=dict)
    as_json: bool = False

    def report(self, console: Console) -> int:
        """Judge, print, and return the exit code."""
        asked = {name: path for name, path in self.files.items() if path is not None}
        outputs.check_all(asked)
        if self.as_json:
            report = self.gathered.judged()
            typer.echo(json.dumps(report.as_dict(), indent=2))
        else:
            report = self._judged(console)
            print_text(console, text.render(report))
        for name, path in asked.items():
            outputs.write(path, FORMATS[name](report), append=name in _APPENDED)
        return report.exit_code

    def _judged(self, console: Console) -> GuardReport:
        with step(console, "Guard") as current:
            report = self.gathered.judged()
            current.failed = not report.ok
            current.result = verdict(report)
        return report
