"""Attachments: which roles have an access policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.reading.values import is_opaque
from tablewright.operations.guard.scene import Arguments, judged_by_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene


def judge(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge a role that loses an access policy, for good or until it is attached again."""
    if change.removed or change.replaced:
        yield _lost(change)
    elif change.old is not None:
        yield from dict.fromkeys(judged_by_arguments(change, scene, ARGUMENTS))


def _moved(change: Change, _: Scene) -> Iterator[Finding]:
    yield _lost(change)


def _lost(change: Change) -> Finding:
    role, policy = (_shown(change.before(name)) for name in ("role", "policyArn"))
    return Finding(
        kind=Kind.CONTRACT_BROKEN,
        cause="attachment",
        urn=change.urn,
        thing=role,
        what=f"role {role} loses managed policy {policy}",
        fails=f"everything that role {role} may do by it",
        instead="move whoever needs it first",
    )


def _shown(value: object) -> str:
    return value if isinstance(value, str) and not is_opaque(value) else "(not shown)"


ARGUMENTS: Final[Arguments] = {"policyArn": _moved, "role": _moved}
"""Every argument of the provider's attachment."""
