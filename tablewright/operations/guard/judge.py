"""Judges a whole preview, each resource by the judge of its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.guard import access_policies, parameters, tables
from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.grants import denies
from tablewright.operations.guard.reading import providers
from tablewright.operations.guard.reading.joining import joined
from tablewright.operations.guard.reading.joining import providers as changed_providers
from tablewright.operations.guard.reading.operation import Operation
from tablewright.operations.guard.reading.preview import NotUnderstoodError, type_of
from tablewright.operations.guard.scene import Judge, Scene, not_understood, noted
from tablewright.operations.guard.surroundings import (
    alarms,
    attachments,
    endpoints,
    keys,
    outputs,
    topics,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.reading.change import Change
    from tablewright.operations.guard.reading.preview import Preview
    from tablewright.operations.guard.reading.state import Pending, State
    from tablewright.operations.guard.uses import Uses
    from tablewright.recorder import Recording

JUDGES: Final[dict[str, Judge]] = {
    "aws:dynamodb/table:Table": tables.judge,
    "aws:ssm/parameter:Parameter": parameters.judge,
    "aws:iam/policy:Policy": access_policies.judge,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": attachments.judge,
    "aws:cloudwatch/metricAlarm:MetricAlarm": alarms.judge,
    "aws:sns/topic:Topic": topics.judge,
    "aws:sns/topicSubscription:TopicSubscription": topics.judge_subscription,
    "aws:ec2/vpcEndpoint:VpcEndpoint": endpoints.judge,
    "aws:kms/key:Key": keys.judge,
    "aws:backup/plan:Plan": keys.judge_backup,
    "aws:backup/selection:Selection": keys.judge_backup,
    "aws:backup/vault:Vault": keys.judge_backup,
}
"""Who judges each type that stands in a stack of this project, or keeps its data."""
_TAGS: Final = frozenset({"tags", "tagsAll"})
_STACK: Final = "pulumi:pulumi:Stack"
_NEAR: Final = ("aws:backup/", "aws:cloudwatch/", "aws:iam/", "aws:kms/", "aws:sns/", "aws:ssm/")
"""Kinds of resources by which tables are reached, watched or kept."""


def findings(preview: Preview, state: State, program: Recording, uses: Uses) -> tuple[Finding, ...]:
    """Judge a preview; raises NotUnderstoodError where it cannot be."""
    try:
        return tuple(dict.fromkeys(_findings(preview, state, program, uses)))
    except RecursionError:
        raise NotUnderstoodError(
            "the preview or the state is nested more deeply than any that the engine writes"
        ) from None


def _findings(preview: Preview, state: State, program: Recording, uses: Uses) -> Iterator[Finding]:
    changes = joined(preview, state, program)
    scene = Scene(uses=uses, changes=changes)
    for change in changes:
        yield from _judge(change, scene)
    of_providers = Scene(uses=uses, changes=changed_providers(preview, state))
    for change in of_providers.changes:
        yield from providers.judge(change, of_providers)
    for pending in state.interrupted:
        yield from _unfinished(pending)
    for urn, side in state.resources.items():
        if side.type == _STACK and not preview.errors:
            yield from outputs.judge(urn, side.outputs, program)


def _judge(change: Change, scene: Scene) -> Iterator[Finding]:
    judge = JUDGES.get(change.type)
    if change.old is None:
        yield from _denying(change)
    elif change.old.type != change.type and change.old.type in JUDGES:
        yield not_understood(change, "type", f"a {change.old.type} becomes a {change.type}")
    if judge is not None:
        yield from judge(change, scene)
        yield from _stale(change)
        if (owner := scene.whose_name_is_taken_by(change)) is not None:
            yield not_understood(
                change,
                "name",
                f"{change.physical_name} is the name of {owner.urn} already: AWS refuses a second, "
                "or writes over the first",
                "give one of the two another name",
            )
    elif (side := change.old or change.new) is not None and side.custom:
        yield from _unknown(change)


def _stale(change: Change) -> Iterator[Finding]:
    if change.stale and change.old is not None:
        yield not_understood(
            change,
            "stale",
            f"the preview and the program differ in {', '.join(change.stale)}: the preview is of "
            "another version of the program",
            "make a new preview of this version",
        )
    if change.moved_on:
        yield not_understood(
            change,
            "stale",
            f"the preview and the state differ in {', '.join(change.moved_on)}: the stack or what "
            "it keeps changed between the two",
            "run `pulumi refresh`, then make a new preview and export the state",
        )


def _denying(change: Change) -> Iterator[Finding]:
    """Judge a new document, which takes nothing away unless it denies something."""
    near = change.type.startswith(_NEAR) or "dynamodb" in change.type.lower()
    if near and denies(change.after("policy")):
        yield not_understood(
            change, "policy", "a new policy denies something, which may take what others grant"
        )


def _unknown(change: Change) -> Iterator[Finding]:
    near = change.type.startswith(_NEAR) or "dynamodb" in change.type.lower()
    if change.removed or change.replaced:
        how = "is deleted" if change.removed else "is deleted and made anew"
    elif near and change.operation is Operation.UPDATE and not _only_tags(change):
        how = "changes"
    else:
        return
    if not near:
        yield noted(change, "not-judged", f"{change.type} {how}; the guard judges no such type")
        return
    yield not_understood(
        change, "type", f"{change.type} {how}, and the guard does not know what that does to tables"
    )


def _only_tags(change: Change) -> bool:
    return bool(change.changed) and {*change.changed} <= _TAGS


def _unfinished(pending: Pending) -> Iterator[Finding]:
    if type_of(pending.urn) in JUDGES:
        yield Finding(
            kind=Kind.NOT_UNDERSTOOD,
            cause="pending",
            urn=pending.urn,
            thing=pending.urn.rpartition("::")[2],
            what=f"an interrupted deployment was {pending.doing} it, and nobody knows whether AWS "
            "did",
            instead="look at AWS, then run `pulumi refresh` and make a new preview",
        )
