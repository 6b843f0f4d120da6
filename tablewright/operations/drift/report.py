"""The outcome of a comparison: what drifted, what could not be compared, and notes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.drift.uncertain import NotCompared, not_compared
from tablewright.operations.drift.way_back import Mends, WayBack, way_back

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tablewright.operations.verify.check import Check

SAME: Final = 0
DRIFTED: Final = 1
COULD_NOT_COMPARE: Final = 2
"""The exit codes: what nobody could compare is never the same."""


@dataclass(frozen=True)
class Difference:
    """One property that differs, and the way back."""

    check: Check
    back: WayBack

    def as_dict(self) -> dict[str, Any]:
        """Return the difference for machines."""
        return {**self.check.as_dict(), "mends": str(self.back.mends), "advice": self.back.words}


@dataclass(frozen=True, kw_only=True)
class DriftReport:
    """What was compared of one stack."""

    stack: str
    same: int
    differences: tuple[Difference, ...] = ()
    not_compared: tuple[NotCompared, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether everything was compared and nothing differs."""
        return not (self.differences or self.not_compared)

    @property
    def exit_code(self) -> int:
        """The exit code for scripts; what is known to differ outweighs what is not known."""
        if self.differences:
            return DRIFTED
        return COULD_NOT_COMPARE if self.not_compared else SAME

    def mended_by(self, mends: Mends) -> tuple[Difference, ...]:
        """Return the differences that one way mends."""
        return tuple(each for each in self.differences if each.back.mends is mends)

    def as_dict(self) -> dict[str, Any]:
        """Return the report for machines."""
        return {
            "stack": self.stack,
            "ok": self.ok,
            "exitCode": self.exit_code,
            "same": self.same,
            "differences": [each.as_dict() for each in self.differences],
            "notCompared": [asdict(each) for each in self.not_compared],
            "notes": list(self.notes),
        }


def reported(
    stack: str,
    checks: Iterable[Check],
    *,
    notes: Iterable[str] = (),
    unread_streams: Collection[str] = (),
) -> DriftReport:
    """Sort checks into those that differ, those that compared nothing, and the rest."""
    same, differences, unknown = 0, [], []
    for check in checks:
        uncertain = not_compared(check, unread_streams)
        if uncertain:
            unknown.append(uncertain)
        elif check.status.harmless:
            same += 1
        else:
            differences.append(Difference(check, way_back(check)))
    return DriftReport(
        stack=stack,
        same=same,
        differences=tuple(differences),
        not_compared=tuple(unknown),
        notes=tuple(notes),
    )
