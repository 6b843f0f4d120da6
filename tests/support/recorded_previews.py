"""Previews that a real engine and AWS provider made, and the program that they are of."""

import os
from functools import cache
from pathlib import Path
from unittest import mock

from tablewright.models.catalog import FILE_SHARING
from tablewright.operations.guard.reading import preview, state
from tablewright.operations.guard.uses import Store, Uses
from tablewright.recorder import OfflineBackend, record

FOLDER = Path(__file__).parents[1] / "operations" / "guard" / "recordings"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json") if path.stem != "state")
USES = Uses(
    (
        Store(
            model=FILE_SHARING,
            table_names={t.name: f"dropify-prod-{t.name}" for t in FILE_SHARING.tables},
        ),
    )
)


@cache
def program(variant):
    """Return what the recorded program registers in one of its variants."""
    with mock.patch.dict(os.environ, {"VARIANT": variant}):
        return record(
            FOLDER / "program.py",
            project="tablewright",
            stack="prod",
            configuration={"aws:region": "eu-north-1"},
            backend=OfflineBackend(region="eu-north-1"),
            preview=True,
        )


def preview_of(variant):
    """Return a recorded preview."""
    return preview.read((FOLDER / f"{variant}.json").read_text(), variant)


def deployed():
    """Return the state before every change."""
    return state.read((FOLDER / "state.json").read_text(), "state")
