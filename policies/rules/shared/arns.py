"""Amazon Resource Names, and which part of a table one names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_PARTS: Final = 6


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
    table, _, below = rest.partition("/")
    if not below:
        return TablePart(table, "table")
    part, _, name = below.partition("/")
    return TablePart(table, part, name)


def has_wildcard(text: str) -> bool:
    """Tell whether IAM would match more than this very text."""
    return "*" in text or "?" in text
