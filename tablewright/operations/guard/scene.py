"""What a judge knows beside the change that it judges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tablewright.operations.guard.changes import Change
from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.uses import Uses


@dataclass(frozen=True, kw_only=True)
class Scene:
    """The declared models as they are deployed, and every change of the preview."""

    uses: Uses = field(default_factory=Uses)
    changes: tuple[Change, ...] = ()

    def taking_the_place_of(self, change: Change) -> Change | None:
        """Return the new resource of the same type and physical name as one that goes."""
        for other in self.changes:
            if (
                other.old is None
                and other.type == change.type
                and other.physical_name == change.physical_name
            ):
                return other
        return None


Judge = Callable[[Change, Scene], Iterator[Finding]]
"""Gives what is to be said of a change of one resource, or of one of its arguments."""


@dataclass(frozen=True)
class Harmless:
    """Why a change of an argument loses nothing."""

    because: str


def noted(change: Change, cause: str, what: str) -> Finding:
    """Return a note, which stops nothing."""
    return Finding(
        kind=Kind.NOTE, cause=cause, urn=change.urn, thing=change.physical_name, what=what
    )


def judged_by_arguments(
    change: Change, scene: Scene, arguments: dict[str, Judge | Harmless]
) -> Iterator[Finding]:
    """Judge each argument that differs; one that nobody thought of is never fine."""
    for name in change.changed:
        judge = arguments.get(name)
        if judge is None:
            yield Finding(
                kind=Kind.NOT_UNDERSTOOD,
                cause=name,
                urn=change.urn,
                thing=change.physical_name,
                what=f"{name} changes, and the guard does not know what that does",
                instead="judge it by hand, then accept it in guard-allow.yaml",
            )
        elif not isinstance(judge, Harmless):
            yield from judge(change, scene)
