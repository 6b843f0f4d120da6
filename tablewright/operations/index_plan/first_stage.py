"""Where a plan begins: everything that stands, and the patterns that may switch at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tablewright.operations.index_plan.stage import Stage, target_of

if TYPE_CHECKING:
    from tablewright.models import DataModel, Index
    from tablewright.operations.index_plan.declared import Declared


def first_stage(before: Declared, after: Declared) -> Stage:
    """Return the stage before the first deployment; what needs no plan is already as it will be."""
    old, new = before.model, after.model
    stage = Stage(
        before=old,
        after=new,
        indexes={t.name: _standing(t.name, old, new) for t in new.tables},
        ttl={t.name: old.table(t.name).ttl_attribute for t in new.tables},
        streams={
            t.name: (old.table(t.name) if _changes(before, after, t.name) else t).stream
            for t in new.tables
        },
    )
    return replace(stage, switched=_switched_at_once(stage))


def _changes(before: Declared, after: Declared, table: str) -> bool:
    """Tell whether a stream that is there changes or goes."""
    old, new = (side.shapes[table].stream_view for side in (before, after))
    return old is not None and old != new


def _standing(table: str, old: DataModel, new: DataModel) -> tuple[Index, ...]:
    now = {index.name: index for index in new.table(table).global_indexes}
    return tuple(now.get(index.name, index) for index in old.table(table).global_indexes)


def _switched_at_once(stage: Stage) -> frozenset[str]:
    """Find the patterns that lose nothing: what they read stays, and what they will read stands."""
    before = {pattern.name: pattern for pattern in stage.before.patterns}
    end = replace(
        stage,
        indexes={t.name: t.global_indexes for t in stage.after.tables},
        streams={t.name: t.stream for t in stage.after.tables},
    )
    return frozenset(
        new.name
        for new in stage.after.patterns
        if new.name in before
        and stage.stands(target_of(new))
        and end.stands(target_of(before[new.name]))
    )
