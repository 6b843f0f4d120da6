"""Nested inputs: one that the provider has since, and that nobody thought of, is never fine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.operations.guard.reading.values import differing
from tablewright.operations.guard.scene import not_understood

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tablewright.operations.guard.finding import Finding
    from tablewright.operations.guard.reading.change import Change


def unknown_inside(
    change: Change,
    where: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    known: Collection[str],
) -> Iterator[Finding]:
    """Give a finding for each nested input that differs and is none of the known ones."""
    for name in differing(before, after):
        if name not in known:
            yield not_understood(
                change,
                where,
                f"{name} of {where} changes, and the guard does not know what that does",
            )
