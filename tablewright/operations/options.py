"""The options of the command-line program, and which of them are for the local stack alone."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tablewright.operations.errors import OperationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.stacks import ProjectStack

HERE: Final = Path()
"""The folder that a command is run in."""

_LAST_PORT: Final = 65535


class EngineChoice(StrEnum):
    """What runs the program of the local stack."""

    PYTHON = "python"
    PULUMI = "pulumi"


class AwsPlugin(StrEnum):
    """Which provider plugin serves the local stack under the Pulumi engine."""

    STAND_IN = "stand-in"
    OFFICIAL = "official"


def _port(text: str | int) -> int:
    try:
        port = int(text)
    except ValueError:
        port = -1
    if not 0 <= port <= _LAST_PORT:
        raise typer.BadParameter(
            f"{text!r} is no port; give --port (PORT) a number from 0 to {_LAST_PORT}"
        )
    return port


def _file(text: str) -> Path | None:
    """Read no path as nothing asked, which is what an unset variable gives."""
    return Path(text) if text else None


Stack = Annotated[
    str, typer.Option(help="Which stack: any that has a Pulumi.<name>.yaml; local needs no AWS.")
]
Root = Annotated[Path, typer.Option(help="The project's folder.", file_okay=False)]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before changing a stack on AWS.")]
Keep = Annotated[bool, typer.Option("--keep", help="Keep serving until Ctrl-C.")]
Port = Annotated[
    int,
    typer.Option(help="The emulator's port; 0 is any.", parser=_port, metavar="INTEGER"),
]
Engine = Annotated[EngineChoice, typer.Option(help="What runs the local stack's program.")]
Plugin = Annotated[AwsPlugin, typer.Option(help="The provider plugin under --engine pulumi.")]
Endpoint = Annotated[
    str | None,
    typer.Option(
        envvar="AWS_ENDPOINT_URL",
        help="Where the stack is deployed, if not on AWS by the usual credentials.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Stacks = Annotated[
    list[str] | None,
    typer.Option("--stack", help="A stack to judge, several times for several; all without it."),
]
Pack = Annotated[
    Path | None,
    typer.Option(help="The policy pack's folder; `policies` of the project without it."),
]
Events = Annotated[
    Path | None,
    typer.Option(
        help="Judge nothing: report what `pulumi policy analyze --json`, or a preview with "
        "PULUMI_ENABLE_STREAMING_JSON_PREVIEW=1, wrote into this file about the one --stack."
    ),
]
Sarif = Annotated[
    Path | None,
    typer.Option(help="Also write SARIF 2.1.0 into this file.", parser=_file, metavar="PATH"),
]
Junit = Annotated[
    Path | None,
    typer.Option(help="Also write JUnit XML into this file.", parser=_file, metavar="PATH"),
]
Markdown = Annotated[
    Path | None,
    typer.Option(
        help="Also append Markdown to this file, as to a job summary.",
        parser=_file,
        metavar="PATH",
    ),
]
Report = Annotated[
    Path | None,
    typer.Option(
        help="Write the report of a stack on AWS into this file; without it into "
        ".tablewright/reports/<stack>.md. Inside GitHub Actions it is also added to the summary.",
        parser=_file,
        metavar="PATH",
    ),
]
Preview = Annotated[
    Path | None,
    typer.Option(
        help="Judge this preview (`pulumi preview --json`), - for standard input; without it the "
        "CLI makes one.",
        allow_dash=True,
        parser=_file,
        metavar="PATH",
    ),
]
State = Annotated[
    Path | None,
    typer.Option(
        help="The state before (`pulumi stack export`); without it the CLI is asked.",
        parser=_file,
        metavar="PATH",
    ),
]
Allow = Annotated[
    Path | None,
    typer.Option(
        help="The findings that are accepted; guard-allow.yaml of the project without it.",
        parser=_file,
        metavar="PATH",
    ),
]
Describe = Annotated[
    Path | None,
    typer.Option(help="Judge nothing: write the pack's documentation into this file."),
]

_LOCAL_ONLY: Final = {
    "keep": "--keep (KEEP)",
    "port": "--port (PORT)",
    "engine": "--engine (ENGINE)",
    "aws_plugin": "--aws-plugin (AWS_PLUGIN)",
}


def refuse_local_options(context: typer.Context, project: ProjectStack) -> None:
    """Raise OperationError for an option that a stack on AWS would silently ignore."""
    given = list(_given(context))
    if not given:
        return
    are, them = ("is", "it") if len(given) == 1 else ("are", "them")
    raise OperationError(
        f"stack {project.stack!r}: {' and '.join(given)} {are} for the local stack; "
        f"leave {them} out"
    )


def refuse_report(project: ProjectStack, report: Path | None) -> None:
    """Raise OperationError where a report is asked of the local stack, which has none."""
    if report is not None:
        raise OperationError(
            f"stack {project.stack!r}: --report (REPORT) is for stacks on AWS; leave it out"
        )


def _given(context: typer.Context) -> Iterator[str]:
    for parameter, option in _LOCAL_ONLY.items():
        source = context.get_parameter_source(parameter)
        if source is not None and source.name == "COMMANDLINE":
            yield option
