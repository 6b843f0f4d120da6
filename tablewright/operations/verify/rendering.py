"""How people see a report: each difference, and by property what is not reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from tablewright.operations.listing import Finding, Listing, shown
from tablewright.operations.verify.check import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tablewright.operations.verify.check import Check

_HEADS = ("status", "resource", "property", "declared", "deployed")
_COLOR = "red"


def listing(checks: Iterable[Check]) -> Listing:
    """List the differences; what is equal is in the summary."""
    problems = [check for check in checks if not check.status.harmless]
    width = max((len(check.status) for check in problems), default=0)
    return Listing(
        heads=_HEADS,
        findings=tuple(_finding(check, width) for check in problems),
        notes=_not_reported(checks),
    )


def _finding(check: Check, width: int) -> Finding:
    declared, deployed = shown(check.expected), shown(check.actual)
    said = f": declared {declared}, deployed {deployed}"
    if check.details:
        said = ":"
    elif check.status is Status.UNREADABLE:
        said = f": {deployed}"
    status = Text(check.status, style=_COLOR)
    return Finding(
        cells=(status, *map(Text, (check.resource, check.property, declared, deployed))),
        line=Text.assemble(
            (f"{check.status:<{width}}", _COLOR), f"  {check.resource}  {check.property}{said}"
        ),
        details=check.details,
    )


def _not_reported(checks: Iterable[Check]) -> tuple[Text, ...]:
    """Name the properties in one line, those of equally many resources together."""
    resources: dict[str, int] = {}
    for check in checks:
        if check.status is Status.NOT_REPORTED:
            name = check.property.partition(" (")[0]
            resources[name] = resources.get(name, 0) + 1
    by_count: dict[int, list[str]] = {}
    for name, count in resources.items():
        by_count.setdefault(count, []).append(name)
    groups = (f"{', '.join(names)} ({_number(count, names)})" for count, names in by_count.items())
    if not by_count:
        return ()
    return (Text(f"Not reported by this endpoint: {'; '.join(groups)}", style="yellow"),)


def _number(count: int, names: list[str]) -> str:
    resources = "1 resource" if count == 1 else f"{count} resources"
    return f"{resources} each" if len(names) > 1 else resources
