"""Looks at the tables that a stack declares, and judges each beside what is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.adopt.candidate import Verdict, judged
from tablewright.operations.adopt.looking import Look
from tablewright.operations.adopt.names import given_names
from tablewright.operations.adopt.report import AdoptionReport
from tablewright.operations.adopt.whereabouts import whereabouts
from tablewright.operations.errors import OperationError
from tablewright.operations.guard.reading import state as states
from tablewright.operations.guard.reading.preview import NotUnderstoodError
from tablewright.operations.guard.reading.state import State
from tablewright.operations.guard.scene import Scene
from tablewright.operations.guard.uses import Store, Uses
from tablewright.operations.verify.comparison import Comparison
from tablewright.operations.verify.run import locate
from tablewright.recorder import OfflineBackend

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tablewright.operations.adopt.candidate import Candidate
    from tablewright.operations.endpoint import Endpoint
    from tablewright.operations.stacks import ProjectStack
    from tablewright.operations.verify.stack import Stack
    from tablewright.recorder import Recording

_TABLE: Final = "aws:dynamodb/table:Table"


@dataclass(frozen=True, kw_only=True)
class Question:
    """What to look at: all tables of the stack, or those that `pairs` give physical names."""

    project: ProjectStack
    endpoint: Endpoint
    pairs: tuple[str, ...] = ()
    state: Path | None = None

    def answered(self) -> AdoptionReport:
        """Look and judge; raises OperationError where that cannot be done."""
        settings = self.project.settings
        names = given_names(self.pairs, settings)
        state = _state(self.state)
        stack = locate(settings, self.endpoint, Comparison(str(self.endpoint)))
        program = self.project.preview(
            OfflineBackend(partition=stack.partition, region=stack.region, account=stack.account)
        )
        candidates = tuple(_candidates(stack, program, names, Look(self.endpoint)))
        if all(each.verdict is Verdict.ABSENT for each in candidates):
            looked_for = ", ".join(repr(candidate.physical_name) for candidate in candidates)
            raise OperationError(
                f"there is none of the tables {looked_for} in "
                f"account {stack.account}, region {stack.region}: `make up` makes them; where they "
                "have other names, give --from-names <table>=<physical name>"
            )
        known = (whereabouts(c, state, program) for c in candidates if c.imported)
        return AdoptionReport(
            stack=self.project.stack,
            candidates=candidates,
            known=tuple(each for each in known if each is not None),
            program=program,
        )


def _candidates(
    stack: Stack, program: Recording, names: Mapping[str, str], look: Look
) -> Iterator[Candidate]:
    registered: dict[Any, Any] = {one.inputs["name"]: one for one in program.of_type(_TABLE)}
    scene = Scene(uses=_uses(stack, names))
    for model in stack.settings.models:
        for spec in model.tables:
            if names and spec.name not in names:
                continue
            registration = registered[stack.label.table(spec.name)]
            physical = names.get(spec.name, stack.label.table(spec.name))
            yield judged(
                spec.name,
                physical,
                registration,
                look.inputs_of(physical, registration.inputs),
                label=stack.label,
                scene=scene,
            )


def _uses(stack: Stack, names: Mapping[str, str]) -> Uses:
    return Uses(
        tuple(
            Store(
                model=model,
                table_names={
                    table.name: names.get(table.name, stack.label.table(table.name))
                    for table in model.tables
                },
            )
            for model in stack.settings.models
        )
    )


def _state(path: Path | None) -> State:
    if path is None:
        return State()
    try:
        return states.read(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise NotUnderstoodError(f"{path} cannot be read: {error}") from None
