"""A model as a stack deploys it: physical names, and which streams there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from tablewright.models import StreamView
from tablewright.operations.index_plan.shapes import TableShape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.environment import Settings
    from tablewright.models import DataModel


class Readers(Enum):
    """Whether a model's patterns are all that read its tables, as far as anybody said."""

    DECLARED = "declared"
    GUESSED = "guessed"
    """A state tells none, so that there may be others."""


@dataclass(frozen=True, kw_only=True)
class Declared:
    """A model, and the shape of each of its tables in one stack."""

    model: DataModel
    shapes: Mapping[str, TableShape]
    readers: Readers = Readers.DECLARED

    @classmethod
    def of(cls, model: DataModel, settings: Settings) -> Declared:
        """Take a model as the settings of a stack deploy it."""
        return cls(
            model=model,
            shapes={
                spec.name: TableShape.of(
                    spec, settings.label.table(spec.name), _view(spec.name, model, settings)
                )
                for spec in model.tables
            },
        )


def _view(table: str, model: DataModel, settings: Settings) -> str | None:
    spec = model.table(table)
    if settings.replica_regions:
        return str(StreamView.NEW_AND_OLD_IMAGES)
    if spec.stream is None or not spec.has_stream(audit_trail=settings.enable_audit_trail):
        return None
    return str(spec.stream.view)
