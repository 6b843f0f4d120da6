"""What makes it possible to get data back, and what keeps it from being deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.nested import unknown_inside
from tablewright.operations.guard.reading.values import flag, number, section, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene


_WINDOW: Final = frozenset({"enabled", "recoveryPeriodInDays"})
_ENCRYPTION: Final = frozenset({"enabled", "kmsKeyArn"})


def judge_point_in_time_recovery(change: Change, _: Scene) -> Iterator[Finding]:
    """Judge point-in-time recovery: switched off, or its window shortened."""
    sections = _sections(change, "pointInTimeRecovery")
    yield from unknown_inside(change, "pointInTimeRecovery", *sections, _WINDOW)
    before, after = map(_window, sections)
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
    before, after = (flag(of("deletionProtectionEnabled")) for of in (change.before, change.after))
    if before and not after:
        yield _weakened(
            change, "deletionProtectionEnabled", "AWS will let anybody with the right delete it"
        )


def judge_encryption(change: Change, _: Scene) -> Iterator[Finding]:
    """Judge the key that a table is encrypted with."""
    before, after = _sections(change, "serverSideEncryption")
    yield from unknown_inside(change, "serverSideEncryption", before, after, _ENCRYPTION)
    if text(before.get("kmsKeyArn")) != text(after.get("kmsKeyArn")):
        yield _weakened(
            change,
            "serverSideEncryption",
            "the table is encrypted with another KMS key; backups keep the old one",
            "consumers without rights on the new key; restoring, once the old key is deleted",
        )
    elif flag(before.get("enabled")) and not flag(after.get("enabled")):
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


def _window(settings: dict[str, Any]) -> float:
    if not flag(settings.get("enabled")):
        return 0
    # AWS's default (API: PointInTimeRecoverySpecification).
    return number(settings.get("recoveryPeriodInDays")) or 35


def _sections(change: Change, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return section(change.before(name)), section(change.after(name))


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
