"""The outcome of a verification: every property that was compared, and how it came out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tablewright.operations.verify.check import Check, Status
from tablewright.operations.verify.rendering import listing

if TYPE_CHECKING:
    from tablewright.operations.listing import Listing


@dataclass(frozen=True)
class Report:
    """Every check of a stack."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Tell whether nothing differs; what is not reported does not count as a difference."""
        return all(check.status.harmless for check in self.checks)

    @property
    def problems(self) -> tuple[Check, ...]:
        """Return what differs, is missing or could not be read."""
        return tuple(check for check in self.checks if not check.status.harmless)

    @property
    def counts(self) -> dict[Status, int]:
        """Count the checks by status, those without any left out."""
        found = Counter(check.status for check in self.checks)
        return {status: found[status] for status in Status if found[status]}

    @property
    def summary(self) -> str:
        """Count the checks in one line."""
        names = {check.resource for check in self.checks}
        indexes = sum(_is_index(name) for name in names)
        also = f" and {indexes} {'index' if indexes == 1 else 'indexes'}" if indexes else ""
        counts = ", ".join(f"{count} {status}" for status, count in self.counts.items())
        return (
            f"{len(self.checks)} properties of {len(names) - indexes} resources{also}: "
            f"{counts or 'none'}"
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON takes it."""
        return {
            "ok": self.ok,
            "counts": {str(status): count for status, count in self.counts.items()},
            "checks": [check.as_dict() for check in self.checks],
        }

    def render(self) -> Listing:
        """List each difference, and by property what is not reported."""
        return listing(self.checks)


def _is_index(resource: str) -> bool:
    """Tell whether a part of a table is meant; the name of a table has no space."""
    return resource.startswith("table ") and " index " in resource
