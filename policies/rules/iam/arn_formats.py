"""Whether a resource of a statement can name anything of a resource type.

A type's ARN format is as the Service Authorization Reference writes it, for example
`arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from rules.iam.arns import VARIABLE, filled_in, has_wildcard

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEPARATORS: Final = frozenset(":/")
_LONGEST_ARN: Final = 2048
"""Characters; IAM's API Reference gives this limit for an ARN."""


@dataclass(frozen=True)
class ArnFormat:
    """The ARNs of one resource type.

    `continued` holds what parts a name from that of a type below it: as an index goes on after its
    table's name with a slash, neither name holds one; that of a parameter may.
    """

    text: str
    continued: frozenset[str] = frozenset()

    def can_name(self, resource: str) -> bool:
        """Tell whether a resource, which may hold wildcards and variables, can be of this type."""
        pattern = filled_in(resource, "*")
        if len(pattern) > _LONGEST_ARN:
            return False
        if has_wildcard(pattern):
            return _overlap(re.sub(r"\*+", "*", pattern), self)
        return _expression(self).fullmatch(pattern) is not None


def formats_of(texts: Iterable[str]) -> dict[str, ArnFormat]:
    """Return the formats of a service's resource types by their text."""
    texts = tuple(texts)
    return {
        text: ArnFormat(text, frozenset(_next_to(text, other) for other in texts) - {""})
        for text in texts
    }


def _next_to(one: str, other: str) -> str:
    """Return the character by which the longer of two formats goes on after the shorter's name."""
    short, long = sorted((one, other), key=len)
    goes_on = short.endswith("}") and long.startswith(short)
    return long[len(short) : len(short) + 1] if goes_on else ""


@dataclass(frozen=True)
class _Element:
    """One place of a format: a character, or (`without` given) a variable of one or more others."""

    character: str = ""
    without: frozenset[str] | None = None

    def takes(self, character: str) -> bool:
        if character == "?":
            return True
        if self.without is None:
            return character == self.character
        return character not in self.without


@cache
def _elements(arn_format: ArnFormat) -> tuple[_Element, ...]:
    found: list[_Element] = []
    literals = VARIABLE.split(arn_format.text)
    for position, literal in enumerate(literals):
        if position:
            ends = _SEPARATORS.intersection(literal[:1]) if literal else arn_format.continued
            found.append(_Element(without=ends))
        found.extend(_Element(character) for character in literal)
    return tuple(found)


@cache
def _expression(arn_format: ArnFormat) -> re.Pattern[str]:
    parts = (
        re.escape(element.character)
        if element.without is None
        else f"[^{re.escape(''.join(sorted(element.without)))}]+"
        if element.without
        else ".+"
        for element in _elements(arn_format)
    )
    return re.compile("".join(parts), re.DOTALL)


@lru_cache(maxsize=4096)
def _overlap(pattern: str, arn_format: ArnFormat) -> bool:
    """Tell whether some text fits both the pattern and the format."""
    elements = _elements(arn_format)
    places = {0}  # of the elements that may be met next
    for character in pattern:
        if character == "*":
            places = set(range(min(places), len(elements) + 1))
            continue
        met = {at for at in places if at < len(elements) and elements[at].takes(character)}
        places = {at + 1 for at in met} | {at for at in met if elements[at].without is not None}
        if not places:
            return False
    return len(elements) in places
