"""What makes it possible to get data back, and what keeps it from being deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.operations.guard.finding import Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.changes import Change
    from tablewright.operations.guard.scene import Scene


def judge_point_in_time_recovery(change: Change, _: Scene) -> Iterator[Finding]:
    """Judge point-in-time recovery: switched off, or its window shortened."""
    before, after = (_window(change, side) for side in ("before", "after"))
    if not before or after >= before:
        return
    if after:
        what = f"the recovery window is shortened from {before} to {after} days"
        fails = f"restoring to a moment more than {after} days ago"
    else:
        what = f"point-in-time recovery is switched off: backups of the last {before} days are lost"
        fails = "restoring the table to any moment, at once and for good"
    yield _weakened(change, "pointInTimeRecovery", what, fails)


def judge_deletion_protection(change: Change, _: Scene) -> Iterator[Finding]:
    """Judge deletion protection that is switched off."""
    if change.before("deletionProtectionEnabled") and not change.after("deletionProtectionEnabled"):
        yield _weakened(
            change, "deletionProtectionEnabled", "AWS will let anybody with the right delete it"
        )


def judge_encryption(change: Change, _: Scene) -> Iterator[Finding]:
    """Judge the key that a table is encrypted with."""
    before, after = (_section(change, s, "serverSideEncryption") for s in ("before", "after"))
    if (before.get("kmsKeyArn") or "") != (after.get("kmsKeyArn") or ""):
        yield _weakened(
            change,
            "serverSideEncryption",
            "the table is encrypted with another KMS key; backups keep the old one",
            "consumers without rights on the new key; restoring, once the old key is deleted",
        )
    elif before.get("enabled") and not after.get("enabled"):
        yield _weakened(
            change, "serverSideEncryption", "the table is encrypted with a key that AWS owns"
        )


def judge_options(change: Change) -> Iterator[Finding]:
    """Judge Pulumi's own protection, which no step of a preview shows."""
    old, new = change.old, change.new
    if old is None or new is None:
        return
    lost = [
        option
        for option, before, after in (
            ("protect", old.protect, new.protect),
            ("retainOnDelete", old.retain_on_delete, new.retain_on_delete),
        )
        if before and not after
    ]
    if lost:
        yield _weakened(
            change,
            lost[0],
            f"{' and '.join(lost)} taken away: the next change that replaces or removes the table "
            "deletes it",
        )


def _window(change: Change, side: str) -> int:
    section = _section(change, side, "pointInTimeRecovery")
    if not section.get("enabled"):
        return 0
    # AWS's default (API: PointInTimeRecoverySpecification).
    return int(section.get("recoveryPeriodInDays") or 35)


def _section(change: Change, side: str, name: str) -> dict[str, Any]:
    value = change.before(name) if side == "before" else change.after(name)
    return value if isinstance(value, dict) else {}


def _weakened(change: Change, cause: str, what: str, fails: str = "") -> Finding:
    return Finding(
        kind=Kind.RECOVERY_WEAKENED,
        cause=cause,
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        fails=fails,
        instead="leave it as it is, or accept this finding in guard-allow.yaml",
    )
