"""Attribute definitions: a changed type is what the provider passes over in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.nested import unknown_inside
from tablewright.operations.guard.reading.values import sections_by, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene


_KNOWN: Final = frozenset({"name", "type"})


def judge(change: Change, _: Scene) -> Iterator[Finding]:
    """Judge the types of key attributes; which there are follows from the keys."""
    before, after = _by_name(change.before("attributes")), _by_name(change.after("attributes"))
    for name in sorted(before.keys() & after.keys()):
        old, new = text(before[name].get("type")), text(after[name].get("type"))
        if old != new:
            yield Finding(
                kind=Kind.SILENT,
                cause=name,
                urn=change.urn,
                thing=change.physical_name,
                what=f"the type of key attribute {name!r} changes from {old} to "
                f"{new} in the program, and the provider ignores it: AWS keeps "
                f"{old}",
                fails=f"writes of {name!r} as {new}, which AWS refuses",
                instead="keep the type; to change it, use a new attribute and a new index",
            )

        yield from unknown_inside(change, "attributes", before[name], after[name], _KNOWN)


def _by_name(attributes: object) -> dict[str, dict[str, Any]]:
    return sections_by("name", attributes)
