"""A stack's state at one moment, to tell later what became of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tablewright.operations.guard.reading import state as states
from tablewright.operations.guard.reading.values import SIGNATURE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from tablewright.operations.guard.reading.state import State


@dataclass(frozen=True)
class Pending:
    """An operation that began and of which the state does not know how it ended."""

    doing: str
    urn: str


@dataclass(frozen=True)
class Snapshot:
    """What `pulumi stack export` printed, whole, and as the guard reads it."""

    state: State
    deployment: Mapping[str, Any]

    @classmethod
    def of(cls, text: str) -> Self:
        """Read an export; raises NotUnderstoodError for anything else."""
        state = states.read(text, "the exported state")
        return cls(state, json.loads(text)["deployment"])

    @cached_property
    def resources(self) -> Mapping[str, Any]:
        """Every resource as it is written, by URN, without those that wait for their deletion."""
        listed = self.deployment.get("resources") or ()
        return {each["urn"]: _readable(each) for each in listed if not each.get("delete")}

    @cached_property
    def doomed(self) -> frozenset[str]:
        """The URNs of replaced resources that are still to be deleted."""
        listed = self.deployment.get("resources") or ()
        return frozenset(each["urn"] for each in listed if each.get("delete"))

    @property
    def pending(self) -> tuple[Pending, ...]:
        """The operations that an interrupted update left."""
        listed = self.deployment.get("pending_operations") or ()
        doings = (each.get("type") if isinstance(each, dict) else None for each in listed)
        return tuple(
            Pending(str(doing or "changing"), urn)
            for doing, urn in zip(doings, self.state.pending, strict=True)
        )

    def differing(self, other: Snapshot) -> tuple[str, ...]:
        """Return the URNs of all that is not in both snapshots in the same words.

        The manifest is not compared: an export may give it a time of its own.
        """
        urns = {*self.resources, *other.resources}
        changed = {urn for urn in urns if self.resources.get(urn) != other.resources.get(urn)}
        begun = {each.urn for each in {*self.pending} ^ {*other.pending}}
        return tuple(sorted(changed | begun | (self.doomed ^ other.doomed)))


def _readable(value: Any) -> Any:  # noqa: ANN401 -- any part of a resource
    """Leave ciphertexts out: they are new whenever a state is written, whatever they hide.

    A secret that is changed shows in the time of the change (`modified`).
    """
    if isinstance(value, dict):
        return (
            SIGNATURE
            if SIGNATURE in value
            else {name: _readable(each) for name, each in value.items()}
        )
    return [_readable(each) for each in value] if isinstance(value, list) else value
