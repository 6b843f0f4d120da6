"""The outcome of a look: each table with its verdict, and where a state has it already."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.adopt.candidate import Verdict
from tablewright.operations.adopt.import_file import written
from tablewright.operations.adopt.whereabouts import Way

if TYPE_CHECKING:
    from tablewright.operations.adopt.candidate import Candidate
    from tablewright.operations.adopt.whereabouts import Whereabouts
    from tablewright.recorder import Recording

ADOPTABLE: Final = 0
NOT_ADOPTABLE: Final = 1
COULD_NOT_LOOK: Final = 2
"""The exit codes: a table that nobody could see is never adoptable."""

_BROUGHT_OTHERWISE: Final = frozenset({Way.HERE, Way.ALIAS, Way.MOVE})


@dataclass(frozen=True, kw_only=True)
class AdoptionReport:
    """What was seen of the tables that a stack declares."""

    stack: str
    candidates: tuple[Candidate, ...]
    known: tuple[Whereabouts, ...] = ()
    program: Recording

    @property
    def ok(self) -> bool:
        """Tell whether every table that is there can be adopted without danger."""
        return not (self.of(Verdict.IMPOSSIBLE) or self.of(Verdict.DANGEROUS))

    @property
    def exit_code(self) -> int:
        """The exit code for scripts."""
        return ADOPTABLE if self.ok else NOT_ADOPTABLE

    def of(self, verdict: Verdict) -> tuple[Candidate, ...]:
        """Return the tables of one verdict."""
        return tuple(each for each in self.candidates if each.verdict is verdict)

    def known_by(self, way: Way) -> tuple[Whereabouts, ...]:
        """Return the tables of a state that come here in one way."""
        return tuple(each for each in self.known if each.way is way)

    @property
    def imported(self) -> tuple[Candidate, ...]:
        """Return the tables that are to be imported."""
        otherwise = {k.candidate.table for k in self.known if k.way in _BROUGHT_OTHERWISE}
        return tuple(c for c in self.candidates if c.imported and c.table not in otherwise)

    @property
    def import_file(self) -> str:
        """The file for `pulumi import --file`; empty where nothing is to be imported."""
        return written(self.imported, self.program) if self.imported else ""

    def as_dict(self) -> dict[str, Any]:
        """Return the report for machines."""
        return {
            "stack": self.stack,
            "ok": self.ok,
            "exitCode": self.exit_code,
            "tables": [each.as_dict() for each in self.candidates],
            "known": [
                {"table": each.candidate.table, "urn": each.urn, "way": str(each.way)}
                for each in self.known
            ],
            "importFile": json.loads(self.import_file) if self.import_file else None,
        }
