"""Where a mistake in a model was made; needs none of the models to load."""

from __future__ import annotations

from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tablewright.models import ModelError


def told_with_place(error: ModelError) -> str:
    """Give the message behind the file and line of the declaration, where a file was loading."""
    loading = [
        (Path(frame.f_code.co_filename), line)
        for frame, line in walk_tb(error.__traceback__)
        if frame.f_code.co_name == "<module>"
    ]
    if not loading:
        return str(error)
    file, line = loading[-1]
    here = Path.cwd()
    return f"{file.relative_to(here) if file.is_relative_to(here) else file}:{line}: {error}"
