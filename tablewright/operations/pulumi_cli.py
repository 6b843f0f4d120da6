"""The Pulumi CLI on one stack: what it prints, and what to do where it cannot."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tablewright.local.engine import find_cli
from tablewright.operations.errors import OperationError

if TYPE_CHECKING:
    from tablewright.operations.stacks import ProjectStack

_REMEDIES: Final = (
    (
        r"no stack named",
        "the backend knows no such stack; make it once with `pulumi stack init {stack}`",
    ),
    (
        r"PULUMI_ACCESS_TOKEN must be set|pulumi login|not logged in|invalid access token",
        "log in to the backend that keeps the stack's state: `pulumi login`",
    ),
    (
        r"passphrase",
        "set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the stack's passphrase",
    ),
    (
        r"currently locked|[Uu]pdate is currently in progress",
        "another deployment holds the stack; wait for it, or end a dead one: pulumi cancel {stack}",
    ),
)

_ERROR: Final = r'"severity":\s*"error"'


class PulumiError(OperationError):
    """The CLI did not do what it was asked; the message has its words and a remedy."""


@dataclass(frozen=True)
class PulumiCli:
    """The CLI of the user, on one stack; LocalError where there is none."""

    project: ProjectStack

    def preview(self, *options: str) -> str:
        """Return a preview as JSON; one that fails still prints what it found until then."""
        return self._captured("preview", "--json", *options, may_fail=True)

    def export(self) -> str:
        """Return the stack's state as JSON."""
        return self._captured("stack", "export")

    def line(self, *command: str) -> list[str]:
        """Return the command line of a command on the stack."""
        return [str(find_cli()), *command, "--stack", self.project.stack]

    def _captured(self, *command: str, may_fail: bool = False) -> str:
        run = subprocess.run(  # noqa: S603 -- the user's CLI
            [*self.line(*command), "--non-interactive"],
            cwd=self.project.root,
            check=False,
            capture_output=True,
            text=True,
            # A streamed preview is of another form.
            env={**os.environ, "PULUMI_ENABLE_STREAMING_JSON_PREVIEW": ""},
        )
        if run.returncode and not (may_fail and _tells_why(run.stdout)):
            said = run.stderr.strip() or _words(run.stdout) or "it said nothing"
            asked = " ".join(command[:2])
            raise PulumiError(
                f"`pulumi {asked}` of stack {self.project.stack!r} {ending(run.returncode)}: "
                f"{said}{self._remedy(said)}"
            )
        return run.stdout

    def _remedy(self, said: str) -> str:
        for pattern, remedy in _REMEDIES:
            if re.search(pattern, said):
                return f"; {remedy.format(stack=self.project.stack)}"
        return ""


def _tells_why(printed: str) -> bool:
    """Tell whether what is printed is JSON with an error: a failed one without is never fine."""
    return printed.lstrip().startswith("{") and re.search(_ERROR, printed) is not None


def _words(printed: str) -> str:
    # JSON holds the configuration, and is for no reader.
    return "" if printed.lstrip().startswith("{") else printed.strip()


def ending(code: int) -> str:
    """Say how the CLI ended."""
    if code >= 0:
        return f"ended with exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"was ended by {name}"
