"""Which conditions of a statement narrow it, and hold for no request that lacks the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rules.iam.arns import filled_in, has_wildcard, matches

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.iam.statements import Statement

_DEMANDING: Final = frozenset(
    {
        f"{qualifier}{operator}"
        for qualifier in ("", "foranyvalue:")
        for operator in ("arnequals", "arnlike", "stringequals", "stringlike")
    }
)
"""Neither `…IfExists` nor `ForAllValues:…` is: both hold where the key is missing."""


def is_literal(value: str) -> bool:
    """Tell whether a condition's value stands for itself alone.

    A variable does not: `${sts:ExternalId}` is whatever the request says that it is.
    """
    return bool(value) and not has_wildcard(filled_in(value, "*"))


def demands(statement: Statement, key: str, narrow: Callable[[str], bool] = is_literal) -> bool:
    """Tell whether a condition demands a key, `*` in its name included, with narrow values only."""
    return any(
        condition.operator.lower() in _DEMANDING
        and matches(key.lower(), condition.key.lower())
        and bool(condition.values)
        and all(narrow(value) for value in condition.values)
        for condition in statement.conditions
    )
