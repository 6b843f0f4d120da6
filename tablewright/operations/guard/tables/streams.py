"""Streams: a rebuilt one has another ARN, which its readers hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.reading.values import flag, text
from tablewright.operations.guard.uses import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene


def judge(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge a stream that is switched off, or that shows other images."""
    if not flag(change.before("streamEnabled")):
        return
    before, after = (text(of("streamViewType")) for of in (change.before, change.after))
    if flag(change.after("streamEnabled")):
        if before == after:
            return
        what = (
            f"the stream's view changes from {before} to {after}: AWS ends the stream and begins "
            "a new one, with another ARN"
        )
    else:
        what = "the stream is switched off; records that nobody has read are kept for 24 hours"
    readers = told(scene.uses.of_stream(change.physical_name))
    yield Finding(
        kind=Kind.CONTRACT_BROKEN,
        cause="stream",
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        fails=f"event source mappings and readers of the old ARN: {readers or 'whoever reads it'}",
        instead="let the readers finish the old stream, then point them at the new ARN: "
        "`tablewright plan-index` gives the steps",
    )
