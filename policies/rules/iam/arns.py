"""Amazon Resource Names, and which part of a table one names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_PARTS: Final = 6
_SERVICE_ENDS: Final = 3
VARIABLE: Final = re.compile(r"\$\{[^}]*\}")
"""A policy variable; the formats of ARNs write their variable parts alike."""
_ACCOUNT: Final = re.compile(r"[0-9]{12}")


@dataclass(frozen=True)
class Arn:
    """An ARN by its parts; `resource` is all that follows the account."""

    partition: str
    service: str
    region: str
    account: str
    resource: str


@dataclass(frozen=True)
class TablePart:
    """A table, or what belongs to it: `kind` is table, index, stream, backup, export or import."""

    table: str
    kind: str
    name: str = ""


def arn_of(text: str) -> Arn | None:
    """Parse an ARN, wildcards kept as they are; None for what is none."""
    parts = text.split(":", _PARTS - 1)
    if len(parts) != _PARTS or parts[0] != "arn":
        return None
    return Arn(*parts[1:])


def table_part_of(text: str) -> TablePart | None:
    """Return the part of a table that an ARN of DynamoDB names; None for any other ARN."""
    arn = arn_of(text)
    if arn is None or arn.service != "dynamodb":
        return None
    kind, _, rest = arn.resource.partition("/")
    if kind != "table" or not rest:
        return None
    table, slash, below = rest.partition("/")
    if not slash:
        return TablePart(table, "table")
    if not below:
        return None
    part, _, name = below.partition("/")
    return TablePart(table, part, name)


def has_wildcard(text: str) -> bool:
    """Tell whether IAM would match more than this very text."""
    return "*" in text or "?" in text


def matches(pattern: str, text: str) -> bool:
    """Tell whether IAM's `*` and `?` in a pattern cover a text.

    A text may be a pattern too: `?` then does not cover a `*`, which stands for more.
    """
    if not has_wildcard(pattern):
        return pattern == text
    at, star, mark, position = 0, -1, 0, 0
    while position < len(text):
        wanted = pattern[at] if at < len(pattern) else ""
        if wanted == "*":
            star, mark = at, position
            at += 1
        elif wanted == text[position] or (wanted == "?" and text[position] != "*"):
            at, position = at + 1, position + 1
        elif star >= 0:
            mark += 1
            at, position = star + 1, mark
        else:
            return False
    return not pattern[at:].strip("*")


def is_account(text: str) -> bool:
    """Tell whether a text is the id of an account."""
    return _ACCOUNT.fullmatch(text) is not None


def before_wildcard(text: str) -> str:
    """Return the part that holds as it is written."""
    return text.split("*", 1)[0].split("?", 1)[0]


def is_any_service(text: str) -> bool:
    """Tell whether a resource is a pattern that is not held to one service.

    IAM lets `*` stand for colons too, so only what is before the first wildcard holds it.
    """
    return has_wildcard(text) and before_wildcard(text).count(":") < _SERVICE_ENDS


def filled_in(text: str, value: str) -> str:
    """Return a resource with a value for each variable, such as `${aws:PrincipalTag/team}`."""
    return VARIABLE.sub(lambda _: value, text)
