"""The commands that deploy a stack, show what that would do, and take it down."""

from __future__ import annotations

import typer
from rich.console import Console

from tablewright.local.engine import Engine
from tablewright.operations import options, presentation, pulumi_stack
from tablewright.operations.local_stack import LocalRun
from tablewright.operations.options import HERE
from tablewright.operations.policy_report.cli_options import pack_options
from tablewright.operations.stacks import ProjectStack


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
