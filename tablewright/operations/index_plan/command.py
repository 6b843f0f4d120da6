"""The command `tablewright plan-index`: plan, print, and write what machines read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import typer

from tablewright.operations.index_plan.formats import markdown, text
from tablewright.operations.policy_report import outputs
from tablewright.operations.terminal import print_text

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from tablewright.operations.index_plan.before.sources import Question

PLANNED: Final = 0
NEEDED: Final = 1
COULD_NOT_COMPARE: Final = 2
"""The exit codes; a plan that is needed is a finding only where somebody checks for it."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a user asked of the planner; with `check` a plan that is needed is exit code 1."""

    question: Question
    check: bool = False
    as_json: bool = False
    markdown: Path | None = None

    def report(self, console: Console) -> int:
        """Plan, print, and return the exit code."""
        if self.markdown is not None:
            outputs.check(self.markdown)
        plan = self.question.answered()
        if self.as_json:
            typer.echo(json.dumps(plan.as_dict(), indent=2))
        else:
            print_text(console, text.render(plan))
        if self.markdown is not None:
            outputs.write(self.markdown, markdown.render(plan), append=True)
        return NEEDED if self.check and plan.needed else PLANNED
