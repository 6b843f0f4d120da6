"""What an update that failed left: what is done, what is unknown, what was not begun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from tablewright.operations.deployment.snapshot import Pending, Snapshot
    from tablewright.operations.guard.reading.joining import Change


@dataclass(frozen=True, kw_only=True)
class Aftermath:
    """The changes of a preview, by what became of them."""

    done: tuple[Change, ...] = ()
    half: tuple[Change, ...] = ()
    """Replaced, and the old one is still to be deleted."""
    pending: tuple[Pending, ...] = ()
    open: tuple[Change, ...] = ()

    @classmethod
    def of(cls, changes: Iterable[Change], before: Snapshot, after: Snapshot) -> Self:
        """Compare the state before an update with the one after it."""
        unknown = {each.urn for each in after.pending}
        sorted_out: dict[str, list[Change]] = {"done": [], "half": [], "open": []}
        for change in changes:
            urn = change.urn
            if urn in unknown:
                continue
            touched = before.resources.get(urn) != after.resources.get(urn)
            fate = "half" if urn in after.doomed else "done" if touched else "open"
            sorted_out[fate].append(change)
        return cls(
            **{fate: tuple(found) for fate, found in sorted_out.items()}, pending=after.pending
        )
