"""Throughput: changed in place, but for a warm throughput that is lowered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.operations.guard.scene import noted
from tablewright.operations.guard.tables.indexes import lowered
from tablewright.operations.guard.tables.loss import judge_replacing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.changes import Change
    from tablewright.operations.guard.finding import Finding
    from tablewright.operations.guard.scene import Scene


def judge_billing_mode(change: Change, _: Scene) -> Iterator[Finding]:
    """Note another way to pay, which AWS allows once a day in one direction."""
    yield noted(
        change,
        "billingMode",
        f"the billing mode becomes {change.after('billingMode')}; watch for throttling",
    )


def judge_maxima(change: Change, _: Scene) -> Iterator[Finding]:
    """Note other maxima, above which AWS throttles."""
    yield noted(change, "onDemandThroughput", "the maxima above which AWS throttles change")


def judge_warm_throughput(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge a warm throughput, which AWS raises in place, and never lowers."""
    if lowered(change.before("warmThroughput"), change.after("warmThroughput")):
        yield from judge_replacing("warmThroughput")(change, scene)
