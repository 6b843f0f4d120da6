"""`guard-allow.yaml`: single findings that somebody accepts, in the format of the pack's waivers.

It is read by the pack's own loader, so both files fail closed in the same way: an entry that is
malformed or has expired accepts nothing.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.errors import OperationError
from tablewright.operations.guard.finding import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from tablewright.operations.guard.finding import Finding

FILE: Final = "guard-allow.yaml"
_LOADER: Final = "rules.framework.waivers"


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A finding that an entry accepts, and the words of the entry."""

    finding: Finding
    words: str


@dataclass(frozen=True)
class Allowances:
    """The entries of a file, as the pack's loader reads them; `entries` is its WaiverFile."""

    entries: Any
    environment: str

    @classmethod
    def of(
        cls, root: Path, environment: str, *, file: Path | None = None, today: date | None = None
    ) -> Allowances:
        """Read a project's file; without one nothing is accepted.

        Raises OperationError where there is a file, but no pack whose loader could read it.
        """
        path = file or root / FILE
        if not path.is_file():
            if file is not None:
                raise OperationError(f"there is no {file}; name the file of allowances, or none")
            return cls(None, environment)
        load = _loader(root / "policies", path)
        kinds = [kind.value for kind in Kind if kind is not Kind.NOTE]
        return cls(load(path, policies=kinds, today=today), environment)

    def accepting(self, finding: Finding) -> Accepted | None:
        """Return by which entry a finding is accepted, None where no entry does."""
        if self.entries is None:
            return None
        waiver = self.entries.covering(
            finding.kind.value, finding.urn, finding.cause, self.environment
        )
        if waiver is None:
            return None
        words = (
            f"{self.entries.at(waiver)}: accepted by {waiver.owner} until {waiver.expires}: "
            f"{waiver.reason}"
        )
        return Accepted(finding=finding, words=words)

    def problems(self) -> Iterator[str]:
        """Give what is wrong with the file: malformed and expired entries."""
        if self.entries is None:
            return
        for problem in self.entries.problems:
            yield f"{self.entries.at(problem)}: {problem.text}"
        for waiver in self._of_this_environment:
            if waiver.expires < self.entries.today:
                yield (
                    f"{self.entries.at(waiver)}: {waiver} expired on {waiver.expires}, so it "
                    "accepts nothing; renew or remove it"
                )

    def unused(self, findings: Sequence[Finding]) -> Iterator[str]:
        """Give the entries that accept nothing of this preview, but for expired ones."""
        for waiver in self._of_this_environment:
            if waiver.expires >= self.entries.today and not any(
                _accepts(self.entries, waiver, each) for each in findings
            ):
                yield f"{self.entries.at(waiver)}: {waiver} accepts nothing here; remove it"

    @cached_property
    def _of_this_environment(self) -> tuple[Any, ...]:
        if self.entries is None:
            return ()
        return tuple(w for w in self.entries.waivers if self.environment in w.environments)


def _accepts(entries: Any, waiver: Any, finding: Finding) -> bool:  # noqa: ANN401 -- the loader's
    subject = import_module(_LOADER).subject_of(finding.urn)
    return entries.today <= waiver.expires and bool(
        waiver.names(finding.kind.value, subject, finding.cause)
    )


def _loader(pack: Path, path: Path) -> Any:  # noqa: ANN401 -- the pack's own function
    """Import the pack's loader as the pack does: with its own folder on the path."""
    if not (pack / "rules").is_dir():
        raise OperationError(
            f"{path} cannot be read: its loader is the policy pack's, and there is no {pack}"
        )
    if str(pack) not in sys.path:
        sys.path.insert(0, str(pack))
    return import_module(_LOADER).load
