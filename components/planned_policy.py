"""PlannedPolicy: one managed policy before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tablewright.models import limits
from tablewright.models.statements import document

if TYPE_CHECKING:
    from tablewright.models.statements import Statement


@dataclass(frozen=True, kw_only=True)
class PlannedPolicy:
    """One managed policy: for whom, under which name and SSM path, and what it grants."""

    consumer: str
    suffix: str | None
    name: str
    path: str
    statements: tuple[Statement, ...]

    @property
    def key(self) -> str:
        """Tell the policies of a store apart."""
        return f"{self.consumer}-{self.suffix}" if self.suffix else self.consumer

    @cached_property
    def document(self) -> str:
        """Write the policy document; raises ModelError over 6,144 characters."""
        text = document(self.statements)
        limits.check_managed_policy(self.name, len(text))
        return text
