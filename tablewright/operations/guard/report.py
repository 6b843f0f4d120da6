"""What the guard says of a preview: findings, what is accepted, and whether it may be deployed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.guard.finding import Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tablewright.operations.guard.allowances import Accepted, Allowances
    from tablewright.recorder.registration import SourcePosition

FINE: Final = 0
FOUND: Final = 1
COULD_NOT_JUDGE: Final = 2
"""The exit codes: a preview that nobody could judge is never fine."""


@dataclass(frozen=True, kw_only=True)
class GuardReport:
    """The judgement of one preview; `positions` are the lines that declare its resources."""

    stack: str
    findings: tuple[Finding, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    notes: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = ()
    """What is wrong with the allowances."""
    failures: tuple[str, ...] = ()
    """With what the preview itself ended, so that the rest of it is not known."""
    hints: tuple[str, ...] = ()
    steps: Mapping[str, int]
    positions: Mapping[str, SourcePosition]

    @property
    def ok(self) -> bool:
        """Tell whether nothing stops the deployment."""
        return not (self.findings or self.problems or self.failures)

    @property
    def exit_code(self) -> int:
        """The exit code for scripts; 2 where all that stops it is what was not understood."""
        if self.ok:
            return FINE
        if self.problems or any(e.kind is not Kind.NOT_UNDERSTOOD for e in self.findings):
            return FOUND
        return COULD_NOT_JUDGE

    def of_kind(self, kind: Kind) -> tuple[Finding, ...]:
        """Return the findings of a kind that stop the deployment."""
        return tuple(each for each in self.findings if each.kind is kind)

    def as_dict(self) -> dict[str, Any]:
        """Return the report for machines."""
        return {
            "stack": self.stack,
            "ok": self.ok,
            "exitCode": self.exit_code,
            "findings": [asdict(each) for each in self.findings],
            "accepted": [{**asdict(a.finding), "by": a.words} for a in self.accepted],
            "notes": [asdict(each) for each in self.notes],
            "problems": list(self.problems),
            "failures": list(self.failures),
            "hints": list(self.hints),
            "steps": dict(self.steps),
        }


def reported(
    stack: str,
    found: Sequence[Finding],
    allowances: Allowances,
    *,
    errors: Sequence[str] = (),
    steps: Mapping[str, int],
    positions: Mapping[str, SourcePosition],
) -> GuardReport:
    """Sort findings into those that stop, those that somebody accepts, and notes."""
    accepted = tuple(a for each in found if each.stops and (a := allowances.accepting(each)))
    taken = {each.finding for each in accepted}
    return GuardReport(
        stack=stack,
        findings=tuple(each for each in found if each.stops and each not in taken),
        accepted=accepted,
        notes=tuple(each for each in found if not each.stops),
        problems=tuple(allowances.problems()),
        failures=tuple(errors),
        hints=tuple(allowances.unused(found)),
        steps=steps,
        positions=positions,
    )
