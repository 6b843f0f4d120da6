"""Data that would be gone: a table or replica that is deleted, or made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.guard.finding import Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.changes import Change
    from tablewright.operations.guard.scene import Judge, Scene

_REMEDIES: Final = {
    "hashKey": "make a table of another name with the new key, copy the items, then switch",
    "rangeKey": "make a table of another name with the new key, copy the items, then switch",
    "localSecondaryIndexes": "use a global secondary index, which is built in place",
    "name": "keep the name; a new one is a new table, so copy the items first",
    "region": "add a replica in the other region, and move the stack there later",
    "warmThroughput": "keep the warm throughput; it costs nothing to leave it higher",
}
_PROTECTED: Final = "protect: the engine stops with an error, and nothing is changed"


def judge_removed(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge a table that the program no longer registers."""
    successor = scene.taking_the_place_of(change)
    if successor is not None:
        yield _loss(
            change,
            scene,
            "logical-name",
            f"the table is registered as {successor.name!r} instead of {change.name!r}, so it is "
            "deleted and a table of the same physical name created: whichever comes first, the "
            "create fails or the items are gone",
            "give the resource the alias of its old name: pulumi.ResourceOptions(aliases=["
            f"pulumi.Alias(name={change.name!r})])",
        )
        return
    if change.old is not None and change.old.retain_on_delete and not change.old.protect:
        yield Finding(
            kind=Kind.RECOVERY_WEAKENED,
            cause="removed",
            urn=change.urn,
            thing=change.physical_name,
            what="the table stays at AWS, but no stack keeps its settings any more",
            instead="keep it in the program, or import it into another stack",
        )
        return
    yield _loss(
        change,
        scene,
        "removed",
        "AWS deletes the table with every item",
        "keep the table in the program; to give it up, export it first (AWS Backup, or an export "
        "to S3), and accept this finding in guard-allow.yaml",
    )


def judge_replaced(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge a table that is deleted and made anew."""
    causes = change.replace_reasons or tuple(name for name in change.changed if name in _REMEDIES)
    for cause in causes or ("replace",):
        yield _replaced(change, scene, cause)


def judge_replacing(argument: str) -> Judge:
    """Return the judge of an argument whose change replaces the table, whatever a preview says."""

    def judge(change: Change, scene: Scene) -> Iterator[Finding]:
        yield _replaced(change, scene, argument)

    return judge


def judge_created(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge a table that is made although the stack's state has it: somebody deleted it."""
    if change.old is None:
        return
    yield _loss(
        change,
        scene,
        "missing",
        "the table is in the stack's state, and is no longer at AWS: a deployment makes it anew, "
        "empty",
        "restore it from point-in-time recovery under the same name first, then refresh the stack",
    )


def judge_replicas(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge replicas: one that goes, or gets another key, is deleted with its items."""
    before, after = _by_region(change.before("replicas")), _by_region(change.after("replicas"))
    for region, replica in before.items():
        new = after.get(region)
        if new is None:
            what = f"the replica in {region} is deleted; readers and writers there fail"
        elif (replica.get("kmsKeyArn") or "") != (new.get("kmsKeyArn") or ""):
            what = (
                f"the replica in {region} is deleted and made anew for its other key; readers and "
                "writers there fail until it is filled again"
            )
        else:
            yield from _weakened(change, region, replica, new)
            continue
        yield _loss(
            change,
            scene,
            f"replica-{region}",
            what,
            "move the traffic of that region first, then accept this finding in guard-allow.yaml",
        )


def _weakened(
    change: Change, region: str, before: dict[str, Any], after: dict[str, Any]
) -> Iterator[Finding]:
    for setting in ("pointInTimeRecovery", "deletionProtectionEnabled"):
        if before.get(setting) and not after.get(setting):
            yield Finding(
                kind=Kind.RECOVERY_WEAKENED,
                cause=f"replica-{region}",
                urn=change.urn,
                thing=change.physical_name,
                what=f"the replica in {region} loses {setting}",
                instead="keep it as it is",
            )


def _by_region(replicas: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401 -- an input
    found = replicas if isinstance(replicas, list) else []
    return {str(r.get("regionName")): r for r in found if isinstance(r, dict)}


def _replaced(change: Change, scene: Scene, cause: str) -> Finding:
    return _loss(
        change,
        scene,
        cause,
        f"{cause} cannot be changed in place: AWS deletes the table with every item, and a new one "
        "begins empty",
        _REMEDIES.get(cause, "leave it as it is, or copy the items to a new table first"),
    )


def _loss(change: Change, scene: Scene, cause: str, what: str, instead: str) -> Finding:
    patterns = scene.uses.of_table(change.physical_name)
    users = dict.fromkeys(name for pattern in patterns for name in pattern.consumers)
    by_whom = f", that is {len(patterns)} access patterns of {', '.join(users)}" if users else ""
    fails = f"for good: every read and write{by_whom}"
    protected = change.old is not None and change.old.protect
    return Finding(
        kind=Kind.DATA_LOSS,
        cause=cause,
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        fails=fails,
        instead=instead,
        blocked=_PROTECTED if protected else "",
    )
