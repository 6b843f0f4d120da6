"""What stands around tables: alarms, their topics, roles, the VPC endpoint, keys, the outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.guard.access_policies import judge_document
from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.scene import noted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tablewright.operations.guard.changes import Change
    from tablewright.operations.guard.scene import Scene


def judge_alarm(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge an alarm that goes, or that tells nobody any more."""
    name = change.physical_name
    if change.removed and scene.taking_the_place_of(change) is None:
        yield _unwatched(change, "removed", f"alarm {name} is deleted")
    elif change.old is None or change.new is None:
        return
    elif change.before("actionsEnabled") is not False and change.after("actionsEnabled") is False:
        yield _unwatched(change, "actionsEnabled", f"alarm {name} tells nobody any more")
    elif change.before("alarmActions") and not change.after("alarmActions"):
        yield _unwatched(change, "alarmActions", f"alarm {name} tells nobody any more")
    elif changed := [each for each in change.changed if each not in _BESIDE_AN_ALARM]:
        yield noted(change, "alarm", f"alarm {name} changes: {', '.join(changed)}")


def judge_topic(change: Change, _: Scene) -> Iterator[Finding]:
    """Judge a topic, or a subscription to one, that goes."""
    if change.removed or change.replaced:
        how = "is deleted" if change.removed else "is deleted and made anew"
        yield _unwatched(
            change, "removed", f"{change.name}, which alarms tell, {how}; e-mail must be confirmed"
        )


def judge_attachment(change: Change, _: Scene) -> Iterator[Finding]:
    """Judge a role that loses an access policy."""
    if change.removed or change.replaced:
        role = change.before("role")
        yield _broken(
            change, "attachment", f"role {role} loses managed policy {change.before('policyArn')}",
            f"everything that role {role} may do by it",
        )  # fmt: skip


def judge_endpoint(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge the way from a VPC to DynamoDB."""
    if change.removed or change.replaced:
        yield _broken(
            change, "endpoint", "the gateway endpoint is deleted",
            "requests from subnets without another way to DynamoDB",
        )  # fmt: skip
        return
    if change.old is None:
        return
    lost = {*(change.before("routeTableIds") or ())} - {*(change.after("routeTableIds") or ())}
    if lost:
        yield _broken(
            change, "routeTableIds", f"route tables {sorted(lost)} lose their way to DynamoDB",
            "requests from their subnets",
        )  # fmt: skip
    if "policy" in change.changed:
        yield from judge_document(change, scene)


def judge_key(change: Change, _: Scene) -> Iterator[Finding]:
    """Judge a KMS key that goes: tables that it encrypts cannot be read any more."""
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


def judge_backup(change: Change, _: Scene) -> Iterator[Finding]:
    """Judge a part of AWS Backup that goes."""
    if change.removed or change.replaced:
        yield Finding(
            kind=Kind.RECOVERY_WEAKENED,
            cause="backup",
            urn=change.urn,
            thing=change.physical_name,
            what=f"{change.name}, a part of AWS Backup, is deleted",
            instead="keep it, or accept this finding in guard-allow.yaml",
        )


def judge_outputs(
    urn: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Finding]:
    """Judge the stack's outputs, which other stacks and scripts read."""
    for path in _missing(before, after):
        yield Finding(
            kind=Kind.CONTRACT_BROKEN,
            cause=path,
            urn=urn,
            thing=path,
            what=f"stack output {path} is removed",
            fails="stack references and scripts that read it",
            instead="keep it until nobody reads it",
        )


def _missing(before: Any, after: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 -- outputs
    if not isinstance(before, dict) or not isinstance(after, dict):
        return
    for name in before:
        inner = f"{path}.{name}" if path else str(name)
        if name not in after:
            yield inner
        else:
            yield from _missing(before[name], after[name], inner)


def _unwatched(change: Change, cause: str, what: str) -> Finding:
    return Finding(
        kind=Kind.RECOVERY_WEAKENED,
        cause=cause,
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        fails="nobody hears of throttling or errors",
        instead="keep it, or accept this finding in guard-allow.yaml",
    )


def _broken(change: Change, cause: str, what: str, fails: str) -> Finding:
    return Finding(
        kind=Kind.CONTRACT_BROKEN,
        cause=cause,
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        fails=fails,
        instead="move whoever needs it first",
    )


_BESIDE_AN_ALARM: Final = frozenset({"alarmDescription", "tags"})
