"""Judges every change of a preview by the type of its resource."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.guard import access_policies, parameters, surroundings, tables
from tablewright.operations.guard.changes import joined
from tablewright.operations.guard.finding import Finding, Kind
from tablewright.operations.guard.scene import Judge, Scene, noted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.guard.changes import Change
    from tablewright.operations.guard.preview import Preview
    from tablewright.operations.guard.state import State
    from tablewright.operations.guard.uses import Uses
    from tablewright.recorder import Recording

JUDGES: Final[dict[str, Judge]] = {
    "aws:dynamodb/table:Table": tables.judge,
    "aws:ssm/parameter:Parameter": parameters.judge,
    "aws:iam/policy:Policy": access_policies.judge,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": surroundings.judge_attachment,
    "aws:cloudwatch/metricAlarm:MetricAlarm": surroundings.judge_alarm,
    "aws:sns/topic:Topic": surroundings.judge_topic,
    "aws:sns/topicSubscription:TopicSubscription": surroundings.judge_topic,
    "aws:ec2/vpcEndpoint:VpcEndpoint": surroundings.judge_endpoint,
    "aws:kms/key:Key": surroundings.judge_key,
    "aws:backup/plan:Plan": surroundings.judge_backup,
    "aws:backup/selection:Selection": surroundings.judge_backup,
    "aws:backup/vault:Vault": surroundings.judge_backup,
}
_DYNAMODB: Final = "aws:dynamodb/"
_STACK: Final = "pulumi:pulumi:Stack"


def findings(preview: Preview, state: State, program: Recording, uses: Uses) -> tuple[Finding, ...]:
    """Judge a preview; raises NotUnderstoodError where it cannot be."""
    changes = joined(preview, state, program)
    scene = Scene(uses=uses, changes=changes)
    found = [finding for change in changes for finding in _judge(change, scene)]
    for urn, side in state.resources.items():
        if side.type == _STACK and not preview.errors:
            found += surroundings.judge_outputs(urn, side.outputs, program.exports)
    return tuple(dict.fromkeys(found))


def _judge(change: Change, scene: Scene) -> Iterator[Finding]:
    judge = JUDGES.get(change.type)
    if judge is not None:
        yield from judge(change, scene)
    elif (change.removed or change.replaced) and (change.old or change.new).custom:  # type: ignore[union-attr]
        yield from _unknown(change)


def _unknown(change: Change) -> Iterator[Finding]:
    how = "is deleted" if change.removed else "is deleted and made anew"
    if not change.type.startswith(_DYNAMODB):
        yield noted(change, "not-judged", f"{change.type} {how}; the guard judges no such type")
        return
    yield Finding(
        kind=Kind.NOT_UNDERSTOOD,
        cause="type",
        urn=change.urn,
        thing=change.physical_name,
        what=f"{change.type} {how}, and the guard does not know what that does to its table",
        instead="judge it by hand, then accept it in guard-allow.yaml",
    )
