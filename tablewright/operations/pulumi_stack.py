"""Takes a stack on AWS down: `pulumi destroy`, handed to the Pulumi CLI where it is allowed."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tablewright.operations.errors import OperationError
from tablewright.operations.pulumi_cli import PulumiCli

if TYPE_CHECKING:
    from tablewright.operations.stacks import ProjectStack


def down(stack: ProjectStack, *, yes: bool) -> int:
    """Destroy the stack; raises OperationError for one whose data must last."""
    profile = stack.settings.profile
    if profile.retain:
        raise OperationError(
            f"stack {stack.stack!r} retains its tables, so `down` refuses it; to take it down on "
            "purpose, deploy it with tablewright:retain: false (prod also wants a "
            "weakeningReason): the guard names every table that would then be unprotected, and "
            "guard-allow.yaml accepts that; afterwards call "
            f"`pulumi destroy --stack {stack.stack}` yourself, which deletes the tables with their "
            "items and their backups of the last days"
        )
    if profile.guarded:
        raise OperationError(
            f"stack {stack.stack!r} is of a guarded environment, so `down` refuses it; its tables "
            "are not retained and would go with their items; to take it down on purpose, call "
            f"`pulumi destroy --stack {stack.stack}` yourself"
        )
    line = PulumiCli(stack).line("destroy")
    line += ["--yes"] if yes else []
    return subprocess.run(line, cwd=stack.root, check=False).returncode  # noqa: S603 -- the user's CLI
