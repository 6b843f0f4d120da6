"""The commands that deploy a stack, show what that would do, and take it down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer
from rich.console import Console

from tablewright.local.engine import Engine
from tablewright.operations import options, presentation, pulumi_stack
from tablewright.operations.local_stack import LocalRun
from tablewright.operations.options import HERE
from tablewright.operations.policy_report.cli_options import pack_options
from tablewright.operations.stacks import ProjectStack
from tablewright.operations.terminal import PatientConsole

if TYPE_CHECKING:
    from pathlib import Path

    from tablewright.operations.deployment.run import DeploymentRun


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
    report: options.Report = None,
) -> None:
    """Deploy a stack and verify it; one on AWS only where guard and policies let it.

    Exit code 0: deployed and verified. 1: stopped, failed, not begun, or not as declared. 2: it
    could not be judged. 130: interrupted. The local stack has its access patterns executed too.
    """
    project = ProjectStack(root.resolve(), stack)
    if not project.is_local:
        options.refuse_local_options(context, project)
        raise typer.Exit(_deployment(project, report, yes=yes).up())
    options.refuse_report(project, report)
    run = LocalRun(project=project, console=Console(), port=port, keep=keep)
    if engine is options.EngineChoice.PULUMI:
        raise typer.Exit(run.under_engine(official_plugin=aws_plugin is options.AwsPlugin.OFFICIAL))
    raise typer.Exit(run.without_engine())


def preview(
    context: typer.Context,
    stack: options.Stack = "local",
    root: options.Root = HERE,
    engine: options.Engine = options.EngineChoice.PYTHON,
    *,
    report: options.Report = None,
) -> None:
    """Show what `up` would deploy, and whether guard and policies would let it.

    Exit code 0: nothing stops it. 1: something does, or it could not begin. 2: it could not be
    judged. The local stack needs no engine for that, and no guard.
    """
    project = ProjectStack(root.resolve(), stack)
    if not project.is_local:
        options.refuse_local_options(context, project)
        raise typer.Exit(_deployment(project, report).preview())
    options.refuse_report(project, report)
    if engine is options.EngineChoice.PULUMI:
        raise typer.Exit(Engine.attached(project.root).preview(*pack_options(project)))
    presentation.print_preview(Console(), project.settings, project.preview())


def down(
    context: typer.Context,
    stack: options.Stack = "local",
    root: options.Root = HERE,
    *,
    engine: options.Engine = options.EngineChoice.PYTHON,
    yes: options.Yes = False,
) -> None:
    """Take a stack down; refused for prod, and where the stack retains its tables.

    Exit code 1: refused. Else that of `pulumi destroy`, which without a terminal wants --yes.
    """
    project = ProjectStack(root.resolve(), stack)
    if not project.is_local:
        options.refuse_local_options(context, project)
        raise typer.Exit(pulumi_stack.down(project, yes=yes))
    if engine is options.EngineChoice.PULUMI:
        raise typer.Exit(Engine.attached(project.root).destroy())
    Console().print(
        "The local stack lives as long as its emulator: end `make up KEEP=1` with Ctrl-C."
    )


def _deployment(project: ProjectStack, report: Path | None, *, yes: bool = False) -> DeploymentRun:
    from tablewright.operations.deployment.run import DeploymentRun

    path = report.absolute() if report else None
    return DeploymentRun(project=project, console=PatientConsole(), report=path, yes=yes)
