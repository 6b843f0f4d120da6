"""Rows for a terminal: in columns where they fit, each as a sentence where they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell = tuple[str, str]
"""Text and style."""


def aligned(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> list[Text]:
    """Write columns as wide as what they hold."""
    lines = [[(head, "bold underline") for head in heads], *rows]
    widths = [max(len(text) for text, _ in column) for column in zip(*lines, strict=True)]
    return [_line(cells, widths) for cells in lines]


def too_wide(lines: Iterable[Text], width: int | None) -> bool:
    """Tell whether lines do not fit; everything fits where there is no width."""
    return width is not None and max(line.cell_len for line in lines) > width


def listed(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> list[Text]:
    """Write each row as a sentence: its first cell, then the others behind their heads."""
    return [_sentence(heads, row) for row in rows]


def _sentence(heads: Sequence[str], row: Sequence[Cell]) -> Text:
    first, *others = row
    parts = (
        Text.assemble(f"{head} " if head else "", cell)
        for head, cell in zip(heads[1:], others, strict=True)
        if cell[0]
    )
    return Text.assemble(first, ": ", Text("; ").join(parts))


def _line(cells: Sequence[Cell], widths: Sequence[int]) -> Text:
    line = Text()
    for (text, style), width in zip(cells, widths, strict=True):
        line.append(text, style)
        line.append(" " * (width - len(text) + 2))
    line.rstrip()
    return line
