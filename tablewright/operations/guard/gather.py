"""Gathers what the guard judges: a preview, the stack's state, and what the program registers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tablewright.local.engine import find_cli
from tablewright.models.catalog import CATALOG
from tablewright.operations.guard import preview as previews
from tablewright.operations.guard import state as states
from tablewright.operations.guard.allowances import Allowances
from tablewright.operations.guard.judge import findings
from tablewright.operations.guard.preview import NotUnderstoodError
from tablewright.operations.guard.report import GuardReport, reported
from tablewright.operations.guard.uses import Store, Uses
from tablewright.recorder import OfflineBackend

if TYPE_CHECKING:
    from pathlib import Path

    from tablewright.operations.guard.preview import Preview
    from tablewright.operations.guard.state import State
    from tablewright.operations.stacks import ProjectStack

STANDARD_INPUT: Final = "-"
_ARN_PARTS: Final = 6


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """A preview and a state; what is not given is asked of the Pulumi CLI."""

    project: ProjectStack
    preview: Path | None = None
    state: Path | None = None
    allow: Path | None = None

    def judged(self) -> GuardReport:
        """Judge; raises OperationError for what cannot be judged."""
        settings = self.project.settings
        allowances = Allowances.of(self.project.root, settings.environment.value, file=self.allow)
        state = self._state()
        preview = self._preview()
        program = self.project.preview(_surroundings_of(state))
        uses = Uses(
            tuple(
                Store(
                    model=CATALOG[name],
                    table_names={
                        t.name: settings.label.table(t.name) for t in CATALOG[name].tables
                    },
                )
                for name in settings.stores
            )
        )
        return reported(
            self.project.stack,
            findings(preview, state, program, uses),
            allowances,
            errors=preview.errors,
            steps=Counter(step.operation.value for step in preview.steps),
            positions={
                one.urn: one.source_position
                for one in program.registrations
                if one.source_position is not None
            },
        )

    def _preview(self) -> Preview:
        if self.preview is None:
            text = self._pulumi("preview", "--json", may_fail=True)
            return previews.read(text, "the preview")
        return previews.read(_read(self.preview), str(self.preview))

    def _state(self) -> State:
        if self.state is None:
            return states.read(self._pulumi("stack", "export"), "the exported state")
        return states.read(_read(self.state), str(self.state))

    def _pulumi(self, *command: str, may_fail: bool = False) -> str:
        """Run the CLI; a preview that fails still prints what it found until then."""
        line = [str(find_cli()), *command, "--stack", self.project.stack, "--non-interactive"]
        run = subprocess.run(  # noqa: S603 -- the user's CLI
            line,
            cwd=self.project.root,
            check=False,
            capture_output=True,
            text=True,
            # A streamed preview is of another form.
            env={**os.environ, "PULUMI_ENABLE_STREAMING_JSON_PREVIEW": ""},
        )
        if run.returncode and not (may_fail and run.stdout.lstrip().startswith("{")):
            said = run.stderr.strip() or run.stdout.strip() or "it said nothing"
            raise NotUnderstoodError(
                f"`pulumi {' '.join(command)}` ended with exit code {run.returncode}: {said}"
            )
        return run.stdout


def _read(path: Path) -> str:
    if str(path) == STANDARD_INPUT:
        return sys.stdin.read()
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotUnderstoodError(f"{path} cannot be read: {error}") from None


def _surroundings_of(state: State) -> OfflineBackend:
    """Return account and region of what is deployed, so that the program names the same ARNs."""
    for side in state.resources.values():
        arn = side.outputs.get("arn")
        parts = arn.split(":", _ARN_PARTS - 1) if isinstance(arn, str) else []
        if len(parts) == _ARN_PARTS and parts[2] == "dynamodb" and parts[4]:
            return OfflineBackend(partition=parts[1], region=parts[3], account=parts[4])
    return OfflineBackend()
