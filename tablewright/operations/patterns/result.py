"""What became of an access pattern: proved, disproved, or not there to be tried."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class PatternStatus(StrEnum):
    """How the execution of an access pattern ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_DEPLOYED = "not deployed"


class Disproved(Exception):  # noqa: N818 -- the outcome of a trial, which becomes a result
    """The tables do not serve the access pattern as it is declared."""


@dataclass(frozen=True, kw_only=True)
class PatternResult:
    """One access pattern: what was proved, or what was expected and did not happen."""

    model: str
    pattern: str
    operation: str
    target: str
    status: PatternStatus
    checks: tuple[str, ...]
    seconds: float
    problem: str | None = None
    cause: str | None = None
    """The part of the problem that other access patterns may share; for people, not for JSON."""

    def as_dict(self) -> dict[str, Any]:
        """Return the result as JSON takes it."""
        fields = asdict(self)
        del fields["cause"]
        return fields


@dataclass(frozen=True)
class PatternReport:
    """Every access pattern that was tried."""

    results: tuple[PatternResult, ...]

    @property
    def ok(self) -> bool:
        """Tell whether no access pattern failed."""
        return not self.of(PatternStatus.FAILED)

    def of(self, status: PatternStatus) -> tuple[PatternResult, ...]:
        """Return the results of one status."""
        return tuple(result for result in self.results if result.status is status)

    @property
    def summary(self) -> str:
        """Count the results in one line."""
        counts = ", ".join(f"{len(self.of(status))} {status}" for status in PatternStatus)
        return f"{len(self.results)} access patterns: {counts}"

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON takes it."""
        return {
            "ok": self.ok,
            "counts": {str(status): len(self.of(status)) for status in PatternStatus},
            "patterns": [result.as_dict() for result in self.results],
        }
