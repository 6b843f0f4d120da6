"""Time to live: one attribute a table, and an hour between two changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.nested import unknown_inside
from tablewright.operations.guard.reading.values import flag, section, text
from tablewright.operations.guard.scene import noted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene


_KNOWN: Final = frozenset({"attributeName", "enabled"})


def judge(change: Change, _: Scene) -> Iterator[Finding]:
    """Judge a TTL attribute that is changed, given up, or new."""
    sections = section(change.before("ttl")), section(change.after("ttl"))
    yield from unknown_inside(change, "ttl", *sections, _KNOWN)
    before, after = map(_attribute, sections)
    if before == after:
        return
    if not before:
        yield noted(
            change,
            "ttl",
            f"items whose {after!r} lies in the past are deleted within days, also those that are "
            "there already",
        )
        return
    if after:
        what = f"the TTL attribute changes from {before!r} to {after!r}"
        fails = (
            "the deployment: AWS refuses a second change within about an hour; items with "
            f"{before!r} alone no longer expire"
        )
    else:
        what, fails = "time to live is switched off", f"items with {before!r} no longer expire"
    yield Finding(
        kind=Kind.RECOVERY_WEAKENED,
        cause="ttl",
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        fails=fails,
        instead="change it in three steps with an hour between: `tablewright plan-index`",
    )


def _attribute(ttl: dict[str, Any]) -> str:
    return text(ttl.get("attributeName")) if flag(ttl.get("enabled")) else ""
