"""The changes of one table in an order in which nothing is missed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tablewright.operations.index_plan.deployment import Deployment
from tablewright.operations.index_plan.index_changes import IndexChanges
from tablewright.operations.index_plan.plan import StepKind
from tablewright.operations.index_plan.stage import STREAM, target_of

if TYPE_CHECKING:
    from tablewright.operations.index_plan.shapes import TableShape
    from tablewright.operations.index_plan.stage import Stage
    from tablewright.operations.index_plan.walk import Walk


@dataclass(frozen=True, kw_only=True)
class TableChanges:
    """A table before and after, and the walk that its changes are steps of."""

    walk: Walk
    old: TableShape
    new: TableShape

    def make(self) -> None:
        """Change TTL and indexes, then the stream.

        A TTL attribute is no key attribute: what is to be one waits, and what was one goes first.
        """
        indexes = IndexChanges(walk=self.walk, table=self.old, readers=self.walk.before.readers)
        if self.old.ttl_attribute == self.new.ttl_attribute:
            indexes.make()
        else:
            self._change_ttl_around(indexes)
        self._change_stream()

    def _change_ttl_around(self, indexes: IndexChanges) -> None:
        waits = self.new.ttl_attribute in _keys(self.old)
        goes_first = self.old.ttl_attribute in _keys(self.new) or not waits
        if goes_first:
            self._disable_ttl()
        if not waits:
            self._enable_ttl()
        indexes.make()
        if not goes_first:
            self._disable_ttl()
        if waits:
            self._enable_ttl()

    def _disable_ttl(self) -> None:
        old, new = self.old.ttl_attribute, self.new.ttl_attribute
        if old and new:
            self._deploy(StepKind.WRITE_BOTH, new, self.walk.stage, old=old)
        if old:
            self._deploy(StepKind.TTL_OFF, old, self._with_ttl(None), new=new)

    def _enable_ttl(self) -> None:
        if new := self.new.ttl_attribute:
            self._deploy(StepKind.TTL_ON, new, self._with_ttl(new), old=self.old.ttl_attribute)

    def _with_ttl(self, attribute: str | None) -> Stage:
        stage = self.walk.stage
        return replace(stage, ttl={**stage.ttl, self.old.name: attribute})

    def _change_stream(self) -> None:
        old, new = self.old.stream_view, self.new.stream_view
        if old is None or old == new:
            return
        stage, name = self.walk.stage, self.old.name
        readers = {p.name for p in stage.before.patterns if target_of(p) == (name, STREAM)}
        changed = replace(
            stage,
            streams={**stage.streams, name: stage.after.table(name).stream},
            switched=stage.switched | readers,
        )
        kind = StepKind.STREAM if new else StepKind.STREAM_OFF
        self._deploy(kind, new or old, changed, old=old, readers=sorted(readers))

    def _deploy(self, kind: StepKind, subject: str, stage: Stage, **words: object) -> None:
        self.walk.advance(
            Deployment(kind=kind, table=self.old, subject=subject, words=words), stage
        )


def _keys(shape: TableShape) -> set[str]:
    keys = (shape.key, *(index.key for index in (*shape.indexes, *shape.local_indexes)))
    return {name for key in keys for name, _ in key}
