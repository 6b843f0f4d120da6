"""Which writes may be on the stage together: no two of one item."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tablewright.operations.patterns.write import Write


def rounds(scenarios: Iterable[list[Write]]) -> list[list[list[Write]]]:
    """Group scenarios so that those of a round share no item; mostly there is one round.

    An entity whose key has no field has one item only, and so needs a round for each scenario.
    """
    result: list[tuple[set[tuple[str, ...]], list[list[Write]]]] = []
    for scenario in scenarios:
        items = {write.before.identity for write in scenario}
        for taken, group in result:
            if taken.isdisjoint(items):
                taken.update(items)
                group.append(scenario)
                break
        else:
            result.append((items, [scenario]))
    return [group for _, group in result]
