"""Which access patterns a method performs, so that code, permissions and tables can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")

_MARK = "__access_patterns__"


def performs(*patterns: str) -> Callable[[F], F]:
    """Say which of the model's access patterns a public method performs, in order."""

    def mark(method: F) -> F:
        setattr(method, _MARK, patterns)
        return method

    return mark


def performed_by(method: object) -> tuple[str, ...] | None:
    """Return the patterns that a method names; None where it says nothing."""
    patterns: tuple[str, ...] | None = getattr(method, _MARK, None)
    return patterns
