"""The AWS provider: where it looks for what is deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.guard.reading.values import differing
from tablewright.operations.guard.scene import not_understood, noted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.finding import Finding
    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene

_AWS: Final = "pulumi:providers:aws"
_PLACES: Final = frozenset({"region", "endpoints"})
_IDENTITIES: Final = frozenset({"profile", "assumeRoles", "assumeRoleWithWebIdentity"})


def judge(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge a provider that would look elsewhere, be it under another name or version."""
    if change.type != _AWS:
        return
    successor = _successor(change, scene) if change.removed else change
    if change.old is None or successor is None or successor.new is None:
        return
    changed = frozenset(differing(change.old.inputs, successor.new.inputs))
    if places := sorted(changed & _PLACES):
        yield not_understood(
            change,
            places[0],
            f"{' and '.join(places)} of the AWS provider changes: it no longer looks where the "
            "stack is deployed",
            "make a stack of its own for another region, and copy the items",
        )
    if identities := sorted(changed & _IDENTITIES):
        yield noted(
            change,
            identities[0],
            f"{' and '.join(identities)} of the AWS provider changes: check that it is the same "
            "account",
        )


def _successor(change: Change, scene: Scene) -> Change | None:
    for other in scene.changes:
        if other.type == change.type and other.old is None:
            return other
    return None
