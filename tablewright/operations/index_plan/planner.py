"""The plan from one model to the next: what cannot be, what needs no plan, and the steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tablewright.models import ModelError
from tablewright.operations.index_plan.composing import limited
from tablewright.operations.index_plan.declared import Declared
from tablewright.operations.index_plan.differences import harmless, impossible
from tablewright.operations.index_plan.index_changes import NoRoomError
from tablewright.operations.index_plan.plan import Impossible, ModelPlan
from tablewright.operations.index_plan.shapes import TableShape
from tablewright.operations.index_plan.table_changes import TableChanges
from tablewright.operations.index_plan.target import renamed, renamings
from tablewright.operations.index_plan.walk import Walk
from tablewright.operations.index_plan.words.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tablewright.models import DataModel
    from tablewright.operations.index_plan.plan import Step
    from tablewright.operations.index_plan.target import Renamed

_NOWHERE = Places()


def plan(
    before: Declared,
    after: Declared,
    *,
    stack: str,
    keep_names: bool = False,
    places: Places = _NOWHERE,
) -> ModelPlan:
    """Plan the way from one model to the next.

    An index that cannot be changed in place ends under a new name; with `keep_names` it is built
    once more under its own. Tables that no plan can change, and new ones, are left out.
    """
    blocked = tuple(impossible(before, after))
    names = _comparable(before, after, blocked)
    notes = [*harmless(before, after)]
    steps: tuple[Step, ...] = ()
    try:
        old, new = (_limited(side, names) for side in (before, after))
        changes = tuple(renamings(old.model, new.model))
        ways = tuple(_ways(old, new, changes, keep_names=keep_names))
        steps = tuple(step for way in ways for step in _walked(Walk(*way, places, stack)))
        if steps:
            notes += _told(changes, keep_names=keep_names)
    except (ModelError, NoRoomError) as error:
        blocked = (*blocked, _without_order(after.model, error))
    return ModelPlan(model=after.model.name, steps=steps, impossible=blocked, notes=tuple(notes))


def _walked(walk: Walk) -> tuple[Step, ...]:
    for name, old in walk.before.shapes.items():
        TableChanges(walk=walk, old=old, new=walk.after.shapes[name]).make()
    return walk.finish()


def _comparable(before: Declared, after: Declared, blocked: Sequence[Impossible]) -> list[str]:
    out = {each.table for each in blocked}
    return [
        name
        for name in after.shapes
        if name in before.shapes and before.shapes[name].physical not in out
    ]


def _limited(side: Declared, names: Sequence[str]) -> Declared:
    return replace(
        side,
        model=limited(side.model, names),
        shapes={name: side.shapes[name] for name in names},
    )


def _ways(
    old: Declared, new: Declared, changes: Sequence[Renamed], *, keep_names: bool
) -> Iterator[tuple[Declared, Declared]]:
    """Give the way to the new names, and from there the one back to the names of the model."""
    beside = _shaped(renamed(new.model, changes), new)
    yield old, beside
    if keep_names:
        yield beside, _shaped(renamed(new.model, _attributes_only(changes)), new)


def _attributes_only(changes: Sequence[Renamed]) -> list[Renamed]:
    return [replace(change, indexes={}) for change in changes]


def _shaped(model: DataModel, like: Declared) -> Declared:
    return Declared(
        model=model,
        shapes={
            name: TableShape.of(model.table(name), shape.physical, shape.stream_view)
            for name, shape in like.shapes.items()
        },
    )


def _told(changes: Iterable[Renamed], *, keep_names: bool) -> Iterator[str]:
    for change in changes:
        yield from change.reasons
        if change.indexes and not keep_names:
            names = ", ".join(f"{old!r} as {new!r}" for old, new in change.indexes.items())
            yield (
                f"table {change.table!r}: the plan ends with {names}; to keep the name "
                "(--keep-names) takes twice the deployments and index builds"
            )


def _without_order(model: DataModel, error: Exception) -> Impossible:
    return Impossible(
        table="",
        what=f"model {model.name!r}: there is no order in which every model in between is valid: "
        f"{error}",
        instead=(
            "make the change in two parts: deploy one of them, then plan the other",
            "where indexes are too many, first drop one that nobody needs",
        ),
    )
