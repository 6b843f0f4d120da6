"""The commands that judge before anything is deployed."""

from __future__ import annotations

import typer

from tablewright.operations import options, presentation
from tablewright.operations.errors import EXPECTED_ERRORS
from tablewright.operations.options import HERE
from tablewright.operations.stacks import ProjectStack
from tablewright.operations.terminal import PatientConsole


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


def guard_command(
    stack: options.Stack,
    root: options.Root = HERE,
    *,
    preview: options.Preview = None,
    state: options.State = None,
    allow: options.Allow = None,
    json: options.AsJson = False,
    sarif: options.Sarif = None,
    markdown: options.Markdown = None,
) -> None:
    """Judge what a deployment would do to data, indexes, recovery and readers.

    Exit code 0: nothing is lost, fails or breaks. 1: something would. 2: it could not be judged.
    """
    from tablewright.operations.guard.command import Asked
    from tablewright.operations.guard.gather import Gathered
    from tablewright.operations.guard.report import COULD_NOT_JUDGE

    try:
        project = ProjectStack(root.resolve(), stack)
        gathered = Gathered(project=project, preview=preview, state=state, allow=allow)
        files = {"sarif": sarif, "markdown": markdown}
        code = Asked(gathered=gathered, files=files, as_json=json).report(PatientConsole())
    except EXPECTED_ERRORS as error:
        presentation.print_error(error)
        code = COULD_NOT_JUDGE
    raise typer.Exit(code)
