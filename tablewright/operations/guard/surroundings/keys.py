"""Keys that encrypt tables, and AWS Backup: what it takes to read and restore data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.reading.operation import Operation
from tablewright.operations.guard.scene import not_understood

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene

_TAGS = frozenset({"tags", "tagsAll"})


def judge(change: Change, _: Scene) -> Iterator[Finding]:
    """Judge a KMS key: without it, tables that it encrypts cannot be read any more."""
    if change.removed or change.replaced:
        yield Finding(
            kind=Kind.DATA_LOSS,
            cause="key",
            urn=change.urn,
            thing=change.physical_name,
            what="the KMS key is scheduled for deletion",
            fails="every table and backup that it encrypts, for good once it is deleted",
            instead="keep the key until nothing is encrypted with it",
        )
    else:
        yield from _changed(change, "the KMS key")


def judge_backup(change: Change, _: Scene) -> Iterator[Finding]:
    """Judge a part of AWS Backup."""
    if change.removed or change.replaced:
        yield Finding(
            kind=Kind.RECOVERY_WEAKENED,
            cause="backup",
            urn=change.urn,
            thing=change.physical_name,
            what=f"{change.name}, a part of AWS Backup, is deleted",
            instead="keep it, or accept this finding in guard-allow.yaml",
        )
    else:
        yield from _changed(change, "a part of AWS Backup")


def _changed(change: Change, what: str) -> Iterator[Finding]:
    """Give a finding for every change but tags: no component makes these resources."""
    names = [name for name in change.changed if name not in _TAGS]
    if names or (change.operation is Operation.UPDATE and not change.changed):
        changed = ", ".join(names) or "something that the preview does not show"
        yield not_understood(change, names[0] if names else "update", f"{what} changes: {changed}")
