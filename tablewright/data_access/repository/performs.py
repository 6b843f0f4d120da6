"""Which access patterns a method performs, so that code, permissions and tables can be compared.

A repository of many kinds of record performs a pattern a kind: `put.*` stands for `put.session`,
`put.user_profile` and whatever else the model calls `put.<name of an entity>`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from tablewright.models import DataModel

F = TypeVar("F", bound="Callable[..., Any]")

_MARK = "__access_patterns__"


def performs(*patterns: str) -> Callable[[F], F]:
    """Say which of the model's access patterns a public method performs, in order."""

    def mark(method: F) -> F:
        setattr(method, _MARK, patterns)
        return method

    return mark


def performed_by(method: object) -> tuple[str, ...] | None:
    """Return the patterns that a method names, stars and all; None where it says nothing."""
    patterns: tuple[str, ...] | None = getattr(method, _MARK, None)
    return patterns


def patterns_in(model: DataModel, named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of a model's patterns that are meant, a star being any entity's name.

    A star that the model has no pattern for stays as it is, for it is a mistake.
    """
    declared = {pattern.name for pattern in model.patterns}
    patterns: list[str] = []
    for name in named:
        stem, star, rest = name.partition("*")
        meant = [f"{stem}{entity.name}{rest}" for entity in model.entities] if star else []
        patterns += [each for each in meant if each in declared] or [name]
    return tuple(dict.fromkeys(patterns))
