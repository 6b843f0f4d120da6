"""Inputs whose changes a program ignores (`ignore_changes`): they stay as they are deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.local import property_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tablewright.local.property_path import Path


def without_ignored(
    wanted: Mapping[str, Any], deployed: Mapping[str, Any], paths: Iterable[str]
) -> dict[str, Any]:
    """Return inputs as the engine takes them: what is ignored is as it is deployed."""
    inputs = dict(wanted)
    for path in paths:
        inputs = _kept(property_path.parse(path), inputs, dict(deployed))
    return inputs


def _kept(path: Path, wanted: Any, deployed: Any) -> Any:  # noqa: ANN401 -- inputs of any shape
    if not path:
        return deployed
    step, *rest = path
    if isinstance(wanted, dict) and isinstance(deployed, dict):
        return _kept_in_object(str(step), tuple(rest), wanted, deployed)
    if isinstance(wanted, list) and isinstance(deployed, list):
        return [
            _kept(tuple(rest), value, deployed[position])
            if step in ("*", position) and position < len(deployed)
            else value
            for position, value in enumerate(wanted)
        ]
    return wanted


def _kept_in_object(
    step: str, rest: Path, wanted: dict[str, Any], deployed: dict[str, Any]
) -> dict[str, Any]:
    names = {*wanted, *deployed} if step == "*" else {step}
    result = dict(wanted)
    for name in names:
        if name in deployed and (name in wanted or not rest):
            result[name] = _kept(rest, wanted.get(name), deployed[name])
        elif name not in deployed and not rest:
            result.pop(name, None)
    return result
