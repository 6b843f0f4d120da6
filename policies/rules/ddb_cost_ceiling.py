"""What a table may cost has a ceiling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.order import for_each, known_first
from rules.framework.rule import ADVISORY, ResourceRule
from rules.framework.settings import number
from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, TABLE
from rules.tables.throughput import UNITS, billed, billed_inline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.reading import Properties
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource
    from rules.tables.throughput import Billed, Unit


def _check(resource: Resource, settings: Settings) -> Iterable[Finding]:
    subject = billed(resource)
    if resource.type == GLOBAL_SECONDARY_INDEX:
        return _judge(subject, settings)
    return known_first(
        _judge(subject, settings),
        for_each(
            resource.properties,
            "globalSecondaryIndexes",
            lambda index, at: _judge(billed_inline(index, at, subject), settings),
        ),
    )


def _judge(subject: Billed, settings: Settings) -> Iterator[Finding]:
    return known_first(
        _missing(subject, settings),
        *(part(subject, unit, settings) for unit in UNITS for part in (_maximum, _warm)),
    )


def _missing(subject: Billed, settings: Settings) -> Iterator[Finding]:
    """Give one finding for both maxima: whoever sets one sets the other."""
    throughput = subject.properties.section("onDemandThroughput")
    missing = [unit for unit in UNITS if _is_missing(throughput.number(unit.maximum))]
    if missing and subject.is_on_demand():
        lacks = " and ".join(
            f"{unit.maximum} (at most {settings.number(unit.maximum):,.0f})" for unit in missing
        )
        yield Finding(
            f"{subject.prefix}maximum-missing",
            f"{subject.path}onDemandThroughput lacks {lacks}, so a fault can cost without limit; "
            "set what it lacks, in request units a second",
        )


def _is_missing(maximum: float | None) -> bool:
    return maximum is None or maximum < 1  # -1 removes the maximum


def _maximum(subject: Billed, unit: Unit, settings: Settings) -> Iterator[Finding]:
    ceiling = settings.number(unit.maximum)
    given = subject.properties.section("onDemandThroughput").number(unit.maximum)
    if given is not None and given > ceiling:
        yield Finding(
            f"{subject.prefix}{unit.kind}-maximum",
            f"{subject.path}onDemandThroughput.{unit.maximum} is {given:,.0f}, over the ceiling "
            f"of {ceiling:,.0f} {unit.kind} request units a second; lower it, or have the ceiling "
            "raised in the level file",
        )


def _warm(subject: Billed, unit: Unit, settings: Settings) -> Iterator[Finding]:
    ceiling = settings.number(unit.warm_ceiling)
    given = subject.properties.section("warmThroughput").number(unit.warm)
    if given is not None and given > ceiling:
        yield Finding(
            f"{subject.prefix}{unit.kind}-warm",
            f"{subject.path}warmThroughput.{unit.warm} is {given:,.0f}, over the ceiling of "
            f"{ceiling:,.0f} {unit.kind} units a second; lower it, or have the ceiling raised in "
            "the level file",
        )


def _remediate(resource: Resource, settings: Settings) -> dict[str, object]:
    properties = resource.properties
    if not billed(resource).is_on_demand():
        return {}
    added = _bounded(properties, settings)
    if resource.type == TABLE:
        indexes = properties.sections("globalSecondaryIndexes")
        bounded = [_bounded(index, settings) for index in indexes]
        if any(bounded):
            added["globalSecondaryIndexes"] = [
                index.plain() | more for index, more in zip(indexes, bounded, strict=True)
            ]
    return added


def _bounded(properties: Properties, settings: Settings) -> dict[str, object]:
    """Return the maxima with those added of which nothing was said."""
    throughput = properties.section("onDemandThroughput")
    missing = {
        unit.maximum: settings.number(unit.maximum)
        for unit in UNITS
        if not throughput.holds(unit.maximum)
    }
    return {"onDemandThroughput": {**throughput.plain(), **missing}} if missing else {}


DDB_COST_CEILING = ResourceRule(
    id="ddb-cost-ceiling",
    demands="On-demand tables and their indexes have a maximum, and it and their warm throughput "
    "are under a ceiling.",
    severity=Severity.MEDIUM,
    default_level=ADVISORY,
    remediation_steps="Set on_demand_throughput with max_read_request_units and "
    "max_write_request_units on the table and on each index, and lower warm_throughput; with "
    "tablewright, set tablewright:maxReadRequestUnits and tablewright:maxWriteRequestUnits.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
    "on-demand-capacity-mode-max-throughput.html",
    # By default what a new on-demand table serves from the start, which is its warm throughput.
    settings={
        "maxReadRequestUnits": number("The highest maxReadRequestUnits.", 12_000, minimum=1),
        "maxWriteRequestUnits": number("The highest maxWriteRequestUnits.", 4_000, minimum=1),
        "maxWarmReadUnits": number("The highest warm readUnitsPerSecond.", 12_000, minimum=1),
        "maxWarmWriteUnits": number("The highest warm writeUnitsPerSecond.", 4_000, minimum=1),
    },
    types=(TABLE, GLOBAL_SECONDARY_INDEX),
    check=_check,
    remediate=_remediate,
)
