"""The commands that prove a deployed stack: what is there, and that every access pattern works."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console

from tablewright.operations import options, patterns, presentation
from tablewright.operations.endpoint import Endpoint
from tablewright.operations.errors import EXPECTED_ERRORS, OperationError
from tablewright.operations.options import HERE
from tablewright.operations.stacks import ProjectStack
from tablewright.operations.terminal import PatientConsole
from tablewright.operations.verify import verify

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tablewright.operations.patterns import PatternReport
    from tablewright.operations.verify import Report


def verify_command(
    stack: options.Stack = "local",
    root: options.Root = HERE,
    *,
    endpoint: options.Endpoint = None,
    json: options.AsJson = False,
) -> None:
    """Compare what is deployed with what is declared; exit code 1 on any difference."""
    project = ProjectStack(root.resolve(), stack)
    report = verify(project.settings, endpoint_of(project, endpoint))
    _conclude(report, report.render(), json=json)


def drift_command(
    stack: options.Stack = "local",
    root: options.Root = HERE,
    *,
    endpoint: options.Endpoint = None,
    json: options.AsJson = False,
    markdown: options.Markdown = None,
) -> None:
    """Compare on a schedule: what drifted, what is there beyond the declaration, and the way back.

    Exit code 0: same. 1: it drifted. 2: something could not be compared; the message says why.
    """
    from tablewright.operations.drift.command import Asked
    from tablewright.operations.drift.report import COULD_NOT_COMPARE

    try:
        project = ProjectStack(root.resolve(), stack)
        asked = Asked(
            project=project,
            endpoint=endpoint_of(project, endpoint),
            as_json=json,
            markdown=markdown,
        )
        code = asked.report(PatientConsole())
    except EXPECTED_ERRORS as error:
        presentation.print_error(error)
        code = COULD_NOT_COMPARE
    raise typer.Exit(code)


def patterns_command(
    stack: options.Stack = "local",
    root: options.Root = HERE,
    *,
    endpoint: options.Endpoint = None,
    json: options.AsJson = False,
) -> None:
    """Execute every access pattern on an emulator that serves the stack; never on AWS."""
    project = ProjectStack(root.resolve(), stack)
    report = patterns.run_stack_patterns(project.settings, endpoint_of(project, endpoint))
    _conclude(report, patterns.render(report), json=json)


def _conclude(report: Report | PatternReport, listing: RenderableType, *, json: bool) -> NoReturn:
    """Print a report for people or machines and end with its exit code."""
    if json:
        typer.echo(dumps(report.as_dict(), indent=2))
    else:
        console = Console()
        console.print(listing)
        presentation.print_whole(console, report.summary)
    raise typer.Exit(0 if report.ok else 1)


def endpoint_of(project: ProjectStack, url: str | None) -> Endpoint:
    """Find the stack: an emulator where one is named, AWS otherwise; never AWS for `local`."""
    if project.is_local and not url:
        raise OperationError(
            "stack 'local' is on an emulator, and none is named; start one with `make up KEEP=1`, "
            "then set the AWS_ENDPOINT_URL that it prints, or give --endpoint"
        )
    return Endpoint(url, project.settings.region)
