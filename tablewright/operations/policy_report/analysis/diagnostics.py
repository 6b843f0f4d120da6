"""What a pack says, sorted into violations, accepted findings, and policies that could not run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tablewright.operations.policy_report.policy import WAIVER_IN_USE, Level
from tablewright.operations.policy_report.report import NotRun, Violation, Waived

if TYPE_CHECKING:
    from collections.abc import Mapping

_CANNOT_RUN: Final = "can't run policy"
FAILED: Final = "failed"
"""The finding by which this project's pack tells that a policy raised."""
_BECAUSE: Final = "during preview: "


@dataclass
class Outcome:
    """Takes diagnostics one by one; `levels` are those of the level file."""

    levels: Mapping[str, Level]
    violations: list[Violation] = field(default_factory=list)
    waived: list[Waived] = field(default_factory=list)
    not_run: list[NotRun] = field(default_factory=list)

    def add(
        self, *, policy: str, description: str, message: str, level: Level, urn: str | None
    ) -> None:
        """Take one diagnostic in the SDK's wording."""
        if message.startswith(_CANNOT_RUN):
            # The SDK makes it advisory; what counts is how strict the policy is meant to be.
            self.cannot_run(policy, message, urn)
            return
        finding, _, text = message.removeprefix(description).lstrip("\n").partition(": ")
        if finding == FAILED:
            # A policy that raised judged nothing, however little it would have mattered.
            self.not_run.append(NotRun(policy=policy, level=Level.MANDATORY, reason=text, urn=urn))
        elif policy == WAIVER_IN_USE:
            accepted, _, of = finding.partition("/")
            self.waived.append(Waived(policy=accepted, finding=of, message=text, urn=urn))
        else:
            self.violations.append(
                Violation(policy=policy, finding=finding, message=text, level=level, urn=urn)
            )

    def cannot_run(self, policy: str, message: str, urn: str | None) -> None:
        """Take a policy that met a value which only a deployment can tell."""
        level = self.levels.get(policy, Level.MANDATORY)
        reason = message.partition(_BECAUSE)[2] or message
        if (policy, urn) not in {(each.policy, each.urn) for each in self.not_run}:
            # Else its remediation could not run for the same reason.
            self.not_run.append(NotRun(policy=policy, level=level, reason=reason, urn=urn))
