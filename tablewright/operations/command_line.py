"""The command-line program `tablewright`: every operation, with exit codes for scripts."""

from __future__ import annotations

import sys
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console

from tablewright.local.engine import Engine
from tablewright.operations import options, patterns, presentation, pulumi_stack
from tablewright.operations.endpoint import Endpoint
from tablewright.operations.errors import EXPECTED_ERRORS, OperationError
from tablewright.operations.local_stack import LocalRun
from tablewright.operations.policy_report.cli_options import pack_options
from tablewright.operations.stacks import ProjectStack
from tablewright.operations.terminal import PatientConsole
from tablewright.operations.verify import verify

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tablewright.operations.patterns import PatternReport
    from tablewright.operations.verify import Report

app = typer.Typer(
    help="Deploy, prove and compare stacks of DynamoDB tables.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


HERE = Path()


@app.command()
def up(
    context: typer.Context,
    stack: options.Stack = "local",
    root: options.Root = HERE,
    *,
    keep: options.Keep = False,
    port: options.Port = 0,
    engine: options.Engine = options.EngineChoice.PYTHON,
    aws_plugin: options.Plugin = options.AwsPlugin.STAND_IN,
    yes: options.Yes = False,
) -> None:
    """Deploy a stack; the local one is also verified and its access patterns executed."""
    project = ProjectStack(root.resolve(), stack)
    if not project.is_local:
        options.refuse_local_options(context, project)
        raise typer.Exit(pulumi_stack.up(project, yes=yes))
    run = LocalRun(project=project, console=Console(), port=port, keep=keep)
    if engine is options.EngineChoice.PULUMI:
        raise typer.Exit(run.under_engine(official_plugin=aws_plugin is options.AwsPlugin.OFFICIAL))
    raise typer.Exit(run.without_engine())


@app.command()
def preview(
    context: typer.Context,
    stack: options.Stack = "local",
    root: options.Root = HERE,
    engine: options.Engine = options.EngineChoice.PYTHON,
) -> None:
    """Show what `up` would deploy; the local stack needs no engine for that."""
    project = ProjectStack(root.resolve(), stack)
    if not project.is_local:
        options.refuse_local_options(context, project)
        raise typer.Exit(pulumi_stack.preview(project))
    if engine is options.EngineChoice.PULUMI:
        raise typer.Exit(Engine.attached(project.root).preview(*pack_options(project)))
    presentation.print_preview(Console(), project.settings, project.preview())


@app.command()
def down(
    context: typer.Context,
    stack: options.Stack = "local",
    root: options.Root = HERE,
    *,
    engine: options.Engine = options.EngineChoice.PYTHON,
    yes: options.Yes = False,
) -> None:
    """Take a stack down; refused for prod, and where the stack retains its tables."""
    project = ProjectStack(root.resolve(), stack)
    if not project.is_local:
        options.refuse_local_options(context, project)
        raise typer.Exit(pulumi_stack.down(project, yes=yes))
    if engine is options.EngineChoice.PULUMI:
        raise typer.Exit(Engine.attached(project.root).destroy())
    Console().print(
        "The local stack lives as long as its emulator: end `make up KEEP=1` with Ctrl-C."
    )


@app.command(name="verify")
def verify_command(
    stack: options.Stack = "local",
    root: options.Root = HERE,
    *,
    endpoint: options.Endpoint = None,
    json: options.AsJson = False,
) -> None:
    """Compare what is deployed with what is declared; exit code 1 on any difference."""
    project = ProjectStack(root.resolve(), stack)
    report = verify(project.settings, _endpoint(project, endpoint))
    _conclude(report, report.render(), json=json)


@app.command(name="patterns")
def patterns_command(
    stack: options.Stack = "local",
    root: options.Root = HERE,
    *,
    endpoint: options.Endpoint = None,
    json: options.AsJson = False,
) -> None:
    """Execute every access pattern on an emulator that serves the stack; never on AWS."""
    project = ProjectStack(root.resolve(), stack)
    report = patterns.run_stack_patterns(project.settings, _endpoint(project, endpoint))
    _conclude(report, patterns.render(report), json=json)


@app.command(name="policies")
def policies_command(
    stack: options.Stacks = None,
    root: options.Root = HERE,
    pack: options.Pack = None,
    *,
    events: options.Events = None,
    sarif: options.Sarif = None,
    junit: options.Junit = None,
    markdown: options.Markdown = None,
    describe: options.Describe = None,
) -> None:
    """Judge stacks by the policy pack, without an engine.

    Exit code 0: nothing stops a stack. 1: a stack is stopped. 2: a stack could not be judged, or a
    file not written; the message says why.
    """
    from tablewright.operations.policy_report.command import COULD_NOT_JUDGE, Asked

    asked = Asked(
        root=root.resolve(),
        pack=pack.resolve() if pack else None,
        stacks=tuple(stack or ()),
        files={"sarif": sarif, "junit": junit, "markdown": markdown},
    )
    try:
        if describe:
            asked.describe(describe)
            return
        code = asked.report(PatientConsole(), events)
    except EXPECTED_ERRORS as error:
        presentation.print_error(error)
        code = COULD_NOT_JUDGE
    raise typer.Exit(code)


def _conclude(report: Report | PatternReport, listing: RenderableType, *, json: bool) -> NoReturn:
    """Print a report for people or machines and end with its exit code."""
    if json:
        typer.echo(dumps(report.as_dict(), indent=2))
    else:
        console = Console()
        console.print(listing)
        presentation.print_whole(console, report.summary)
    raise typer.Exit(0 if report.ok else 1)


def _endpoint(project: ProjectStack, url: str | None) -> Endpoint:
    """Find the stack: an emulator where one is named, AWS otherwise; never AWS for `local`."""
    if project.is_local and not url:
        raise OperationError(
            "stack 'local' is on an emulator, and none is named; start one with `make up KEEP=1`, "
            "then set the AWS_ENDPOINT_URL that it prints, or give --endpoint"
        )
    return Endpoint(url, project.settings.region)


def main() -> None:
    """Run the program; an expected error is one message on standard error and exit code 1."""
    try:
        app()
    except EXPECTED_ERRORS as error:
        presentation.print_error(error)
        sys.exit(1)
