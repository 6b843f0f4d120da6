"""Gathers what the guard judges: a preview, the stack's state, and what the program registers."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tablewright.local.engine import Engine, find_cli
from tablewright.local.errors import LocalError
from tablewright.operations.errors import OperationError
from tablewright.operations.guard.allowances import Allowances
from tablewright.operations.guard.evidence import Evidence
from tablewright.operations.guard.reading import preview as previews
from tablewright.operations.guard.reading import state as states
from tablewright.operations.guard.reading.preview import NotUnderstoodError
from tablewright.operations.pulumi_cli import PulumiCli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tablewright.operations.guard.reading.preview import Preview
    from tablewright.operations.guard.reading.state import State
    from tablewright.operations.guard.report import GuardReport
    from tablewright.operations.stacks import ProjectStack

STANDARD_INPUT: Final = "-"


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """A preview and a state; what is not given is asked of the Pulumi CLI.

    Of the local stack it is asked where `make up ENGINE=pulumi KEEP=1` serves that.
    """

    project: ProjectStack
    preview: Path | None = None
    state: Path | None = None
    allow: Path | None = None

    def judged(self) -> GuardReport:
        """Judge; raises OperationError for what cannot be judged."""
        if self.preview is not None and _is_input(self.preview) and self.preview == self.state:
            raise OperationError(
                "--preview and --state are both standard input, which holds one document; give one "
                "of them as a file"
            )
        environment = self.project.settings.environment.value
        allowances = Allowances.of(self.project.root, environment, file=self.allow)
        state = self._state()
        evidence = Evidence.of(self.project, self._preview(), state)
        return evidence.judged(self.project, allowances)

    def _preview(self) -> Preview:
        if self.preview is None:
            return previews.read(self._asked(Engine.previewed, PulumiCli.preview), "the preview")
        return previews.read(_read(self.preview), _named(self.preview))

    def _state(self) -> State:
        if self.state is None:
            return states.read(self._asked(Engine.exported, PulumiCli.export), "the exported state")
        return states.read(_read(self.state), _named(self.state))

    def _asked(self, local: Callable[[Engine], str], elsewhere: Callable[[PulumiCli], str]) -> str:
        try:
            find_cli()
        except LocalError as error:
            raise OperationError(
                f"{error}; or name with --preview and --state what `pulumi preview --json` and "
                "`pulumi stack export` printed elsewhere"
            ) from None
        if self.project.is_local:
            return local(Engine.attached(self.project.root))
        return elsewhere(PulumiCli(self.project))


def _is_input(path: Path) -> bool:
    return str(path) == STANDARD_INPUT


def _named(path: Path) -> str:
    return "standard input" if _is_input(path) else str(path)


def _read(path: Path) -> str:
    if _is_input(path):
        return sys.stdin.read()
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise NotUnderstoodError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise NotUnderstoodError(f"{path} cannot be read: {error}") from None
