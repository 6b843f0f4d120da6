"""SSM parameters: the names under which other programs find tables and access policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.scene import Harmless, Judge, judged_by_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.changes import Change
    from tablewright.operations.guard.scene import Scene


def judge(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge what would become of a parameter."""
    path = change.physical_name
    if change.removed:
        if scene.taking_the_place_of(change) is None:
            yield _broken(change, "removed", f"parameter {path} is deleted")
    elif change.replaced:
        after = change.after("name")
        what = (
            f"parameter {path} is renamed to {after}"
            if after != path
            else f"parameter {path} is deleted and made anew"
        )
        yield _broken(change, "name" if after != path else "replace", what)
    elif change.old is not None:
        yield from judged_by_arguments(change, scene, ARGUMENTS)


def _type(change: Change, _: Scene) -> Iterator[Finding]:
    what = f"parameter {change.physical_name} becomes a {change.after('type')}"
    yield _broken(change, "type", what)


def _key(change: Change, _: Scene) -> Iterator[Finding]:
    what = f"parameter {change.physical_name} is encrypted with another key"
    yield _broken(change, "keyId", what)


def _renamed(change: Change, _: Scene) -> Iterator[Finding]:
    yield _broken(change, "name", f"parameter {change.before('name')} is renamed")


def _broken(change: Change, cause: str, what: str) -> Finding:
    return Finding(
        kind=Kind.CONTRACT_BROKEN,
        cause=cause,
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        fails=f"every program that reads {change.physical_name}, from the next time it does",
        instead="export both paths until every reader has moved, then remove the old one",
    )


ARGUMENTS: Final[dict[str, Judge | Harmless]] = {
    "allowedPattern": Harmless("it limits what is written, not what is read"),
    "dataType": Harmless("it is checked when a value is written"),
    "description": Harmless("nobody depends on a description"),
    "insecureValue": Harmless("the value follows what it names"),
    "keyId": _key,
    "name": _renamed,
    "overwrite": Harmless("it counts only when a parameter is made"),
    "tags": Harmless("tags hold no data"),
    "tier": Harmless("readers see no difference"),
    "type": _type,
    "value": Harmless("the value follows the table or access policy that it names"),
    "valueWo": Harmless("the value follows what it names"),
    "valueWoVersion": Harmless("the value follows what it names"),
}
"""Every argument that this project sets, and those of the provider that are understood."""
