"""What one run of the pack shares between its rules: the waivers, and what became of each rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pulumi_policy import PolicyResource

    from rules.framework.finding import Finding
    from rules.framework.subjects import Stack
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
    _viewed: tuple[Sequence[PolicyResource], Stack] | None = None
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

    def view(self, resources: Sequence[PolicyResource], make: Callable[[], Stack]) -> Stack:
        """Return the view of a stack, the same one for every rule that is given the same list."""
        with self._lock:
            if self._viewed is None or self._viewed[0] is not resources:
                self._viewed = resources, make()
            return self._viewed[1]

    def end(self) -> None:
        """Forget the run: one process may judge several stacks, one after the other."""
        with self._lock:
            self._viewed = None
            self._uses.clear()
            self._not_run.clear()
