"""The command-line program `tablewright`: every operation, with exit codes for scripts."""

from __future__ import annotations

import sys
from enum import StrEnum
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from tablewright.local.engine import Engine as PulumiEngine
from tablewright.operations import patterns, presentation, pulumi_stack
from tablewright.operations.endpoint import Endpoint as StackEndpoint
from tablewright.operations.errors import EXPECTED_ERRORS, OperationError
from tablewright.operations.local_stack import LocalRun
from tablewright.operations.stacks import ProjectStack
from tablewright.operations.verify import verify

if TYPE_CHECKING:
    from rich.console import RenderableType

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells count it (128 + SIGINT)."""

app = typer.Typer(
    help="Deploy, prove and compare stacks of DynamoDB tables.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


class EngineChoice(StrEnum):
    """What runs the program of the local stack."""

    PYTHON = "python"
    PULUMI = "pulumi"


class AwsPlugin(StrEnum):
    """Which provider plugin serves the local stack under the Pulumi engine."""

    STAND_IN = "stand-in"
    OFFICIAL = "official"


Stack = Annotated[str, typer.Option(help="Which stack: local, dev, staging or prod.")]
Root = Annotated[Path, typer.Option(help="The project's folder.", file_okay=False)]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before changing a stack on AWS.")]
Engine = Annotated[EngineChoice, typer.Option(help="What runs the local stack's program.")]
Endpoint = Annotated[
    str | None,
    typer.Option(
        envvar="AWS_ENDPOINT_URL",
        help="Where the stack is deployed, if not on AWS by the usual credentials.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]

HERE = Path()


@app.command()
def up(
    stack: Stack = "local",
    root: Root = HERE,
    *,
    keep: Annotated[bool, typer.Option("--keep", help="Keep serving until Ctrl-C.")] = False,
    port: Annotated[int, typer.Option(help="The emulator's port; 0 is any.", min=0, max=65535)] = 0,
    engine: Engine = EngineChoice.PYTHON,
    aws_plugin: Annotated[
        AwsPlugin, typer.Option(help="The provider plugin under --engine pulumi.")
    ] = AwsPlugin.STAND_IN,
    yes: Yes = False,
) -> None:
    """Deploy a stack; the local one is also verified and its access patterns executed."""
    project = ProjectStack(root.resolve(), stack)
    if not project.is_local:
        raise typer.Exit(pulumi_stack.up(project, yes=yes))
    run = LocalRun(project=project, console=Console(), port=port, keep=keep)
    if engine is EngineChoice.PULUMI:
        raise typer.Exit(run.under_engine(official_plugin=aws_plugin is AwsPlugin.OFFICIAL))
    raise typer.Exit(run.without_engine())


@app.command()
def preview(
    stack: Stack = "local", root: Root = HERE, engine: Engine = EngineChoice.PYTHON
) -> None:
    """Show what `up` would deploy; the local stack needs no engine for that."""
    project = ProjectStack(root.resolve(), stack)
    if not project.is_local:
        raise typer.Exit(pulumi_stack.preview(project))
    if engine is EngineChoice.PULUMI:
        raise typer.Exit(PulumiEngine.attached(project.root).preview())
    presentation.print_preview(Console(), project.settings, project.preview())


@app.command()
def down(
    stack: Stack = "local",
    root: Root = HERE,
    *,
    engine: Engine = EngineChoice.PYTHON,
    yes: Yes = False,
) -> None:
    """Take a stack down; refused where the stack retains its tables."""
    project = ProjectStack(root.resolve(), stack)
    if not project.is_local:
        raise typer.Exit(pulumi_stack.down(project, yes=yes))
    if engine is EngineChoice.PULUMI:
        raise typer.Exit(PulumiEngine.attached(project.root).destroy())
    Console().print(
        "The local stack lives as long as its emulator: end `make up KEEP=1` with Ctrl-C."
    )


@app.command(name="verify")
def verify_command(
    stack: Stack = "local",
    root: Root = HERE,
    *,
    endpoint: Endpoint = None,
    json: AsJson = False,
) -> None:
    """Compare what is deployed with what is declared; exit code 1 on any difference."""
    project = ProjectStack(root.resolve(), stack)
    report = verify(project.settings, _endpoint(project, endpoint))
    if json:
        typer.echo(dumps(report.as_dict(), indent=2))
    else:
        _show(report.render(), report.summary)
    raise typer.Exit(0 if report.ok else 1)


@app.command(name="patterns")
def patterns_command(
    stack: Stack = "local",
    root: Root = HERE,
    *,
    endpoint: Endpoint = None,
    json: AsJson = False,
) -> None:
    """Execute every access pattern on an emulator that serves the stack; never on AWS."""
    project = ProjectStack(root.resolve(), stack)
    report = patterns.run_stack_patterns(project.settings, _endpoint(project, endpoint))
    if json:
        typer.echo(dumps(report.as_dict(), indent=2))
    else:
        _show(patterns.render(report), report.summary)
    raise typer.Exit(0 if report.ok else 1)


def _show(*parts: RenderableType) -> None:
    console = Console()
    for part in parts:
        console.print(part)


def _endpoint(project: ProjectStack, url: str | None) -> StackEndpoint:
    """Find the stack: an emulator where one is named, AWS otherwise; never AWS for `local`."""
    if project.is_local and not url:
        raise OperationError(
            "stack 'local' is on an emulator, and none is named; start one with `make up KEEP=1`, "
            "then set the AWS_ENDPOINT_URL that it prints, or give --endpoint"
        )
    return StackEndpoint(url, project.settings.region)


def main() -> None:
    """Run the program; an expected error is one message on standard error and exit code 1."""
    console = Console(stderr=True)
    try:
        app()
    except EXPECTED_ERRORS as error:
        console.print(f"[red]error:[/red] {escape(str(error))}", soft_wrap=True, highlight=False)
        sys.exit(1)
    except SystemExit as stop:
        if stop.code == INTERRUPTED:
            console.print("Interrupted; nothing is left running.")
        raise
