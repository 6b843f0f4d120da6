"""What the guard judges: a preview, the state before it, and what the program registers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from tablewright.models.catalog import CATALOG
from tablewright.operations.guard.judge import findings
from tablewright.operations.guard.reading.joining import joined
from tablewright.operations.guard.report import GuardReport, reported
from tablewright.operations.guard.uses import Store, Uses
from tablewright.recorder import OfflineBackend

if TYPE_CHECKING:
    from typing import Self

    from tablewright.environment import Settings
    from tablewright.operations.guard.allowances import Allowances
    from tablewright.operations.guard.reading.joining import Change
    from tablewright.operations.guard.reading.preview import Preview
    from tablewright.operations.guard.reading.state import State
    from tablewright.operations.stacks import ProjectStack
    from tablewright.recorder import Recording

_ARN_PARTS: Final = 6


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The three views of one change, none of which is enough alone."""

    preview: Preview
    state: State
    program: Recording

    @classmethod
    def of(cls, project: ProjectStack, preview: Preview, state: State) -> Self:
        """Add what the program registers where the state says that the stack is."""
        program = project.preview(_surroundings_of(state))
        return cls(preview=preview, state=state, program=program)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What would become of each resource; NotUnderstoodError where the views do not agree."""
        return joined(self.preview, self.state, self.program)

    def judged(self, project: ProjectStack, allowances: Allowances) -> GuardReport:
        """Judge; raises OperationError for what cannot be judged."""
        return reported(
            project.stack,
            findings(self.preview, self.state, self.program, _uses(project.settings)),
            allowances,
            errors=self.preview.errors,
            steps=Counter(step.operation.value for step in self.preview.steps),
            positions={
                one.urn: one.source_position
                for one in self.program.registrations
                if one.source_position is not None
            },
        )


def _uses(settings: Settings) -> Uses:
    models = [CATALOG[name] for name in settings.stores]
    return Uses(
        tuple(
            Store(
                model=model,
                table_names={
                    table.name: settings.label.table(table.name) for table in model.tables
                },
            )
            for model in models
        )
    )


def _surroundings_of(state: State) -> OfflineBackend:
    """Return account and region of what is deployed, so that the program names the same ARNs."""
    for side in state.resources.values():
        arn = side.outputs.get("arn")
        parts = arn.split(":", _ARN_PARTS - 1) if isinstance(arn, str) else []
        if len(parts) == _ARN_PARTS and parts[2] == "dynamodb" and parts[4]:
            return OfflineBackend(partition=parts[1], region=parts[3], account=parts[4])
    return OfflineBackend()
