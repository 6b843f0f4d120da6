"""Data that would be gone: a table that is deleted, or made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.reading.values import alike, sections_by, text
from tablewright.operations.guard.scene import alias_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Judge, Scene

_REMEDIES: Final = {
    "hashKey": "make a table of another name with the new key, copy the items, then switch",
    "rangeKey": "make a table of another name with the new key, copy the items, then switch",
    "localSecondaryIndexes": "use a global secondary index, which is built in place",
    "name": "keep the name; a new one is a new table, so copy the items first",
    "region": "add a replica in the other region, and move the stack there later",
    "warmThroughput": "keep the warm throughput; it costs nothing to leave it higher",
    "provider": "keep the provider; to move to another account or region, copy the items first",
}
_PROTECT: Final = "protect: the engine stops with an error, and nothing is changed"
_DELETION_PROTECTION: Final = "deletion protection: AWS refuses to delete the table"


def judge_removed(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge a table that the program no longer registers."""
    successor = scene.taking_the_place_of(change)
    if successor is not None:
        yield lost(
            change,
            scene,
            "logical-name",
            f"the table is registered as {successor.urn} instead of {change.urn}, so it is deleted "
            "and a table of the same physical name created: whichever comes first, the create "
            "fails or the items are gone",
            alias_of(change),
        )
    elif _stays(change):
        yield Finding(
            kind=Kind.RECOVERY_WEAKENED,
            cause="removed",
            urn=change.urn,
            thing=change.physical_name,
            what="the table stays at AWS, but no stack keeps its settings any more",
            instead="keep it in the program, or import it into another stack",
        )
    else:
        yield lost(
            change,
            scene,
            "removed",
            "AWS deletes the table with every item",
            "keep the table in the program; to give it up, export it first (AWS Backup, or an "
            "export to S3), and accept this finding in guard-allow.yaml",
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


def judge_name(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge another physical name; one that is only spelled out changes nothing."""
    if change.after("name") != change.physical_name:
        yield _replaced(change, scene, "name")


def judge_region(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge another region; the one where the table is may be spelled out or left out."""
    after, old = text(change.after("region")), change.old
    is_in = text(change.before("region")) or text(old.outputs.get("region") if old else None)
    if after and after != is_in:
        yield _replaced(change, scene, "region")


def judge_local_indexes(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge the local secondary indexes, which are made with the table; their order is free."""
    before, after = (
        sections_by("name", of("localSecondaryIndexes")) for of in (change.before, change.after)
    )
    if not alike(before, after):
        yield _replaced(change, scene, "localSecondaryIndexes")


def judge_created(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge a table that is made although the stack's state has it: somebody deleted it."""
    if change.old is None:
        return
    yield lost(
        change,
        scene,
        "missing",
        "the table is in the stack's state, and is no longer at AWS: a deployment makes it anew, "
        "empty",
        "restore it from point-in-time recovery under the same name first, then refresh the stack",
    )


def lost(change: Change, scene: Scene, cause: str, what: str, instead: str) -> Finding:
    """Return the finding that items are gone, with those who use them."""
    patterns = scene.uses.of_table(change.physical_name) or scene.uses.of_table(
        change.new_physical_name
    )
    users = dict.fromkeys(name for pattern in patterns for name in pattern.consumers)
    by_whom = f", that is {len(patterns)} access patterns of {', '.join(users)}" if users else ""
    return Finding(
        kind=Kind.DATA_LOSS,
        cause=cause,
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        fails=f"for good: every read and write{by_whom}",
        instead=instead,
        blocked=_blocked(change),
    )


def _replaced(change: Change, scene: Scene, cause: str) -> Finding:
    if not _stays(change):
        then = "AWS deletes the table with every item, and a new one begins empty"
    elif change.new_physical_name == change.physical_name:
        then = "the old table stays at AWS, so that one of the same name cannot be made"
    else:
        then = "a new table begins empty; the old one stays at AWS, and no stack keeps it"
    return lost(
        change,
        scene,
        cause,
        f"{cause} cannot be changed in place: {then}",
        _REMEDIES.get(cause, "leave it as it is, or copy the items to a new table first"),
    )


def _stays(change: Change) -> bool:
    old = change.old
    return old is not None and old.retain_on_delete and not old.protect


def _blocked(change: Change) -> str:
    old = change.old
    if old is None or not (change.removed or change.replaced):
        return ""
    if old.protect:
        return _PROTECT
    protected = old.inputs.get("deletionProtectionEnabled") is True and not old.retain_on_delete
    return _DELETION_PROTECTION if protected else ""
