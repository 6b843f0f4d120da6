"""Throughput of a table or of an index: AWS raises a warm one in place, and never lowers it."""

from __future__ import annotations

from typing import Any, Final

from tablewright.operations.guard.reading.values import number, section

MAXIMA: Final = frozenset({"maxReadRequestUnits", "maxWriteRequestUnits"})
WARM_UNITS: Final = frozenset({"readUnitsPerSecond", "writeUnitsPerSecond"})


def lowered(before: Any, after: Any) -> bool:  # noqa: ANN401 -- inputs
    """Tell whether a warm throughput is lower than it was; leaving it out keeps it."""
    old, new = section(before), section(after)
    return any(
        new.get(unit) is not None and number(new[unit]) < number(old.get(unit))
        for unit in WARM_UNITS
    )
