"""Attribute definitions: a changed type is what the provider passes over in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.operations.guard.finding import Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.changes import Change
    from tablewright.operations.guard.scene import Scene


def judge(change: Change, _: Scene) -> Iterator[Finding]:
    """Judge the types of key attributes; which there are follows from the keys."""
    before, after = _types(change.before("attributes")), _types(change.after("attributes"))
    for name in before.keys() & after.keys():
        if before[name] != after[name]:
            yield Finding(
                kind=Kind.SILENT,
                cause=name,
                urn=change.urn,
                thing=change.physical_name,
                what=f"the type of key attribute {name!r} changes from {before[name]} to "
                f"{after[name]} in the program, and the provider ignores it: AWS keeps "
                f"{before[name]}",
                fails=f"writes of {name!r} as {after[name]}, which AWS refuses",
                instead="keep the type; to change it, use a new attribute and a new index",
            )


def _types(attributes: object) -> dict[str, str]:
    found = attributes if isinstance(attributes, list) else []
    return {str(e.get("name")): str(e.get("type")) for e in found if isinstance(e, dict)}
