"""Throughput: changed in place, but for a warm throughput that is lowered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.operations.guard.nested import unknown_inside
from tablewright.operations.guard.reading.values import section, text
from tablewright.operations.guard.scene import noted
from tablewright.operations.guard.tables.loss import judge_replacing
from tablewright.operations.guard.tables.throughput import MAXIMA, WARM_UNITS, lowered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.finding import Finding
    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene


def judge_billing_mode(change: Change, _: Scene) -> Iterator[Finding]:
    """Note another way to pay, which AWS allows once a day in one direction."""
    after = text(change.after("billingMode")) or "PROVISIONED"
    yield noted(change, "billingMode", f"the billing mode becomes {after}; watch for throttling")


def judge_maxima(change: Change, _: Scene) -> Iterator[Finding]:
    """Note other maxima, above which AWS throttles."""
    yield noted(change, "onDemandThroughput", "the maxima above which AWS throttles change")
    before, after = (section(of("onDemandThroughput")) for of in (change.before, change.after))
    yield from unknown_inside(change, "onDemandThroughput", before, after, MAXIMA)


def judge_warm_throughput(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge a warm throughput, which AWS raises in place, and never lowers."""
    before, after = (section(of("warmThroughput")) for of in (change.before, change.after))
    if lowered(before, after):
        yield from judge_replacing("warmThroughput")(change, scene)
    yield from unknown_inside(change, "warmThroughput", before, after, WARM_UNITS)
