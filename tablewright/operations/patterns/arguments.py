"""What a caller of a query passes: a value for each field of its key condition."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tablewright.models import Comparator
from tablewright.operations.patterns.conditions import Bound

if TYPE_CHECKING:
    from tablewright.models import AccessPattern, KeyCondition, KeyTemplate, TableSpec
    from tablewright.operations.patterns.samples import Samples

LOW, MIDDLE, HIGH = 3, 5, 7
"""The numbers of the values at the ends of a range and within it."""

OTHER = 9
"""The number of values that nobody asked for."""

_INSIDE = {
    Comparator.BETWEEN: (LOW, MIDDLE),
    Comparator.LESS_THAN: (LOW - 2, LOW),
    Comparator.AT_MOST: (LOW - 2, LOW),
    Comparator.GREATER_THAN: (HIGH, OTHER),
    Comparator.AT_LEAST: (HIGH, OTHER),
}
_OUTSIDE = {
    Comparator.BETWEEN: (LOW - 2, OTHER),
    Comparator.LESS_THAN: (HIGH, OTHER),
    Comparator.AT_MOST: (HIGH, OTHER),
    Comparator.GREATER_THAN: (LOW - 2, LOW),
    Comparator.AT_LEAST: (LOW - 2, LOW),
}


@dataclass(frozen=True)
class Arguments:
    """The values of one query, and the values of items on either side of its range."""

    pattern: AccessPattern
    table: TableSpec
    samples: Samples

    @property
    def _last(self) -> KeyCondition:
        return self.pattern.key[-1]

    @cached_property
    def ranged(self) -> str | None:
        """The field that the last condition ranges over, if its other fields leave one."""
        template, comparator = self._last.template, self._last.comparator
        if comparator is Comparator.EQUALS or not template.fields:
            return None
        field = template.fields[-1]
        equal = {f.name for c in self.pattern.key[:-1] for f in c.template.fields if not f.shards}
        ranges = field.prefix if comparator is Comparator.BEGINS_WITH else not field.shards
        return field.name if ranges and field.name not in equal else None

    @cached_property
    def fixed(self) -> dict[str, str]:
        """The fields that every matching item shares."""
        names = {
            field.name
            for condition in self.pattern.key
            for field in condition.template.fields
            if not field.shards and field.name != self.ranged
        }
        return {name: self.samples.value(name, MIDDLE) for name in names}

    @cached_property
    def shard(self) -> tuple[str, int] | None:
        """The field whose value spreads matching items over partitions, and over how many."""
        for condition in self.pattern.key:
            for field in condition.template.fields:
                if field.shards and field.name not in self.fixed:
                    return field.name, field.shards
        return None

    def bounds(self, shard: int) -> tuple[Bound, ...]:
        """Compose the key condition of one query; `shard` is its number among the fan-in."""
        types = {attribute.name: attribute.type for attribute in self.table.attributes}
        return tuple(
            Bound.of(
                condition,
                types[condition.attribute],
                self._given(condition.template, MIDDLE if condition.upper is None else LOW),
                {} if condition.upper is None else self._given(condition.upper, HIGH),
                shard,
            )
            for condition in self.pattern.key
        )

    def inside(self) -> tuple[str, ...]:
        """Return values of the ranged field that must be found, not in order."""
        return tuple(reversed(self._ranged_values(_INSIDE, ("", "-b", "-a"))))

    def outside(self) -> tuple[str, ...]:
        """Return values of the ranged field that must not be found."""
        return self._ranged_values(_OUTSIDE, ())

    def at_the_end(self) -> tuple[str, ...]:
        """Return values at the end of the range, which the declaration may include or not."""
        if self.ranged is None or self._last.comparator is Comparator.BEGINS_WITH:
            return ()
        number = HIGH if self._last.comparator is Comparator.BETWEEN else MIDDLE
        return (self.samples.value(self.ranged, number),)

    def _ranged_values(
        self, numbers: dict[Comparator, tuple[int, int]], endings: tuple[str, ...]
    ) -> tuple[str, ...]:
        if self.ranged is None:
            return ()
        if self._last.comparator is not Comparator.BEGINS_WITH:
            return tuple(self.samples.value(self.ranged, n) for n in numbers[self._last.comparator])
        if endings:
            return tuple(self.samples.value(self.ranged, MIDDLE) + end for end in endings)
        return tuple(self.samples.value(self.ranged, n) for n in (LOW, OTHER))

    def _given(self, template: KeyTemplate, number: int) -> dict[str, str]:
        """Fill the template; the two ends of a BETWEEN may name the same field."""
        names = (field.name for field in template.fields)
        return self.samples.values(names, number, self.fixed)
