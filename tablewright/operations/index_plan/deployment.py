"""One deployment, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tablewright.operations.index_plan.plan import StepKind
    from tablewright.operations.index_plan.shapes import TableShape

ALL_SERVED: Final = "every access pattern of both models"


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """One deployment to be described; `words` are what its kind needs to know beside."""

    kind: StepKind
    table: TableShape | None
    subject: str
    words: Mapping[str, Any] = field(default_factory=dict)

    @property
    def physical(self) -> str:
        """The table's name at AWS."""
        return self.table.physical if self.table else ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is to be done around a deployment, and what it means."""

    title: str
    first: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    served: str = ALL_SERVED
    duration: str = "minutes"


def listed(names: Iterable[str]) -> str:
    """Return names in a row."""
    return ", ".join(names)
