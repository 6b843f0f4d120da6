"""Paths to properties, in the notation that previews and resource options share."""

import re
from typing import Final, TypeAlias

Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]

_STEP: Final = re.compile(r'\[(?P<index>\d+)\]|\["(?P<quoted>[^"]*)"\]|(?P<name>[^.\[\]]+)')
_PLAIN_NAME: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_ANY: Final = "*"


def text_of(path: Path) -> str:
    """Write a path as a preview does: `globalSecondaryIndexes[0].name`, `tags["cost.center"]`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _PLAIN_NAME.fullmatch(step):
            text += f".{step}" if text else step
        else:
            text += f'["{step}"]'
    return text


def parse(text: str) -> Path:
    """Read a written path; `*` and `[*]` stand for any one step, `[]` is left out."""
    steps: list[Step] = []
    for found in _STEP.finditer(text):
        if found["index"] is not None:
            steps.append(int(found["index"]))
        else:
            steps.append(found["name"] if found["quoted"] is None else found["quoted"])
    return tuple(steps)


def covers(pattern: Path, path: Path) -> bool:
    """Tell whether the path is what the pattern names, or lies inside it."""
    return len(pattern) <= len(path) and all(
        wanted in (_ANY, step) for wanted, step in zip(pattern, path, strict=False)
    )


def names_only(path: Path) -> Path:
    """Leave out the positions in lists, to match elements wherever they stand."""
    return tuple(step for step in path if isinstance(step, str) and step != _ANY)
