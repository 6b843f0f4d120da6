"""What a pack wrote before it ended, as the one line that its author needs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRAME: Final = re.compile(r'^\s+File "(?P<file>[^"]+)", line (?P<line>\d+)')
_NOISE: Final = "Fatal Python error:"
"""What an interpreter adds that ends while one of its threads still reads."""


def told(words: str, pack: Path) -> str:
    """Return `<file>:<line>: <error>` of a traceback through the pack, other words as they are."""
    lines = words.partition(_NOISE)[0].rstrip().splitlines()
    frames = [(number, *found) for number, found in enumerate(map(_frame, lines)) if found]
    inside = [(file, line) for _, file, line in frames if _is_of(pack, file)]
    error = next(_errors(lines[frames[-1][0] :]), "") if frames else ""
    if not inside or not error:
        return "\n".join(lines)
    file, line = inside[-1]
    return f"{_from_here(file)}:{line}: {error}"


def _frame(line: str) -> tuple[Path, str] | None:
    found = _FRAME.match(line)
    return (Path(found["file"]), found["line"]) if found else None


def _is_of(pack: Path, file: Path) -> bool:
    """Tell the pack's own files from those of a virtual environment in its folder."""
    return file.is_relative_to(pack.resolve()) and "site-packages" not in file.parts


def _errors(lines: list[str]) -> Iterator[str]:
    """Give what follows the frames of a traceback, which are indented."""
    return (line for line in lines if line and not line[0].isspace())


def _from_here(file: Path) -> Path:
    here = Path.cwd()
    return file.relative_to(here) if file.is_relative_to(here) else file
