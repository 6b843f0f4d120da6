"""The command-line program `tablewright`: every operation, with exit codes for scripts."""

from __future__ import annotations

import sys

import typer

from tablewright.operations import presentation
from tablewright.operations.commands import adoption, judgements, plans, proofs, stacks
from tablewright.operations.errors import EXPECTED_ERRORS

app = typer.Typer(
    help="Deploy, prove and compare stacks of DynamoDB tables.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(stacks.up)
app.command()(stacks.preview)
app.command()(stacks.down)
app.command(name="verify")(proofs.verify_command)
app.command(name="drift")(proofs.drift_command)
app.command(name="patterns")(proofs.patterns_command)
app.command(name="policies")(judgements.policies_command)
app.command(name="guard")(judgements.guard_command)
app.command(name="plan-index")(plans.plan_index_command)
app.command(name="adopt")(adoption.adopt_command)


def main() -> None:
    """Run the program; an expected error is one message on standard error and exit code 1."""
    try:
        app()
    except EXPECTED_ERRORS as error:
        presentation.print_error(error)
        sys.exit(1)
