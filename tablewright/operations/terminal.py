"""Long texts on a terminal and through a pipe: whole names in both, and no lost exit code."""

from __future__ import annotations

import os
import re
import sys
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

_HANGING: Final = 2
_WORD: Final = re.compile(r"\S+")


class PatientConsole(Console):
    """Goes on where nobody reads any more (`| head -1`): the work and its exit code still count."""

    def on_broken_pipe(self) -> None:
        """Say nothing from now on, not even what is still in the buffer when Python ends."""
        self.quiet = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def print_text(console: Console, text: Text) -> None:
    """Print lines, on a terminal wrapped at its width; an empty text is nothing at all."""
    if text:
        lines = text.split("\n", allow_blank=True)
        width = console.width if console.is_terminal else None
        shown = (wrapped(line, width) for line in lines) if width else lines
        console.print(Text("\n").join(shown), soft_wrap=True, highlight=False)


def wrapped(line: Text, width: int) -> Text:
    """Wrap a line between words and indent what follows, as rich cannot: a name stays whole."""
    plain = line.plain
    indent = len(plain) - len(plain.lstrip())
    hanging = indent + _HANGING
    cuts: list[int] = []
    for word in _WORD.finditer(plain):
        begin, before = (cuts[-1], hanging) if cuts else (0, 0)
        is_first = word.start() == (begin or indent)
        if not is_first and before + cell_len(plain[begin : word.end()]) > width:
            cuts.append(word.start())
    parts = line.divide(cuts)
    for part in parts:
        part.rstrip()
    return Text(f"\n{' ' * hanging}").join(parts)
