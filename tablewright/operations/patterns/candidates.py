"""Items for a query: those that it must find, and neighbours that it must not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from tablewright.models.keys import shard_of
from tablewright.operations.patterns.samples import without_index

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tablewright.models import DataModel, Entity, KeyTemplate
    from tablewright.operations.patterns.arguments import Arguments
    from tablewright.operations.patterns.samples import Placed

_MATCHES = 4
_MORE = 2
_FIRST_SERIAL = 10


@dataclass(frozen=True)
class Candidate:
    """An item, what it is, and whether the query must find it; None where the range decides."""

    placed: Placed
    what: str
    wanted: bool | None


class Candidates:
    """Makes the items of one query; fields that no condition names differ in every item."""

    def __init__(self, model: DataModel, arguments: Arguments) -> None:
        self._model = model
        self._arguments = arguments
        self._samples = arguments.samples
        self._pattern = arguments.pattern
        self._serials = count(_FIRST_SERIAL)

    def all(self) -> tuple[Candidate, ...]:
        """Return matches first; of items that would share one key only the first."""
        unique: dict[tuple[str, ...], Candidate] = {}
        for candidate in (*self._matches(), *self._neighbours(), *self._other_kinds()):
            unique.setdefault(candidate.placed.identity, candidate)
        return tuple(unique.values())

    def _matches(self) -> Iterator[Candidate]:
        ranged = self._arguments.ranged
        inside = self._arguments.inside()
        for entity in self._pattern.entities:
            for position, spread in enumerate(self._spread()):
                given = dict(spread)
                if ranged is not None:
                    given[ranged] = inside[position % len(inside)]
                yield self._candidate(entity, given, "inside the range", wanted=True)
            for value in self._arguments.at_the_end():
                given = {str(ranged): value}
                yield self._candidate(entity, given, "at the end of the range", wanted=None)

    def _spread(self) -> list[dict[str, str]]:
        """Return a value of the shard's field for each shard, and two more; {} without shards."""
        if self._arguments.shard is None:
            return [{} for _ in range(_MATCHES)]
        name, shards = self._arguments.shard
        values: dict[int, str] = {}
        more: list[str] = []
        for number in count(_FIRST_SERIAL):
            value = self._samples.value(name, number)
            if values.setdefault(shard_of(value, shards), value) != value and len(more) < _MORE:
                more.append(value)
            if len(values) == shards and len(more) == _MORE:
                break
        return [{name: value} for value in (*more, *values.values())]

    def _neighbours(self) -> Iterator[Candidate]:
        """Change one field at a time of what the query asks for."""
        entity = self._pattern.entities[0]
        for value in self._arguments.outside():
            given = {str(self._arguments.ranged): value}
            yield self._candidate(entity, given, "outside the range", wanted=False)
        inside = self._arguments.inside()
        for name, value in self._arguments.fixed.items():
            others = [self._samples.value(name, _FIRST_SERIAL - 1)]
            if not self._samples.is_number(name):
                others += [f"{value}x", f"{value}#x"]
            for other in others:
                given = {name: other}
                if inside:
                    given[str(self._arguments.ranged)] = inside[0]
                yield self._candidate(entity, given, f"of {name} {other!r}", wanted=False)
        if self._pattern.index is not None:
            index_key = self._arguments.table.key_of(self._pattern.index).names
            if not set(index_key) <= set(self._arguments.table.key.names):
                given = {str(self._arguments.ranged): inside[0]} if inside else {}
                whole = self._candidate(entity, given, "without the index's key", wanted=False)
                yield Candidate(without_index(whole.placed, index_key), whole.what, wanted=False)

    def _other_kinds(self) -> Iterator[Candidate]:
        """Put every other entity of the table as near to the query's partition as it can be."""
        for entity in self._model.entities:
            if entity.table != self._arguments.table.name or entity in self._pattern.entities:
                continue
            given: dict[str, str] = {}
            for condition in self._pattern.key:
                template = entity.keys.get(condition.attribute)
                if template is not None:
                    given |= _same_key(template, condition.template, self._arguments.fixed)
            yield self._candidate(entity, given, "of another kind", wanted=False)

    def _candidate(
        self, entity: Entity, given: Mapping[str, str], what: str, *, wanted: bool | None
    ) -> Candidate:
        fixed = {**self._arguments.fixed, **given}
        own = {name: value for name, value in fixed.items() if name in entity.fields}
        values = self._samples.values(entity.fields, next(self._serials), own)
        placed = self._samples.place(entity, values)
        return Candidate(placed, f"{entity.name} {what}", wanted)


def _same_key(
    template: KeyTemplate, condition: KeyTemplate, fixed: Mapping[str, str]
) -> dict[str, str]:
    """Return values that make the template compose the same key, however its fields are called."""
    shape = [part if isinstance(part, str) else None for part in template.parts]
    if shape != [part if isinstance(part, str) else None for part in condition.parts]:
        return {}
    pairs = zip(template.fields, condition.fields, strict=True)
    return {mine.name: fixed[theirs.name] for mine, theirs in pairs if theirs.name in fixed}
