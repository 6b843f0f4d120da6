"""Indexes that would be gone for a while: what an `update` of a table hides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.scene import noted
from tablewright.operations.guard.uses import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.changes import Change
    from tablewright.operations.guard.scene import Scene

_IN_PLACE: Final = frozenset({"readCapacity", "writeCapacity", "onDemandThroughput"})
_PLAN: Final = "build it under a new name beside the old one: `tablewright plan-index` says how"


def judge(change: Change, _scene: Scene) -> Iterator[Finding]:
    """Judge every global secondary index, by its name."""
    before = by_name(change.before("globalSecondaryIndexes"))
    after = by_name(change.after("globalSecondaryIndexes"))
    for name, index in before.items():
        new = after.get(name)
        if new is None:
            yield _outage(change, _scene, name, _removal(name, index, before, after))
        elif reasons := rebuilt_by(index, new):
            yield _outage(
                change,
                _scene,
                name,
                f"{' and '.join(reasons)} of index {name!r} cannot be changed in place: AWS "
                "deletes the index, then builds it anew under the same name",
            )
    for name in after.keys() - before.keys():
        yield noted(
            change,
            name,
            f"index {name!r} is built online: it cannot be queried until it is ACTIVE, minutes to "
            "hours after the deployment by the size of the table",
        )


def by_name(indexes: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401 -- an input
    """Return indexes by their names."""
    found = indexes if isinstance(indexes, list) else []
    return {str(each.get("name")): each for each in found if isinstance(each, dict)}


def rebuilt_by(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return what makes AWS build an index anew."""
    reasons = []
    if key_of(before) != key_of(after):
        reasons.append("the key")
    if before.get("projectionType") != after.get("projectionType"):
        reasons.append("the projection")
    if sorted(before.get("nonKeyAttributes") or ()) != sorted(after.get("nonKeyAttributes") or ()):
        reasons.append("the projected attributes")
    if lowered(before.get("warmThroughput"), after.get("warmThroughput")):
        reasons.append("the lowered warm throughput")
    return reasons


def key_of(index: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return an index's key attributes and their roles, however they are spelled."""
    schemas = index.get("keySchemas")
    if schemas:
        return tuple((str(e.get("attributeName")), str(e.get("keyType"))) for e in schemas)
    spelled = ((index.get("hashKey"), "HASH"), (index.get("rangeKey"), "RANGE"))
    return tuple((str(name), role) for name, role in spelled if name)


def lowered(before: Any, after: Any) -> bool:  # noqa: ANN401 -- inputs
    """Tell whether a warm throughput is lower than it was; leaving it out keeps it."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return False
    units = ("readUnitsPerSecond", "writeUnitsPerSecond")
    return any((after.get(unit) or 0) < (before.get(unit) or 0) for unit in units)


def _removal(
    name: str,
    index: dict[str, Any],
    before: dict[str, dict[str, Any]],
    after: dict[str, dict[str, Any]],
) -> str:
    for other in after.keys() - before.keys():
        if not rebuilt_by(index, after[other]):
            return (
                f"index {name!r} is renamed to {other!r}: AWS deletes the old one first, then "
                "builds the new one"
            )
    return f"AWS deletes index {name!r}"


def _outage(change: Change, scene: Scene, name: str, what: str) -> Finding:
    patterns = scene.uses.of_index(change.physical_name, name)
    if not patterns and scene.uses.knows(change.physical_name):
        return noted(change, name, f"{what}; no declared access pattern uses it")
    lasting = "for good" if what.endswith(f"deletes index {name!r}") else "until it is ACTIVE again"
    users = told(patterns) if patterns else "every query on it"
    return Finding(
        kind=Kind.INDEX_OUTAGE,
        cause=name,
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        fails=f"{lasting}: {users}",
        instead=_PLAN if lasting != "for good" else f"switch its readers first; {_PLAN}",
    )
