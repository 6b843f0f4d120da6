"""Whose throughput has a price, and the names of what bounds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rules.framework.tokens import GLOBAL_SECONDARY_INDEX

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.framework.reading import Properties
    from rules.framework.subjects import Resource


@dataclass(frozen=True, kw_only=True)
class Unit:
    """Reads or writes: the names of what bounds them."""

    kind: str
    maximum: str
    warm: str
    warm_ceiling: str


UNITS: Final = (
    Unit(
        kind="read",
        maximum="maxReadRequestUnits",
        warm="readUnitsPerSecond",
        warm_ceiling="maxWarmReadUnits",
    ),
    Unit(
        kind="write",
        maximum="maxWriteRequestUnits",
        warm="writeUnitsPerSecond",
        warm_ceiling="maxWarmWriteUnits",
    ),
)
_PROVISIONED: Final = "PROVISIONED"


@dataclass(frozen=True, kw_only=True)
class Billed:
    """A table or an index; each has a maximum of its own.

    `path` leads to it in its resource, `prefix` begins the ids of its findings.
    """

    properties: Properties
    is_on_demand: Callable[[], bool]
    path: str = ""
    prefix: str = ""


def billed(resource: Resource) -> Billed:
    """Return the table, or the index where it is a resource of its own."""
    properties = resource.properties
    if resource.type == GLOBAL_SECONDARY_INDEX:
        # It does not show its table's billing mode; only a provisioned one gives it capacity.
        return Billed(
            properties=properties,
            is_on_demand=lambda: not properties.holds("provisionedThroughput"),
            prefix="index-",
        )
    return Billed(
        properties=properties,
        is_on_demand=lambda: properties.text("billingMode", _PROVISIONED) != _PROVISIONED,
    )


def billed_inline(index: Properties, position: int, table: Billed) -> Billed:
    """Return one of a table's inline global secondary indexes."""
    return Billed(
        properties=index,
        is_on_demand=table.is_on_demand,
        path=f"globalSecondaryIndexes[{position}].",
        prefix="index-",
    )
