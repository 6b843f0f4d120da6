"""Copies of this project for tests to change."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.support.recording import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def copy_project(folder: Path) -> Path:
    """Copy the program, its stacks and its pack, with the look of a virtual environment."""
    root = folder / "project"
    root.mkdir()
    for file in (*ROOT.glob("Pulumi*.yaml"), ROOT / "__main__.py"):
        shutil.copy(file, root)
    shutil.copytree(ROOT / "policies", root / "policies")
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "python").touch()
    return root
