"""Every way in which one input of a resource, or a part of it, can change."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]
FOREIGN = "argumentOfTomorrow"


def mutations(value: Any, path: Path = ()) -> Iterator[tuple[Path, str, Any]]:
    """Give where, how, and the value after, for each change of a value and of its parts."""
    if isinstance(value, dict):
        for name in value:
            without = {k: v for k, v in value.items() if k != name}
            yield (*path, name), "taken away", without
            yield from _inside(value, name, path)
        yield (*path, FOREIGN), "added", {**value, FOREIGN: "x"}
    elif isinstance(value, list):
        for position in range(len(value)):
            yield (*path, "[]"), "taken away", [*value[:position], *value[position + 1 :]]
            yield from _inside(value, position, path)
        if len(value) > 1:
            yield (*path, "[]"), "reordered", [*reversed(value)]
    else:
        for other in _others(value):
            yield path, _how(value, other), other


def _inside(value: Any, step: Any, path: Path) -> Iterator[tuple[Path, str, Any]]:
    shown = "[]" if isinstance(value, list) else step
    for where, how, inner in mutations(value[step], (*path, shown)):
        changed = deepcopy(value)
        changed[step] = inner
        yield where, how, changed


def _others(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value - 1, value + 1]
    return [f"{value}-other"]


def _how(value: Any, other: Any) -> str:
    if isinstance(value, bool):
        return "switched on" if other else "switched off"
    if isinstance(value, int | float):
        return "raised" if other > value else "lowered"
    return "changed"
