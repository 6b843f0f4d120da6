"""The command that plans deployments which must come one after the other."""

from __future__ import annotations

from typing import Annotated

import typer

from tablewright.operations import options, presentation
from tablewright.operations.errors import EXPECTED_ERRORS
from tablewright.operations.options import HERE
from tablewright.operations.stacks import ProjectStack
from tablewright.operations.terminal import PatientConsole

_Revision = Annotated[
    str | None,
    typer.Option(help="Compare with the models of this git revision, instead of a state."),
]
_KeepNames = Annotated[
    bool,
    typer.Option("--keep-names", help="Build a changed index once more, under its old name."),
]
_Check = Annotated[bool, typer.Option("--check", help="Exit code 1 where a plan is needed.")]


def plan_index_command(
    stack: options.Stack,
    root: options.Root = HERE,
    *,
    state: options.State = None,
    revision: _Revision = None,
    keep_names: _KeepNames = False,
    check: _Check = False,
    json: options.AsJson = False,
    markdown: options.Markdown = None,
) -> None:
    """Plan the deployments that change indexes, TTL and streams without an outage.

    Exit code 0: a plan is printed, or none is needed. 1: one is needed, with --check. 2: the models
    could not be compared.
    """
    from tablewright.operations.index_plan.before.sources import Question
    from tablewright.operations.index_plan.command import COULD_NOT_COMPARE, Asked
    from tablewright.operations.index_plan.words.places import Places

    try:
        project = ProjectStack(root.resolve(), stack)
        question = Question(
            project=project,
            places=Places.of(project.root),
            state=state,
            revision=revision,
            keep_names=keep_names,
        )
        asked = Asked(question=question, check=check, as_json=json, markdown=markdown)
        code = asked.report(PatientConsole())
    except EXPECTED_ERRORS as error:
        presentation.print_error(error)
        code = COULD_NOT_COMPARE
    raise typer.Exit(code)
