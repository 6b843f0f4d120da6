"""Progress of long work: each step with a spinner on a terminal, and with its time when done."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.status import Status


class Step:
    """One step under way; `note` shows how far it is."""

    def __init__(self, title: str, status: Status | None = None) -> None:
        self.title = title
        self._status = status
        self.result = ""
        self.failed = False

    def note(self, text: str) -> None:
        """Show what the step is doing; seen on a terminal only."""
        if self._status is not None:
            self._status.update(f"{self.title}: {text}")


@contextmanager
def step(console: Console, title: str) -> Iterator[Step]:
    """Show a step while it runs, then a line with its result; an error leaves no half line."""
    start = time.perf_counter()
    with console.status(title) as status:
        current = Step(title, status)
        yield current
    print_finished(console, current, time.perf_counter() - start)


@contextmanager
def loud_step(console: Console, title: str) -> Iterator[Step]:
    """Show a step that talks by itself: a line before it and one after it, and no spinner."""
    start = time.perf_counter()
    console.print(f"[bold]{title}[/bold]", soft_wrap=True)
    current = Step(title)
    yield current
    print_finished(console, current, time.perf_counter() - start)


def print_finished(console: Console, current: Step, seconds: float) -> None:
    """Print how a step ended."""
    mark = "[red]✗[/red]" if current.failed else "[green]✓[/green]"
    line = f"{mark} {current.title:<9} {current.result} [dim]({seconds:.1f} s)[/dim]"
    console.print(line, soft_wrap=True)
