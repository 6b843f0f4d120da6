"""The index changes of one table: build, switch, leave, drop; one index a deployment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tablewright.models import limits
from tablewright.operations.index_plan.declared import Readers
from tablewright.operations.index_plan.deployment import Deployment
from tablewright.operations.index_plan.plan import StepKind
from tablewright.operations.index_plan.stage import target_of

if TYPE_CHECKING:
    from tablewright.models import Index
    from tablewright.operations.index_plan.shapes import TableShape
    from tablewright.operations.index_plan.stage import Stage
    from tablewright.operations.index_plan.walk import Walk


class NoRoomError(Exception):
    """A table has as many indexes as AWS takes, so none can be built beside the others."""


@dataclass(frozen=True, kw_only=True)
class IndexChanges:
    """A table, and the walk that its index changes are steps of."""

    walk: Walk
    table: TableShape
    readers: Readers

    def make(self) -> None:
        """Build what is new, and drop what nobody needs as soon as its readers have moved.

        Where readers are not known, nothing goes before everything new is there.
        """
        name = self.table.name
        standing = {index.name for index in self.walk.stage.indexes[name]}
        for index in self.walk.stage.after.table(name).global_indexes:
            if index.name not in standing:
                self._make_room(index)
                self._build(index)
                if self.readers is Readers.DECLARED:
                    self._drop_what_can_go()
        self._drop_what_can_go()

    def _make_room(self, index: Index) -> None:
        if self._is_full() and self.readers is Readers.DECLARED:
            self._drop_what_can_go()
        if self._is_full():
            raise NoRoomError(
                f"table {self.table.physical!r} has {limits.GLOBAL_INDEXES} global secondary "
                f"indexes, as many as AWS takes, so {index.name!r} cannot be built beside them"
            )

    def _is_full(self) -> bool:
        return len(self.walk.stage.indexes[self.table.name]) >= limits.GLOBAL_INDEXES

    def _build(self, index: Index) -> None:
        stage = self.walk.stage
        moving, joining = self._readers_to_be(index.name)
        standing = (*stage.indexes[self.table.name], index)
        built = replace(stage, indexes={**stage.indexes, self.table.name: standing})
        self._deploy(
            StepKind.ADD_INDEX,
            index.name,
            built,
            moving=moving,
            joining=joining,
            lacking=self._lacking(index),
        )
        if moving:
            switched = replace(built, switched=built.switched | set(moving))
            self._deploy(StepKind.SWITCH, index.name, switched, moving=moving)

    def _lacking(self, index: Index) -> list[str]:
        """Return the key attributes that items may lack: all but those of a table or an index.

        What is in an index of the same attributes has them all.
        """
        stage = self.walk.stage
        own = {name for name, _ in self.table.key}
        names = [name for name in index.key.names if name not in own]
        there = (set(each.key.names) for each in stage.indexes[self.table.name])
        return [] if any(set(names) <= each | own for each in there) else names

    def _readers_to_be(self, index: str) -> tuple[list[str], list[str]]:
        """Return the patterns that move to an index, and those that are new with it."""
        stage = self.walk.stage
        there = {pattern.name for pattern in stage.before.patterns}
        names = [
            pattern.name
            for pattern in stage.after.patterns
            if target_of(pattern) == (self.table.name, index)
        ]
        moving = [name for name in names if name in there - stage.switched]
        return moving, [name for name in names if name not in there]

    def _drop_what_can_go(self) -> None:
        stage = self.walk.stage
        wanted = {index.name for index in stage.after.table(self.table.name).global_indexes}
        for index in stage.indexes[self.table.name]:
            if index.name not in wanted and self._may_go(index.name):
                self._drop(index)

    def _may_go(self, index: str) -> bool:
        stage = self.walk.stage
        after = {pattern.name: pattern for pattern in stage.after.patterns}
        return all(
            name not in after or name in stage.switched or stage.stands(target_of(after[name]))
            for name in self._on(index)
        )

    def _on(self, index: str) -> set[str]:
        patterns = self.walk.stage.before.patterns
        return {p.name for p in patterns if target_of(p) == (self.table.name, index)}

    def _drop(self, index: Index) -> None:
        self._leave(index)
        self._release(index)
        stage = self.walk.stage
        rest = tuple(each for each in stage.indexes[self.table.name] if each.name != index.name)
        dropped = replace(stage, indexes={**stage.indexes, self.table.name: rest})
        self._deploy(StepKind.DROP_INDEX, index.name, dropped)

    def _leave(self, index: Index) -> None:
        """Move the readers that did not move to a new index."""
        stage = self.walk.stage
        after = {pattern.name for pattern in stage.after.patterns}
        if moving := sorted((self._on(index.name) & after) - stage.switched):
            left = replace(stage, switched=stage.switched | set(moving))
            self._deploy(StepKind.LEAVE_INDEX, index.name, left, moving=moving)

    def _release(self, index: Index) -> None:
        """Take back the permission to query an index, a deployment before it is dropped."""
        stage, target = self.walk.stage, (self.table.name, index.name)
        if any(target_of(pattern) == target for pattern in stage.model().patterns):
            after = {pattern.name for pattern in stage.after.patterns}
            released = replace(stage, released=stage.released | {target})
            leaving = sorted(self._on(index.name) - after)
            self._deploy(StepKind.RELEASE_INDEX, index.name, released, leaving=leaving)

    def _deploy(self, kind: StepKind, subject: str, stage: Stage, **words: object) -> None:
        self.walk.advance(
            Deployment(kind=kind, table=self.table, subject=subject, words=words), stage
        )
