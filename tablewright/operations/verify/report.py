"""The outcome of a verification: every property that was compared, and how it came out."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from rich.markup import escape
from rich.table import Table


class Status(StrEnum):
    """How a property that is deployed compares with the one that is declared."""

    EQUAL = "equal"
    DIFFERENT = "different"
    MISSING = "missing"
    NOT_REPORTED = "not reported"
    """The endpoint says nothing about it, so nothing is known."""
    UNREADABLE = "unreadable"
    """The endpoint refuses to tell, as without a permission."""


_COLORS = {
    Status.EQUAL: "green",
    Status.DIFFERENT: "red",
    Status.MISSING: "red",
    Status.NOT_REPORTED: "yellow",
    Status.UNREADABLE: "red",
}
_HARMLESS = frozenset({Status.EQUAL, Status.NOT_REPORTED})
_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class Check:
    """One property of one resource: what is declared, and what is deployed."""

    resource: str
    property: str
    expected: Any
    actual: Any
    status: Status


@dataclass(frozen=True)
class Report:
    """Every check of a stack."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Tell whether nothing differs; what is not reported does not count as a difference."""
        return all(check.status in _HARMLESS for check in self.checks)

    @property
    def problems(self) -> tuple[Check, ...]:
        """Return what differs, is missing or could not be read."""
        return tuple(check for check in self.checks if check.status not in _HARMLESS)

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
            "checks": [asdict(check) for check in self.checks],
        }

    def render(self) -> Table:
        """List each difference, what is not reported by property, and the rest by count."""
        table = Table("resource", "property", "declared", "deployed", "status")
        for check in self.problems:
            color = _COLORS[check.status]
            table.add_row(
                escape(check.resource),
                check.property,
                escape(_text(check.expected)),
                escape(_text(check.actual)),
                f"[{color}]{check.status}[/{color}]",
            )
        for name, resources in self._not_reported().items():
            listed = ", ".join(resources[:_NAMED]) + (", …" if len(resources) > _NAMED else "")
            status = "[yellow]not reported by this endpoint[/yellow]"
            table.add_row(escape(listed), name, "", f"{len(resources)} resources", status)
        if equal := self.counts.get(Status.EQUAL):
            table.add_row("", "", "", f"{equal} properties", "[green]equal[/green]")
        return table

    def _not_reported(self) -> dict[str, list[str]]:
        by_property: dict[str, list[str]] = {}
        for check in self.checks:
            if check.status is Status.NOT_REPORTED:
                by_property.setdefault(check.property, []).append(check.resource)
        return by_property


def _is_index(resource: str) -> bool:
    """Tell whether a part of a table is meant; the name of a table has no space."""
    return resource.startswith("table ") and " index " in resource


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)
