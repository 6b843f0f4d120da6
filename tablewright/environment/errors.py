"""The errors of this package: names AWS would refuse, and configuration nobody can deploy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi

if TYPE_CHECKING:
    from collections.abc import Iterable

NOT_SET: Final = object()
"""Stands for the value of a key that is not there."""

_SHOWN = 100


class LabelError(ValueError):
    """A name or tag that AWS would refuse: what is wrong, and what to change.

    `excess` says by how many characters a name is too long.
    """

    def __init__(self, reason: str, remedy: str, excess: int = 0) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason = reason
        self.remedy = remedy
        self.excess = excess


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong with the configuration, and what to write instead."""

    key: str
    value: object = NOT_SET
    reason: str
    remedy: str

    def __str__(self) -> str:
        value = "" if self.value is NOT_SET else f" {_shown(self.value)}"
        return f"{self.key}:{value} {self.reason}; {self.remedy}"


class ConfigurationError(pulumi.RunError):
    """Everything that is wrong with a stack's configuration; shown without a traceback."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = "1 problem" if count == 1 else f"{count} problems"
        lines = "".join(f"\n  {problem}" for problem in self.problems)
        super().__init__(f"{head} in the stack's configuration:{lines}")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
