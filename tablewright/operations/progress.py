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

    def __init__(self, title: str, status: Status) -> None:
        self._title = title
        self._status = status
        self.result = ""
        self.failed = False

    def note(self, text: str) -> None:
        """Show what the step is doing; seen on a terminal only."""
        self._status.update(f"{self._title}: {text}")


@contextmanager
def step(console: Console, title: str) -> Iterator[Step]:
    """Show a step while it runs, then a line with its result; an error leaves no half line."""
    start = time.perf_counter()
    with console.status(title) as status:
        current = Step(title, status)
        yield current
    seconds = time.perf_counter() - start
    mark = "[red]✗[/red]" if current.failed else "[green]✓[/green]"
    line = f"{mark} {title:<9} {current.result} [dim]({seconds:.1f} s)[/dim]"
    console.print(line, soft_wrap=True)
