"""Stacks on AWS: `pulumi up`, `preview` and `destroy`, handed to the Pulumi CLI."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tablewright.local.engine import find_cli
from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report.cli_options import pack_options

if TYPE_CHECKING:
    from tablewright.operations.stacks import ProjectStack


def up(stack: ProjectStack, *, yes: bool) -> int:
    """Deploy the stack where its policies let it; returns the CLI's exit code."""
    return _pulumi(stack, "up", judged=True, yes=yes)


def preview(stack: ProjectStack) -> int:
    """Show what `up` would change and what policies object to; returns the CLI's exit code."""
    return _pulumi(stack, "preview", judged=True)


def down(stack: ProjectStack, *, yes: bool) -> int:
    """Destroy the stack; raises OperationError for one whose data must last."""
    profile = stack.settings.profile
    if profile.retain:
        raise OperationError(
            f"stack {stack.stack!r} retains its tables, so `down` refuses it; to take it down on "
            "purpose, deploy it with tablewright:retain: false (prod also wants a "
            "weakeningReason) and then call `pulumi destroy` yourself"
        )
    if profile.guarded:
        raise OperationError(
            f"stack {stack.stack!r} is of a guarded environment, so `down` refuses it; to take it "
            "down on purpose, call `pulumi destroy` yourself"
        )
    return _pulumi(stack, "destroy", yes=yes)


def _pulumi(stack: ProjectStack, command: str, *, judged: bool = False, yes: bool = False) -> int:
    """Check the configuration first, so that a mistake costs no engine run."""
    _ = stack.settings
    line = [str(find_cli()), command, "--stack", stack.stack]
    line += pack_options(stack) if judged else ()
    line += ["--yes"] if yes else []
    return subprocess.run(line, cwd=stack.root, check=False).returncode  # noqa: S603 -- the user's CLI
