"""The command that brings existing tables under a stack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tablewright.operations import options, presentation
from tablewright.operations.commands.proofs import endpoint_of
from tablewright.operations.errors import EXPECTED_ERRORS
from tablewright.operations.options import HERE
from tablewright.operations.stacks import ProjectStack
from tablewright.operations.terminal import PatientConsole

_FromNames = Annotated[
    list[str] | None,
    typer.Option(
        help="Look at this table alone, under the name that it has: <table of a model>=<physical "
        "name>; several times for several.",
        metavar="TABLE=NAME",
    ),
]
_State = Annotated[
    Path | None,
    typer.Option(help="The state that has the tables now (`pulumi stack export`), if one has."),
]
_ImportFile = Annotated[
    Path | None,
    typer.Option(help="Write what `pulumi import --file` reads into this file; printed without."),
]


def adopt_command(
    stack: options.Stack,
    root: options.Root = HERE,
    *,
    from_names: _FromNames = None,
    state: _State = None,
    import_file: _ImportFile = None,
    endpoint: options.Endpoint = None,
    json: options.AsJson = False,
) -> None:
    """Compare existing tables with the models, and print what brings them under the stack.

    It changes nothing. Exit code 0: every table can be adopted. 1: one cannot, or its first
    deployment is dangerous. 2: a table could not be looked at, or none is there.
    """
    from tablewright.operations.adopt.command import Asked
    from tablewright.operations.adopt.report import COULD_NOT_LOOK
    from tablewright.operations.adopt.run import Question

    try:
        project = ProjectStack(root.resolve(), stack)
        question = Question(
            project=project,
            endpoint=endpoint_of(project, endpoint),
            pairs=tuple(from_names or ()),
            state=state,
        )
        asked = Asked(question=question, import_file=import_file, as_json=json)
        code = asked.report(PatientConsole())
    except EXPECTED_ERRORS as error:
        presentation.print_error(error)
        code = COULD_NOT_LOOK
    raise typer.Exit(code)
