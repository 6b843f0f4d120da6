"""What one run of the pack shares between its rules: the waivers, and what became of each rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.framework.finding import Finding
    from rules.framework.waivers import Waiver, WaiverFile


@dataclass(frozen=True)
class Use:
    """A finding that a waiver accepted."""

    waiver: Waiver
    finding: Finding
    urn: str


@dataclass
class Session:
    """State of one run; the SDK judges on four threads, so every access is locked."""

    waivers: WaiverFile
    _uses: list[Use] = field(default_factory=list)
    _not_run: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def accept(self, waiver: Waiver, finding: Finding, urn: str) -> None:
        """Note that a waiver accepted a finding."""
        with self._lock:
            self._uses.append(Use(waiver, finding, urn))

    def could_not_run(self, policy: str) -> None:
        """Note that a rule met an unknown value, so that its waivers may rightly be unused."""
        with self._lock:
            self._not_run.add(policy)

    def uses(self) -> tuple[Use, ...]:
        """Return every use of a waiver so far."""
        with self._lock:
            return tuple(self._uses)

    def not_run(self) -> frozenset[str]:
        """Return the rules that could not run so far."""
        with self._lock:
            return frozenset(self._not_run)

    def end(self) -> None:
        """Forget the run: one process may judge several stacks, one after the other."""
        with self._lock:
            self._uses.clear()
            self._not_run.clear()
