"""Access policies: a permission that a declared access pattern needs must not go."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.scene import Harmless, Judge, judged_by_arguments, noted
from tablewright.operations.guard.uses import told
from tablewright.recorder.registration import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.changes import Change
    from tablewright.operations.guard.scene import Scene
    from tablewright.operations.guard.uses import Uses

_TABLE: Final = ":table/"
_READS_OF_THE_VERIFIER: Final = ("Describe", "List", "GetPolicy", "GetTopic")


@dataclass(frozen=True)
class Grant:
    """One action on one resource, under conditions as they are written."""

    action: str
    resource: str
    conditions: str = ""

    def covers(self, other: Grant) -> bool:
        """Tell whether whoever has this may do the other too."""
        return (
            fnmatchcase(other.action.lower(), self.action.lower())
            and fnmatchcase(other.resource, self.resource)
            and self.conditions in {"", other.conditions}
        )


def judge(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge what would become of a managed policy."""
    name = change.physical_name
    if change.removed:
        yield _broken(change, "removed", f"managed policy {name} is deleted", "whoever has it")
    elif change.replaced:
        yield _broken(
            change,
            "replace",
            f"managed policy {name} is deleted and made anew"
            + ("" if change.after("name") == name else f" as {change.after('name')}")
            + "; AWS refuses to delete one that is attached elsewhere",
            "whoever has it, until it is attached again",
        )
    elif change.old is not None:
        yield from judged_by_arguments(change, scene, ARGUMENTS)


def judge_document(change: Change, scene: Scene) -> Iterator[Finding]:
    """Judge the grants that a document no longer holds."""
    before, after = grants_of(change.before("policy")), grants_of(change.after("policy"))
    if before is None or after is None:
        yield Finding(
            kind=Kind.NOT_UNDERSTOOD,
            cause="policy",
            urn=change.urn,
            thing=change.physical_name,
            what="the document changes, and is not understood, or not known before the deployment",
            instead="compare the two documents by hand",
        )
        return
    for lost in before:
        if not any(kept.covers(lost) for kept in after):
            yield from _lost(change, scene.uses, lost)


def grants_of(document: Any) -> list[Grant] | None:  # noqa: ANN401 -- an input
    """Return everything that a document of Allow statements grants; None if not understood."""
    if document is UNKNOWN:
        return None
    try:
        body = json.loads(document) if isinstance(document, str) else document
        statements = body["Statement"]
        listed = statements if isinstance(statements, list) else [statements]
        if any(each["Effect"] != "Allow" for each in listed):
            return None
        return [
            Grant(action, resource, _conditions(each))
            for each in listed
            for action in _listed(each["Action"])
            for resource in _listed(each["Resource"])
        ]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _conditions(statement: dict[str, Any]) -> str:
    conditions = statement.get("Condition")
    return json.dumps(conditions, sort_keys=True) if conditions else ""


def _listed(value: Any) -> list[str]:  # noqa: ANN401 -- a string or a list of them
    return [value] if isinstance(value, str) else [str(each) for each in value]


def _lost(change: Change, uses: Uses, grant: Grant) -> Iterator[Finding]:
    what = f"{grant.action} on {grant.resource} is no longer allowed"
    fails = _fails(grant, uses)
    if fails is None:
        yield noted(change, "policy", f"{what}; no declared access pattern needs it")
    else:
        yield _broken(change, _word(grant), what, fails)


def _fails(grant: Grant, uses: Uses) -> str | None:
    """Return what would be denied; None where nothing declared needs the grant."""
    if not grant.action.startswith("dynamodb:"):
        verifies = grant.action.partition(":")[2].startswith(_READS_OF_THE_VERIFIER)
        return None if verifies else "whoever has the access policy"
    table, index, stream = _target(grant.resource)
    if stream:
        return told(uses.of_stream(table)) or None
    if not uses.knows(table):
        return f"whoever uses table {table or grant.resource} by this access policy"
    return ", ".join(uses.of_permission(grant.action, table, index)) or None


def _target(resource: str) -> tuple[str, str | None, bool]:
    """Return the table, the index, and whether it is a stream, that an ARN names."""
    table, _, rest = resource.partition(_TABLE)[2].partition("/")
    kind, _, name = rest.partition("/")
    return table, name if kind == "index" else None, kind == "stream"


def _word(grant: Grant) -> str:
    table, index, _ = _target(grant.resource)
    return index or table or grant.action


def _broken(change: Change, cause: str, what: str, fails: str) -> Finding:
    return Finding(
        kind=Kind.CONTRACT_BROKEN,
        cause=cause,
        urn=change.urn,
        thing=change.physical_name,
        what=what,
        fails=f"denied from the deployment on: {fails}",
        instead="deploy the readers without it first, then take the permission away",
    )


ARGUMENTS: Final[dict[str, Judge | Harmless]] = {
    "delayAfterPolicyCreationInMs": Harmless("it counts only when a policy is made"),
    "description": Harmless("nobody depends on a description"),
    "policy": judge_document,
    "tags": Harmless("tags hold no data"),
}
"""Every argument that this project sets in place; another name or path replaces the policy."""
