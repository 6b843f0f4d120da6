"""A deployment as a terminal shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.markup import escape
from rich.text import Text

from tablewright.operations.deployment.formats.words import causes, fates, kind_of, outcome
from tablewright.operations.policy_report.formats.wording import one_line
from tablewright.operations.presentation import print_whole
from tablewright.operations.terminal import print_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from tablewright.operations.deployment.reports import Files
    from tablewright.operations.deployment.story import Story
    from tablewright.operations.guard.reading.joining import Change

_SIGNS: Final = {
    "create": ("+", "green"),
    "update": ("~", "yellow"),
    "delete": ("-", "red"),
    "replace": ("±", "bold red"),
}
_OTHER: Final = ("*", "bold")


def print_changes(console: Console, changes: Iterable[Change]) -> None:
    """Print a line for each resource that changes."""
    print_text(console, Text("\n").join(map(_change, changes)))


def _change(change: Change) -> Text:
    sign, style = _SIGNS.get(change.operation.value, _OTHER)
    named = causes(change)
    return Text.assemble(
        f"  {sign} ",
        (f"{change.operation.value} ", style),
        f"{kind_of(change)} ",
        (one_line(change.physical_name), "cyan"),
        f" ({named})" if named else "",
    )


def print_ending(console: Console, story: Story, files: Files) -> None:
    """Print what an update that failed left, what to do next, and the summary last."""
    print_text(console, Text("\n").join(_left(story)))
    if story.advice:
        print_whole(console, "[bold]Next:[/bold]")
        for number, line in enumerate(story.advice, 1):
            print_whole(console, escape(f"  {number}. {line}"))
    print_whole(console, f"[bold]Report:[/bold] {escape(str(files.report))}")
    style = "red" if story.code else "green"
    said = f"[{style}]{escape(outcome(story))}[/{style}]"
    print_whole(console, f"[bold]Summary:[/bold] stack {escape(story.project.stack)}: {said}")


def _left(story: Story) -> Iterator[Text]:
    if story.aftermath is None:
        return
    yield Text(f"State of stack {story.project.stack} now:", style="bold")
    for fate, lines in fates(story.aftermath):
        yield Text(f"  {fate}: {len(lines)}")
        yield from (Text(f"    {line}") for line in lines)


def warning(what: str) -> str:
    """Return a warning as markup."""
    return f"[yellow]warning:[/yellow] {escape(what)}"


def print_warning(console: Console, what: str) -> None:
    """Print a warning on one line."""
    print_whole(console, warning(one_line(what)))
