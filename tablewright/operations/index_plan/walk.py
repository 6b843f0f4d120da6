"""Walks from one model to the next, a deployment at a time, and notes each as a step."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tablewright.operations.index_plan.before.transfer import facts
from tablewright.operations.index_plan.deployment import Deployment
from tablewright.operations.index_plan.first_stage import first_stage
from tablewright.operations.index_plan.plan import StepKind
from tablewright.operations.index_plan.words.edits import edits
from tablewright.operations.index_plan.words.instructions import step_of

if TYPE_CHECKING:
    from tablewright.models import DataModel
    from tablewright.operations.index_plan.declared import Declared
    from tablewright.operations.index_plan.plan import Step
    from tablewright.operations.index_plan.stage import Stage
    from tablewright.operations.index_plan.words.places import Places


@dataclass
class Walk:
    """The stage that is reached, and the steps that lead there.

    Both models have the same tables, and an index of one name is the same in both.
    """

    before: Declared
    after: Declared
    places: Places
    stack: str
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stage = first_stage(self.before, self.after)
        self._model = self.before.model

    def advance(self, deployment: Deployment, stage: Stage) -> None:
        """Deploy another stage; raises ModelError where its model is not valid."""
        self._note(deployment, stage.model())
        self.stage = stage

    def finish(self) -> tuple[Step, ...]:
        """End at the new model: with the last step, or after it where readers still switch."""
        if not self.steps:
            return ()
        end = self.after.model
        if {p.name for p in self._model.patterns} == {p.name for p in end.patterns}:
            last = self.steps.pop()
            self._model = self.steps[-1].model if self.steps else self.before.model
            changed = edits(self._model, end, self.places)
            self.steps.append(replace(last, edits=changed, model=end))
        elif facts(self._model) != facts(end):
            self._note(Deployment(kind=StepKind.FINISH, table=None, subject=end.name), end)
        return tuple(self.steps)

    def _note(self, deployment: Deployment, model: DataModel) -> None:
        changed = edits(self._model, model, self.places)
        self.steps.append(step_of(deployment, changed, model, self.stack))
        self._model = model
