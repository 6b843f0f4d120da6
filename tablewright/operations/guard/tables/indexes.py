"""Indexes that would be gone for a while: what an `update` of a table hides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.nested import unknown_inside
from tablewright.operations.guard.reading.values import (
    section,
    sections,
    sections_by,
    text,
    texts,
)
from tablewright.operations.guard.scene import noted
from tablewright.operations.guard.tables.queryable import allowed_by
from tablewright.operations.guard.tables.throughput import MAXIMA, WARM_UNITS, lowered
from tablewright.operations.guard.uses import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene

_IN_PLACE: Final = frozenset({"readCapacity", "writeCapacity", "onDemandThroughput"})
"""Capacity, changed without another index being built."""
_JUDGED: Final = frozenset(
    {
        "hashKey",
        "keySchemas",
        "name",
        "nonKeyAttributes",
        "projectionType",
        "rangeKey",
        "warmThroughput",
    }
)
_KEY: Final = frozenset({"attributeName", "keyType"})
_PLAN: Final = "build it under a new name beside the old one: `tablewright plan-index` says how"
_AGAIN: Final = "until it is ACTIVE again"
_FOR_GOOD: Final = "for good"


def judge(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge every global secondary index, by its name."""
    before, after = (
        sections_by("name", of("globalSecondaryIndexes")) for of in (change.before, change.after)
    )
    for name, index in before.items():
        new = after.get(name)
        if new is None:
            yield _removal(
                change, scene, index, {n: after[n] for n in after.keys() - before.keys()}
            )
            continue
        if reasons := rebuilt_by(index, new):
            what = (
                f"{' and '.join(reasons)} of index {name!r} cannot be changed in place: AWS "
                "deletes the index, then builds it anew under the same name"
            )
            yield _outage(change, scene, name, what, _AGAIN)
        yield from _unknown_inside(change, index, new)
    for name in sorted(after.keys() - before.keys()):
        yield noted(
            change,
            name,
            f"index {name!r} is built online: it cannot be queried until it is ACTIVE, minutes to "
            "hours after the deployment by the size of the table",
        )


def _unknown_inside(
    change: Change, before: dict[str, Any], after: dict[str, Any]
) -> Iterator[Finding]:
    name = text(before.get("name"))
    yield from unknown_inside(change, name, before, after, _JUDGED | _IN_PLACE)
    for argument, known in (("onDemandThroughput", MAXIMA), ("warmThroughput", WARM_UNITS)):
        parts = section(before.get(argument)), section(after.get(argument))
        yield from unknown_inside(change, name, *parts, known)
    for schema in sections(after.get("keySchemas")):
        yield from unknown_inside(change, name, {}, schema, _KEY)


def by_name(indexes: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401 -- an input
    """Return indexes by their names."""
    found = indexes if isinstance(indexes, list) else []
    return {str(each.get("name")): each for each in found if isinstance(each, dict)}


def rebuilt_by(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return what makes AWS build an index anew; raises StrangeValueError."""
    reasons = []
    if _checked_key_of(before) != _checked_key_of(after):
        reasons.append("the key")
    if text(before.get("projectionType")) != text(after.get("projectionType")):
        reasons.append("the projection")
    projected, now = (sorted(texts(each.get("nonKeyAttributes"))) for each in (before, after))
    if projected != now:
        reasons.append("the projected attributes")
    if lowered(before.get("warmThroughput"), after.get("warmThroughput")):
        reasons.append("the lowered warm throughput")
    return reasons


def key_of(index: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return an index's key attributes and their roles, however they are spelled."""
    schemas = index.get("keySchemas")
    if schemas:
        key = [(str(e.get("attributeName")), str(e.get("keyType"))) for e in schemas]
        return tuple(sorted(key, key=lambda part: part[1]))  # HASH before RANGE
    spelled = ((index.get("hashKey"), "HASH"), (index.get("rangeKey"), "RANGE"))
    return tuple((str(name), role) for name, role in spelled if name)


def _checked_key_of(index: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    for schema in sections(index.get("keySchemas")):
        text(schema.get("attributeName")), text(schema.get("keyType"))
    text(index.get("hashKey")), text(index.get("rangeKey"))
    return key_of(index)


def _removal(
    change: Change, scene: Scene, index: dict[str, Any], new: dict[str, dict[str, Any]]
) -> Finding:
    name = text(index.get("name"))
    for other in sorted(new):
        if not rebuilt_by(index, new[other]):
            what = (
                f"index {name!r} is renamed to {other!r}: AWS deletes the old one first, then "
                "builds the new one"
            )
            return _outage(change, scene, name, what, _AGAIN)
    return _outage(change, scene, name, f"AWS deletes index {name!r}", _FOR_GOOD)


def _outage(change: Change, scene: Scene, name: str, what: str, lasting: str) -> Finding:
    users = told(scene.uses.of_index(change.physical_name, name))
    if not users and scene.uses.knows(change.physical_name):
        if not (policies := allowed_by(change, scene, name)):
            return noted(change, name, f"{what}; no declared access pattern uses it")
        users = f"whoever queries it by {', '.join(policies)}, which is deployed and allows it"
    return Finding(
        kind=Kind.INDEX_OUTAGE,
        cause=name,
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        fails=f"{lasting}: {users or 'every query on it'}",
        instead=_PLAN if lasting == _AGAIN else f"switch its readers first; {_PLAN}",
    )
