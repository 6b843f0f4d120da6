"""The files that a command writes: checked before its work, so that no work is lost."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tablewright.operations.errors import OperationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def check_all(asked: Mapping[str, Path]) -> None:
    """Raise OperationError where one of several files cannot be written, or two are one."""
    seen: dict[Path, str] = {}
    for name, path in asked.items():
        check(path)
        other = seen.setdefault(path.resolve(), name)
        if other != name:
            raise OperationError(f"--{other} and --{name} both name {path}; give each its own file")


def check(path: Path) -> None:
    """Raise OperationError where a file cannot be written; nothing is touched."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise OperationError(f"{path} cannot be written: there is no folder {folder}; create it")
    if path.is_dir():
        raise OperationError(f"{path} cannot be written: it is a folder; name a file")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise OperationError(f"{path} cannot be written: permission denied; name another file")


def write(path: Path, content: str, *, append: bool = False) -> None:
    """Write a file, or add to what other programs wrote; OperationError where that fails."""
    try:
        with path.open("a" if append else "w", encoding="utf-8") as file:
            file.write(content)
    except OSError as error:
        raise OperationError(f"{path} cannot be written: {error.strerror}") from None
