"""What to do around each kind of deployment, how to tell that it is done, and what is served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.index_plan.deployment import Deployment, Said
from tablewright.operations.index_plan.plan import Step, StepKind
from tablewright.operations.index_plan.words import indexes, streams, ttl

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tablewright.models import DataModel


def step_of(deployment: Deployment, edits: tuple[str, ...], model: DataModel, stack: str) -> Step:
    """Return the step of a deployment."""
    said = _SAYINGS[deployment.kind](deployment)
    return Step(
        kind=deployment.kind,
        table=deployment.physical,
        subject=deployment.subject,
        title=said.title,
        first=said.first,
        edits=edits,
        then=said.then,
        checks=(f"make verify STACK={stack}", *said.checks),
        served=said.served,
        duration=said.duration,
        model=model,
    )


def _finish(of: Deployment) -> Said:
    return Said(
        title=f"take back what model {of.subject!r} had only for the change",
        first=(
            (
                "make sure that no old instance of the application runs any more: the access "
                "policies lose what only those needed"
            ),
        ),
        served="every access pattern of the new model",
    )


_SAYINGS: Final[Mapping[StepKind, Callable[[Deployment], Said]]] = {
    StepKind.ADD_INDEX: indexes.add_index,
    StepKind.SWITCH: indexes.switch,
    StepKind.LEAVE_INDEX: indexes.leave,
    StepKind.RELEASE_INDEX: indexes.release,
    StepKind.DROP_INDEX: indexes.drop,
    StepKind.WRITE_BOTH: ttl.write_both,
    StepKind.TTL_OFF: ttl.ttl_off,
    StepKind.TTL_ON: ttl.ttl_on,
    StepKind.STREAM: streams.stream,
    StepKind.STREAM_OFF: streams.stream_off,
    StepKind.FINISH: _finish,
}
