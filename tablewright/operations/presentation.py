"""How operations look on a terminal: the tree of what was created, outputs, and a summary."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from tablewright.models import ModelError
from tablewright.operations.model_mistakes import told_with_place
from tablewright.operations.patterns import PatternStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import RenderableType

    from tablewright.environment import Settings
    from tablewright.operations.patterns import PatternReport
    from tablewright.recorder import Recording, Registration

_PATH_OR_NAME = ("name", "endpoint", "role", "serviceName")
EMULATOR_VARIABLES = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


def print_whole(console: Console, what: RenderableType) -> None:
    """Print without wrapping or cropping, so that names can be copied from any window."""
    console.print(what, soft_wrap=True, highlight=False)


def print_error(error: Exception) -> None:
    """Print an expected error on standard error, with its place where it is of a model."""
    told = told_with_place(error) if isinstance(error, ModelError) else str(error)
    print_whole(Console(stderr=True), f"[red]error:[/red] {escape(told)}")


def print_warnings(console: Console, settings: Settings, recording: Recording) -> None:
    """Print once each what the configuration and the program warn of."""
    logged = (message.text for message in recording.messages if message.severity != "info")
    for warning in dict.fromkeys((*settings.warnings, *logged)):
        print_whole(console, f"[yellow]warning:[/yellow] {escape(warning)}")


def print_preview(console: Console, settings: Settings, recording: Recording) -> None:
    """Print what `up` would deploy, with every warning that it would print."""
    print_whole(console, f"[bold]Preview[/bold] of stack {recording.stack}, made without an engine")
    print_warnings(console, settings, recording)
    print_tree(console, recording)
    count = resource_count(recording)
    print_whole(console, f"[bold]Preview:[/bold] {count} resources; nothing was deployed.")


def resource_count(recording: Recording) -> int:
    """Count what is deployed; components only group it."""
    return sum(registration.custom for registration in recording.registrations)


def print_tree(console: Console, recording: Recording) -> None:
    """Print what was created, a whole line for each resource."""
    for line in resource_tree(recording):
        print_whole(console, line)


def resource_tree(recording: Recording) -> Iterator[str]:
    """Draw what was created, each resource below its parent, in the same order in every run.

    The lines are not rich's Tree, which cuts them at the width of the window.
    """
    root = recording.only("pulumi:pulumi:Stack")
    yield f"[bold]{root.name}[/bold]"
    yield from _branches(recording, root.urn, "")


def _branches(recording: Recording, urn: str, indent: str) -> Iterator[str]:
    # The order of registration depends on which thread was first.
    children = sorted(recording.children(urn), key=lambda child: (_kind(child), child.name))
    for child in children:
        last = child is children[-1]
        yield f"{indent}{'└' if last else '├'}── {_line(child)}"
        yield from _branches(recording, child.urn, f"{indent}{' ' if last else '│'}   ")


def _kind(registration: Registration) -> str:
    return registration.type.rsplit(":", 1)[-1]


def _line(registration: Registration) -> str:
    kind = _kind(registration)
    if not registration.custom:
        return f"[bold]{kind}[/bold] {registration.name}"
    named = (registration.inputs.get(key) for key in _PATH_OR_NAME)
    name = next((value for value in named if isinstance(value, str)), registration.name)
    return f"{kind} [cyan]{name}[/cyan]{_detail(registration)}"


def _detail(registration: Registration) -> str:
    """Say of a table what its reader wants to know first: key, indexes, TTL, stream."""
    inputs = registration.inputs
    if registration.type != "aws:dynamodb/table:Table":
        return ""
    key = " + ".join(filter(None, (inputs.get("hashKey"), inputs.get("rangeKey"))))
    indexes = [index["name"] for index in inputs.get("globalSecondaryIndexes") or ()]
    notes = [f"key {key}"]
    if indexes:
        notes.append(f"indexes {', '.join(indexes)}")
    if inputs.get("ttl"):
        notes.append(f"TTL {inputs['ttl']['attributeName']}")
    if inputs.get("streamEnabled"):
        notes.append(f"stream {inputs['streamViewType']}")
    return f" [dim]({'; '.join(notes)})[/dim]"


def output_lines(exports: Mapping[str, Any]) -> Iterator[str]:
    """List what each store exports, but the environment variables, which come as shell lines."""
    for store, outputs in exports.items():
        yield f"[bold]{store}[/bold]"
        for output, values in outputs.items():
            if output == "environmentVariables" or not values:
                continue
            yield f"  {output}"
            for name, value in values.items():
                text = ", ".join(value) if isinstance(value, list) else str(value)
                yield f"    {name:<18} [cyan]{escape(text or '-')}[/cyan]"


def environment_lines(exports: Mapping[str, Any], endpoint: str) -> list[str]:
    """Write the shell lines that point an application at the emulator."""
    variables = {"AWS_ENDPOINT_URL": endpoint, **EMULATOR_VARIABLES}
    for outputs in exports.values():
        variables.update(outputs["environmentVariables"])
    # boto3 and version 1 of the AWS CLI read no AWS_REGION.
    variables["AWS_DEFAULT_REGION"] = variables["AWS_REGION"]
    return [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]


def summary(settings: Settings, report: PatternReport, *, ok: bool) -> str:
    """Say in one line what the stack has, and whether it was proved."""
    models = settings.models
    absent = {(one.model, one.pattern) for one in report.of(PatternStatus.NOT_DEPLOYED)}
    patterns = "access patterns" + (f" ({len(absent)} not deployed)" if absent else "")
    served = {
        (model.name, consumer)
        for model in models
        for pattern in model.patterns
        for consumer in pattern.consumers
        if (model.name, pattern.name) not in absent
    }
    counts = (
        (len(models), "stores"),
        (sum(len(model.tables) for model in models), "tables"),
        (sum(len(table.indexes) for model in models for table in model.tables), "indexes"),
        (len(report.results) - len(absent), patterns),
        (len(served), "consumers"),
    )
    listed = ", ".join(f"{count} {what}" for count, what in counts)
    verdict = "[bold green]proved[/bold green]" if ok else "[bold red]NOT as declared[/bold red]"
    return f"[bold]Summary:[/bold] {listed}: {verdict}"
