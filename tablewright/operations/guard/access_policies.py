"""Access policies: a permission that a declared access pattern needs must not go."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.grants import Grant, document_of
from tablewright.operations.guard.scene import (
    Arguments,
    Harmless,
    alias_of,
    judged_by_arguments,
    not_understood,
    noted,
)
from tablewright.operations.guard.uses import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tablewright.operations.guard.grants import Document
    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.scene import Scene
    from tablewright.operations.guard.uses import Uses

_TABLE: Final = ":table/"
_READS_OF_THE_VERIFIER: Final = ("Describe", "List", "GetPolicy", "GetTopic")


def judge(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge what would become of a managed policy."""
    name = change.physical_name
    if change.removed:
        yield _removed(change, scene)
    elif change.replaced:
        renamed = change.new_physical_name != name
        yield _broken(
            change,
            "replace",
            f"managed policy {name} is deleted and made anew"
            + (f" as {change.new_physical_name}" if renamed else "")
            + "; AWS refuses to delete one that is attached elsewhere",
            "whoever has it, until it is attached again",
        )
    elif change.old is not None:
        yield from judged_by_arguments(change, scene, ARGUMENTS)


def _removed(change: Change, scene: Scene) -> Finding:
    name = change.physical_name
    if scene.taking_the_place_of(change) is None:
        return _broken(change, "removed", f"managed policy {name} is deleted", "whoever has it")
    return _broken(
        change,
        "logical-name",
        f"managed policy {name} is made under another logical name, which AWS refuses while the "
        "old one exists, and deleted by its old one",
        "whoever has it, if it is deleted",
        alias_of(change),
    )


def judge_document(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge the grants that a document no longer holds."""
    before, after = document_of(change.before("policy")), document_of(change.after("policy"))
    if before is None or after is None:
        yield not_understood(
            change,
            "policy",
            "the document changes, and is not understood, or not known before the deployment",
            "compare the two documents by hand",
        )
    elif before != after:
        yield from _lost(change, scene.uses, before, after)


def _lost(change: Change, uses: Uses, before: Document, after: Document) -> Iterator[Finding]:
    """Give one finding for all that one table, index or service loses in the same way."""
    alike = defaultdict[tuple[str, str | None], list[Grant]](list)
    for grant in before.lost_by(after):
        fails = _fails(grant, uses, lambda each: not before.keeps(each, after))
        alike[_word(grant), fails].append(grant)
    for (cause, fails), lost in alike.items():
        actions = ", ".join(dict.fromkeys(grant.action for grant in lost))
        resources = ", ".join(dict.fromkeys(grant.resource for grant in lost))
        what = f"{actions} on {resources} is no longer allowed"
        if fails is None:
            yield noted(change, "policy", f"{what}; no declared access pattern needs it")
        else:
            yield _broken(change, cause, what, fails)


def _fails(grant: Grant, uses: Uses, lost: Callable[[Grant], bool]) -> str | None:
    """Return what would be denied; None where nothing declared needs the grant."""
    if not grant.action.startswith("dynamodb:"):
        verifies = grant.action.partition(":")[2].startswith(_READS_OF_THE_VERIFIER)
        return None if verifies else "whoever has the access policy"
    table, index, stream = _target(grant.resource)
    if not uses.knows(table):
        return f"whoever uses table {table or grant.resource} by this access policy"
    if stream:
        return told(uses.of_stream(table)) or None
    arn = grant.resource.removesuffix(f"/index/{index}")

    def lost_on(action: str, inside: str | None) -> bool:
        resource = f"{arn}/index/{inside}" if inside else arn
        needed = Grant(action, resource, grant.terms)
        return grant.covers(needed) and lost(needed)

    return ", ".join(uses.of_permission(table, lost_on)) or None


def _target(resource: str) -> tuple[str, str | None, bool]:
    """Return the table, the index, and whether it is a stream, that an ARN names."""
    table, _, rest = resource.partition(_TABLE)[2].partition("/")
    kind, _, name = rest.partition("/")
    return table, name if kind == "index" else None, kind == "stream"


def _word(grant: Grant) -> str:
    table, index, _ = _target(grant.resource)
    return index or table or grant.action.partition(":")[0]


def _renewed(change: Change, _: Scene) -> Iterator[Finding]:
    yield _broken(
        change,
        "replace",
        f"managed policy {change.physical_name} would have another name or path, which AWS cannot "
        "change in place: it is deleted and made anew",
        "whoever has it, until it is attached again",
    )


def _broken(change: Change, cause: str, what: str, fails: str, instead: str = "") -> Finding:
    return Finding(
        kind=Kind.CONTRACT_BROKEN,
        cause=cause,
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        fails=f"denied from the deployment on: {fails}",
        instead=instead or "deploy the readers without it first, then take the permission away",
    )


ARGUMENTS: Final[Arguments] = {
    "delayAfterPolicyCreationInMs": Harmless("it counts only when a policy is made"),
    "description": Harmless("nobody depends on a description"),
    "name": _renewed,
    "namePrefix": _renewed,
    "path": _renewed,
    "policy": judge_document,
    "tags": Harmless("tags hold no data"),
    "tagsAll": Harmless("tags hold no data"),
}
"""Every argument of the provider's managed policy."""
