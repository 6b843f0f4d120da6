"""What a policy pack found in a stack, whoever ran it: what every output is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from tablewright.operations.policy_report.policy import WAIVER_HYGIENE, WAS_EVALUATED, Level, Policy
from tablewright.recorder.registration import SourcePosition

if TYPE_CHECKING:
    from collections.abc import Mapping

WAIVERS: Final = "waivers.yaml"
"""The file of a pack's folder that accepts violations."""
_OF_A_WAIVER: Final = re.compile(rf"(?:[^\s:]*/)?{re.escape(WAIVERS)}:(?P<line>\d{{1,9}}): ")
_PARTS_OF_A_URN: Final = 4  # urn:pulumi:<stack>::<project>::<types>::<name>


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A resource that was judged, with the line that declares it where that is known."""

    urn: str
    position: SourcePosition | None = None

    @property
    def type(self) -> str:
        """Return the type token; empty where the URN is none."""
        return self._parts()[0].rpartition("$")[2]

    @property
    def name(self) -> str:
        """Return the logical name; the whole URN where it is none."""
        return self._parts()[1]

    def __str__(self) -> str:
        return f"{self.type} '{self.name}'".lstrip()

    def _parts(self) -> tuple[str, str]:
        """Split off stack and project; a name may hold `::` itself."""
        parts = self.urn.split("::", _PARTS_OF_A_URN - 1)
        return (parts[-2], parts[-1]) if len(parts) == _PARTS_OF_A_URN else ("", self.urn)


@dataclass(frozen=True, kw_only=True)
class Violation:
    """What a policy objects to; without `urn` it concerns the whole stack."""

    policy: str
    finding: str
    message: str
    level: Level
    urn: str | None = None


@dataclass(frozen=True, kw_only=True)
class Waived:
    """A finding that a waiver accepts, and the words of the waiver."""

    policy: str
    finding: str
    message: str
    urn: str | None = None


@dataclass(frozen=True, kw_only=True)
class NotRun:
    """A policy that could not be judged: a value was unknown, or the policy itself failed."""

    policy: str
    level: Level
    reason: str
    urn: str | None = None


@dataclass(frozen=True, kw_only=True)
class Remediated:
    """A change that a policy made to a resource before it was judged."""

    policy: str
    urn: str
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PolicyReport:
    """Everything about one stack. `level_file` is where to look when no line is known."""

    stack: str
    pack: str
    policies: tuple[Policy, ...] = ()
    resources: tuple[Resource, ...] = ()
    violations: tuple[Violation, ...] = ()
    waived: tuple[Waived, ...] = ()
    not_run: tuple[NotRun, ...] = ()
    remediated: tuple[Remediated, ...] = ()
    not_applicable: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    """(policy, URN) of what a policy does not judge."""
    level_file: str = ""

    @property
    def blocking(self) -> tuple[Violation, ...]:
        """Return what stops a deployment, policies that could not run included."""
        return (
            *(each for each in self.violations if each.level.blocks),
            *(_as_violation(each) for each in self.not_run if each.level.blocks),
        )

    @property
    def advisory(self) -> tuple[Violation, ...]:
        """Return what is only advised, policies that could not run included."""
        return (
            *(each for each in self.violations if not each.level.blocks),
            *(_as_violation(each) for each in self.not_run if not each.level.blocks),
        )

    @property
    def ok(self) -> bool:
        """Tell whether nothing stops a deployment."""
        return not self.blocking

    def policy(self, policy_id: str) -> Policy:
        """Return a policy by its id; one that the pack does not describe has its id alone."""
        return self._by_id.get(policy_id) or Policy(id=policy_id)

    def position(self, urn: str | None) -> SourcePosition | None:
        """Return the line that declares a resource, None where it is not known."""
        return self._positions.get(urn or "")

    def place(self, each: Violation) -> SourcePosition | None:
        """Return where to mend a finding: the line of the waiver that it names, or as above."""
        waiver = _OF_A_WAIVER.match(each.message) if each.policy == WAIVER_HYGIENE else None
        if not waiver:
            return self.position(each.urn)
        pack = PurePosixPath(self.level_file).parent.parent
        return SourcePosition(file=str(pack / WAIVERS), line=int(waiver["line"]))

    @cached_property
    def _positions(self) -> Mapping[str, SourcePosition | None]:
        return {each.urn: each.position for each in self.resources}

    @cached_property
    def _by_id(self) -> Mapping[str, Policy]:
        return {each.id: each for each in self.policies}


def _as_violation(each: NotRun) -> Violation:
    return Violation(
        policy=WAS_EVALUATED,
        finding=each.policy,
        message=f"policy {each.policy!r} could not run: {each.reason}",
        level=each.level,
        urn=each.urn,
    )
