"""A policy as its pack describes it, and how strictly it is applied."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

WAIVER_IN_USE: Final = "waiver-in-use"
"""The pack's policy that tells every finding which a waiver accepted."""
WAIVER_HYGIENE: Final = "waiver-hygiene"
"""The pack's policy that judges the waivers themselves."""
REMEDIATES: Final = "remediates"
"""The tag of a policy that can mend what it finds; nothing else of a pack's metadata tells."""
WAS_EVALUATED: Final = "policy-was-evaluated"
"""The gate that no pack can hold itself: a mandatory policy that could not run is a failure."""


class Level(StrEnum):
    """How strictly a policy is applied."""

    DISABLED = "disabled"
    ADVISORY = "advisory"
    MANDATORY = "mandatory"
    REMEDIATE = "remediate"

    @property
    def blocks(self) -> bool:
        """Tell whether a violation at this level stops a deployment."""
        return self in {Level.MANDATORY, Level.REMEDIATE}


class Severity(StrEnum):
    """How bad a violation is, worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """A policy as its pack describes it, at the level that applied."""

    id: str
    description: str = ""
    kind: str = "resource"  # or "stack"; "gate" for what this report itself holds
    severity: Severity = Severity.UNSPECIFIED
    level: Level = Level.MANDATORY
    remediation_steps: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The schema of each setting that a level file may give."""

    @property
    def remediates(self) -> bool:
        """Tell whether the policy can mend what it finds."""
        return REMEDIATES in self.tags


GATE: Final = Policy(
    id=WAS_EVALUATED,
    description="Mandatory policies could be judged.",
    kind="gate",
    severity=Severity.HIGH,
    remediation_steps="Let what the message names be known before the deployment, or mend the "
    "policy where it failed by itself.",
)
"""The gate as reports and documents show it."""
