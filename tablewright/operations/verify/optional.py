"""What not every endpoint reports: table class, on-demand maxima, replicas, warm throughput.

AWS leaves such fields out where nothing is set, emulators leave them out always. So a field that
is not there proves nothing equal. It proves something missing only where the answer has a
TableId, which AWS gives to every table and which moto does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.operations.verify.comparison import NOT_REPORTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.models import TableSpec, WarmThroughput
    from tablewright.operations.verify.comparison import Comparison
    from tablewright.operations.verify.stack import Stack

_UNLIMITED = -1
_DEFAULT_CLASS = "STANDARD"


def check_optional(
    resource: str,
    stack: Stack,
    spec: TableSpec,
    table: Mapping[str, Any],
    into: Comparison,
) -> None:
    """Compare what the endpoint reports, and list the rest as not reported."""
    settings = stack.settings
    whole = "TableId" in table
    declared = settings.table_class
    summary = table.get("TableClassSummary") or {}
    absent = _absent(declared != _DEFAULT_CLASS, whole=whole)
    into.compare(resource, "table class", declared, summary.get("TableClass", absent))
    maxima = (settings.max_read_request_units, settings.max_write_request_units)
    _check_maxima(resource, maxima, table, into, whole=whole)
    for index in table.get("GlobalSecondaryIndexes") or ():
        name = f"{resource} index {index['IndexName']}"
        if any(maxima) or "OnDemandThroughput" in index:
            _check_maxima(name, maxima, index, into, whole=whole)
    regions = sorted(settings.replica_regions)
    replicas = table.get("Replicas")
    found = None if replicas is None else sorted(r["RegionName"] for r in replicas)
    absent = _absent(bool(regions), whole=whole)
    into.compare(resource, "replicas", regions, absent if found is None else found)
    _check_warm(resource, spec.warm_throughput, table, into)
    for index in spec.global_indexes:
        deployed = table.get("GlobalSecondaryIndexes") or ()
        there: Mapping[str, Any] = next((i for i in deployed if i["IndexName"] == index.name), {})
        _check_warm(f"{resource} index {index.name}", index.warm_throughput, there, into)


def _absent(declared: bool, *, whole: bool) -> object:  # noqa: FBT001 -- the one matter of the call
    """Say what a field that is left out means: missing, or not reported."""
    return None if declared and whole else NOT_REPORTED


def _check_maxima(
    resource: str,
    expected: tuple[int | None, int | None],
    described: Mapping[str, Any],
    into: Comparison,
    *,
    whole: bool,
) -> None:
    found = described.get("OnDemandThroughput")
    actual: object = _absent(any(expected), whole=whole)
    if found is not None:
        units = (found.get(f"Max{kind}RequestUnits", _UNLIMITED) for kind in ("Read", "Write"))
        actual = [None if value == _UNLIMITED else value for value in units]
    into.compare(resource, "on-demand maxima (read, write)", list(expected), actual)


def _check_warm(
    resource: str,
    declared: WarmThroughput | None,
    described: Mapping[str, Any],
    into: Comparison,
) -> None:
    """Demand at least the declared throughput: AWS raises it by itself under load."""
    if declared is None:
        return
    expected = [declared.read_units, declared.write_units]
    found = described.get("WarmThroughput")
    actual: object = NOT_REPORTED
    if found is not None:
        units = [found.get("ReadUnitsPerSecond", 0), found.get("WriteUnitsPerSecond", 0)]
        enough = all(has >= wanted for has, wanted in zip(units, expected, strict=True))
        actual = expected if enough else units
    into.compare(resource, "warm throughput (read, write)", expected, actual)
