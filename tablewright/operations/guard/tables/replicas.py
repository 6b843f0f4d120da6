"""Replicas: one that goes, or gets another key, is deleted with its items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.nested import unknown_inside
from tablewright.operations.guard.reading.values import flag, sections_by, text
from tablewright.operations.guard.scene import not_understood, noted
from tablewright.operations.guard.tables.loss import lost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene

_PROTECTING: Final = ("pointInTimeRecovery", "deletionProtectionEnabled")
_KNOWN: Final = frozenset(
    {
        *_PROTECTING,
        "arn",
        "consistencyMode",
        "kmsKeyArn",
        "propagateTags",
        "regionName",
        "streamArn",
        "streamLabel",
    }
)
_DEFAULT_CONSISTENCY: Final = "EVENTUAL"
"""AWS's default (API: MultiRegionConsistency)."""


def judge(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge every replica, by its region."""
    before, after = _by_region(change.before("replicas")), _by_region(change.after("replicas"))
    for region, replica in before.items():
        new = after.get(region)
        if new is None:
            what = f"the replica in {region} is deleted; readers and writers there fail"
        elif reason := _rebuilt_by(replica, new):
            what = (
                f"the replica in {region} is deleted and made anew for its other {reason}; readers "
                "and writers there fail until it is filled again"
            )
        else:
            yield from _weakened(change, region, replica, new)
            yield from unknown_inside(change, f"replica-{region}", replica, new, _KNOWN)
            continue
        yield lost(
            change,
            scene,
            f"replica-{region}",
            what,
            "move the traffic of that region first, then accept this finding in guard-allow.yaml",
        )
    for region in sorted(after.keys() - before.keys()):
        what = f"a replica in {region} is made and filled; until then nobody can read it there"
        yield noted(change, f"replica-{region}", what)


def judge_witness(change: Change, _: Scene) -> Iterator[Finding]:
    """Judge the witness of a table with strong consistency, which AWS changes with its replicas."""
    yield not_understood(
        change,
        "globalTableWitness",
        "the witness of the global table changes, which AWS does only together with its replicas",
    )


def _rebuilt_by(before: dict[str, Any], after: dict[str, Any]) -> str:
    if text(before.get("kmsKeyArn")) != text(after.get("kmsKeyArn")):
        return "key"
    old, new = (
        text(each.get("consistencyMode")) or _DEFAULT_CONSISTENCY for each in (before, after)
    )
    return "" if old == new else "consistency"


def _weakened(
    change: Change, region: str, before: dict[str, Any], after: dict[str, Any]
) -> Iterator[Finding]:
    for setting in _PROTECTING:
        if flag(before.get(setting)) and not flag(after.get(setting)):
            yield Finding(
                kind=Kind.RECOVERY_WEAKENED,
                cause=f"replica-{region}",
                urn=change.urn,
                thing=change.physical_name,
                what=f"the replica in {region} loses {setting}",
                instead="keep it as it is",
            )


def _by_region(replicas: object) -> dict[str, dict[str, Any]]:
    return sections_by("regionName", replicas)
