"""Where 'before' comes from: an exported state, or the models of a git revision."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tablewright.local.errors import LocalError
from tablewright.operations.errors import OperationError
from tablewright.operations.guard.reading import state as states
from tablewright.operations.guard.reading.preview import NotUnderstoodError
from tablewright.operations.index_plan.before.exported import deployed, tables_of
from tablewright.operations.index_plan.before.revision import settings_at
from tablewright.operations.index_plan.declared import Declared
from tablewright.operations.index_plan.differences import impossible
from tablewright.operations.index_plan.plan import ModelPlan, Plan
from tablewright.operations.index_plan.planner import plan
from tablewright.operations.pulumi_cli import PulumiCli, PulumiError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tablewright.operations.index_plan.words.places import Places
    from tablewright.operations.stacks import ProjectStack

STANDARD_INPUT: Final = "-"
_OTHERWISE: Final = (
    "or give the state (--state, what `pulumi stack export` prints) or a git revision (--revision)"
)


@dataclass(frozen=True, kw_only=True)
class Question:
    """Which stack to compare with what; without a state and a revision the CLI is asked."""

    project: ProjectStack
    places: Places
    state: Path | None = None
    revision: str | None = None
    keep_names: bool = False

    def answered(self) -> Plan:
        """Plan; raises OperationError, ConfigurationError or LocalError for what it cannot."""
        if self.state is not None and self.revision is not None:
            raise OperationError("--state and --revision both say what was before; give one")
        _ = self.project.settings  # a mistake in them is told before anything is run
        if self.revision is not None:
            return self._since_revision(self.revision)
        return self._since_state()

    def _since_revision(self, revision: str) -> Plan:
        now = self.project.settings
        then = settings_at(self.project.root, self.project.stack, revision)
        old = {model.name: Declared.of(model, then) for model in then.models}
        plans, notes = [], []
        for model in now.models:
            before = old.pop(model.name, None)
            if before is None:
                notes.append(f"store {model.name} is new: its tables are made at once")
            else:
                plans.append(self._planned(before, Declared.of(model, now)))
        plans += [_removed(before) for before in old.values()]
        return self._plan(f"revision {revision}", plans, notes)

    def _since_state(self) -> Plan:
        state = states.read(*self._exported())
        tables = tables_of(state)
        now = [Declared.of(model, self.project.settings) for model in self.project.settings.models]
        plans = [self._planned(deployed(tables, each), each) for each in now]
        known = {shape.physical for each in now for shape in each.shapes.values()}
        notes = [
            f"table {name} is in the state, and no store of this stack declares it: not compared; "
            "`tablewright guard` says what becomes of it"
            for name in sorted(set(tables) - known)
        ]
        if tables:
            notes.append(
                "a state tells no access patterns: those of now stand in for them; where the "
                "deployed application reads otherwise, compare with its --revision"
            )
        if state.pending:
            notes.append(
                f"an interrupted update left {len(state.pending)} pending operations in the state: "
                "run `pulumi refresh`, then plan again"
            )
        return self._plan("the exported state", plans, notes)

    def _planned(self, before: Declared, after: Declared) -> ModelPlan:
        return plan(
            before,
            after,
            stack=self.project.stack,
            keep_names=self.keep_names,
            places=self.places,
        )

    def _plan(self, source: str, plans: Sequence[ModelPlan], notes: Sequence[str]) -> Plan:
        return Plan(
            stack=self.project.stack, source=source, models=tuple(plans), notes=tuple(notes)
        )

    def _exported(self) -> tuple[str, str]:
        """Return the state as text, and where it is from."""
        if self.state is None:
            return self._from_cli(), "the exported state"
        if str(self.state) == STANDARD_INPUT:
            return sys.stdin.read(), "standard input"
        try:
            return self.state.read_text(encoding="utf-8"), str(self.state)
        except (OSError, UnicodeDecodeError) as error:
            raise NotUnderstoodError(f"{self.state} cannot be read: {error}") from None

    def _from_cli(self) -> str:
        if self.project.is_local:
            raise OperationError(
                "stack 'local' has no state that lasts; compare with a git revision: "
                "`make plan REVISION=HEAD` (--revision HEAD)"
            )
        try:
            return PulumiCli(self.project).export()
        except (LocalError, PulumiError) as error:
            raise OperationError(f"{error}; {_OTHERWISE}") from None


def _removed(before: Declared) -> ModelPlan:
    """Return what is to be said of a store that the stack no longer has."""
    nothing = Declared(model=before.model, shapes={})
    return ModelPlan(model=before.model.name, impossible=tuple(impossible(before, nothing)))
