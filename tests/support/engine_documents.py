"""What the engine would print of a recording: the state after it, and a preview between two."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tablewright.recorder import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tablewright.recorder import Recording, Registration

_UNKNOWN_TO_THE_ENGINE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
_SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
_STACK = "pulumi:pulumi:Stack"


def exported(
    recording: Recording | None,
    *,
    without: Iterable[str] = (),
    pending: Iterable[tuple[str, str]] = (),
    doomed: Iterable[str] = (),
    ciphertext: str = "sealed",
) -> str:
    """Write a state as `pulumi stack export` does: nothing for a stack that was never deployed.

    Some resources may be left out by name, be pending by name and operation, or be there once more
    as replaced and to be deleted. What is secret has the ciphertext in place of its value.
    """
    deployed = [] if recording is None else list(recording.registrations)
    left_out = set(without)
    resources = [_resource(one, ciphertext) for one in deployed if one.name not in left_out]
    if recording is not None and recording.exports:
        stack = next(each for each in resources if each["type"] == _STACK)
        stack["outputs"] = _plain(recording.exports)
    urns = {one.name: one for one in deployed}
    resources += [_resource(urns[name]) | {"delete": True} for name in doomed]
    operations = [{"type": doing, "resource": _resource(urns[name])} for name, doing in pending]
    deployment: dict[str, Any] = {"manifest": {"time": "2026-11-21T13:31:37Z"}, "metadata": {}}
    if resources:
        deployment["resources"] = resources
    if operations:
        deployment["pending_operations"] = operations
    return json.dumps({"version": 3, "deployment": deployment})


def previewed(before: Recording | None, after: Recording, *, errors: Iterable[str] = ()) -> str:
    """Write a preview as `pulumi preview --json` does."""
    old = {} if before is None else {one.urn: one for one in before.registrations}
    new = {one.urn: one for one in after.registrations}
    steps = [_step(old.get(urn), new.get(urn)) for urn in dict.fromkeys((*new, *old))]
    said = [{"severity": "error", "message": f"error: {text}\n"} for text in errors]
    return json.dumps({"config": {}, "steps": steps, "diagnostics": said, "duration": 0})


def _step(old: Registration | None, new: Registration | None) -> dict[str, Any]:
    sides = {"oldState": old and _resource(old), "newState": new and _resource(new)}
    if old is None or new is None:
        operation = "create" if old is None else "delete"
    else:
        operation = "same" if _alike(old.inputs, new.inputs) else "update"
    urn = next(side["urn"] for side in sides.values() if side)
    return {"op": operation, "urn": urn, **{name: side for name, side in sides.items() if side}}


def _alike(old: Any, new: Any) -> bool:
    """Tell whether nothing differs; what is unknown becomes what it was."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(_alike(old[key], new[key]) for key in old)
    return new is UNKNOWN or old == new


def _resource(one: Registration, ciphertext: str = "") -> dict[str, Any]:
    hidden = {name: {**_SECRET, "ciphertext": ciphertext} for name in one.secret_inputs}
    return {
        "urn": one.urn,
        "custom": one.custom,
        "id": one.name if one.custom else "",
        "type": one.type,
        "inputs": _plain(one.inputs) | (hidden if ciphertext else {}),
        "outputs": _plain(one.outputs),
        "protect": one.protect,
        "retainOnDelete": one.retain_on_delete,
    }


def _plain(value: Any) -> Any:
    if value is UNKNOWN:
        return _UNKNOWN_TO_THE_ENGINE
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
