"""What a judge knows beside the change that it judges, and how arguments are judged one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.grants import Document, document_of
from tablewright.operations.guard.reading.change import Change
from tablewright.operations.guard.reading.operation import Operation
from tablewright.operations.guard.reading.values import StrangeValueError
from tablewright.operations.guard.uses import Uses

_MANAGED_POLICY: Final = "aws:iam/policy:Policy"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """The declared models as they are deployed, and every change of the preview."""

    uses: Uses = field(default_factory=Uses)
    changes: tuple[Change, ...] = ()

    def taking_the_place_of(self, change: Change) -> Change | None:
        """Return the new resource of the same type and physical name as one that goes."""
        return self._new.get((change.type, change.physical_name))

    def whose_name_is_taken_by(self, change: Change) -> Change | None:
        """Return the resource that has, and keeps, the physical name of a new one of its type."""
        named = change.old is None and isinstance(change.after("name"), str)
        other = self._staying.get((change.type, change.physical_name)) if named else None
        return other if other and other.after("region") == change.after("region") else None

    @cached_property
    def deployed_documents(self) -> tuple[tuple[str, Document], ...]:
        """Every deployed managed policy that is understood: its physical name, and what it says."""
        texts = (
            (change.physical_name, change.old.inputs.get("policy"))
            for change in self.changes
            if change.old is not None and change.type == _MANAGED_POLICY
        )
        return tuple((name, found) for name, text in texts if (found := document_of(text)))

    @cached_property
    def _staying(self) -> dict[tuple[str, str], Change]:
        return {
            (each.type, each.physical_name): each
            for each in self.changes
            if each.old is not None and not each.removed
        }

    @cached_property
    def _new(self) -> dict[tuple[str, str], Change]:
        return {(each.type, each.physical_name): each for each in self.changes if each.old is None}


Judge = Callable[[Change, Scene], Iterator[Finding]]
"""Gives what is to be said of a change of one resource, or of one of its arguments."""


@dataclass(frozen=True)
class Harmless:
    """Why a change of an argument loses nothing."""

    because: str


Arguments = Mapping[str, Judge | Harmless]
"""Who judges each argument of a resource; one that is missing is not understood."""


def noted(change: Change, cause: str, what: str) -> Finding:
    """Return a note, which stops nothing."""
    return Finding(
        kind=Kind.NOTE, cause=cause, urn=change.urn, thing=change.physical_name, what=what
    )


def not_understood(change: Change, cause: str, what: str, instead: str = "") -> Finding:
    """Return a finding on what the guard does not understand, which is never fine."""
    return Finding(
        kind=Kind.NOT_UNDERSTOOD,
        cause=cause,
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        instead=instead or "judge it by hand, then accept it in guard-allow.yaml",
    )


def alias_of(change: Change) -> str:
    """Say how a resource keeps its identity under another logical name or parent."""
    return (
        "give the resource the alias of its old URN: pulumi.ResourceOptions(aliases=["
        f"pulumi.Alias(name={change.name!r}, ...)]), or aliases=[{change.urn!r}]"
    )


def judged_by_arguments(change: Change, scene: Scene, arguments: Arguments) -> Iterator[Finding]:
    """Judge each argument that differs; one that nobody thought of is never fine."""
    if change.operation is Operation.UPDATE and not change.changed:
        yield not_understood(
            change, "update", "the preview updates it, and shows nothing that differs"
        )
    for name in change.changed:
        yield from _judged(change, scene, name, arguments.get(name))


def _judged(
    change: Change, scene: Scene, name: str, judge: Judge | Harmless | None
) -> Iterator[Finding]:
    if isinstance(judge, Harmless):
        return
    if judge is None:
        yield not_understood(
            change, name, f"{name} changes, and the guard does not know what that does"
        )
    elif not change.shows(name):
        yield not_understood(
            change, name, f"{name} changes, and the preview does not show how, as for a secret"
        )
    else:
        try:
            yield from list(judge(change, scene))
        except StrangeValueError:
            yield not_understood(
                change,
                name,
                f"{name} changes to or from something that is secret, not known before the "
                "deployment, or of a form that the guard does not know",
            )
