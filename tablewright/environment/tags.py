"""Tags: the required ones, the stack's own, and what AWS takes as either.

Limits are from "Tag naming limits and requirements" (AWS General Reference), and from IAM,
where tag keys that differ only in case are the same key.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from tablewright.environment.errors import LabelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEY_LENGTH = 128
VALUE_LENGTH = 256
MOST_TAGS = 50
REQUIRED = ("Project", "Environment", "Owner", "CostCenter", "ManagedBy", "DataModel")
NAME = "Name"
"""The tag that a VPC endpoint has beside the others; a stack's own wins."""
SHARED = "shared"
"""The DataModel tag of what serves the whole stack."""
MANAGED_BY = "pulumi"
"""The ManagedBy tag: the tool to change a resource with."""

_PUNCTUATION = frozenset("_.:/=+-@")


def merge(required: Mapping[str, str], extra: Mapping[str, str]) -> dict[str, str]:
    """Join required and extra tags; raises LabelError for the first that AWS would refuse."""
    for key, error in problems(extra):
        raise LabelError(f"tag {key!r} {error.reason}", error.remedy) if key is not None else error
    for key, value in required.items():
        if reason := value_refusal(value):
            raise LabelError(f"tag {key!r} {reason}", "write another value")
    return {**required, **extra}


def problems(extra: Mapping[str, str]) -> Iterator[tuple[str | None, LabelError]]:
    """Find everything wrong with extra tags: the tag's key (None for all together), the error.

    The reason begins with its verb, as the tag or its value is named before it.
    """
    taken = {key.lower(): key for key in REQUIRED}
    for key, value in extra.items():
        other = taken.setdefault(key.lower(), key)
        if other in REQUIRED:
            yield key, LabelError(f"would override the required tag {other}", "remove it")
        elif other != key:
            reason = (
                f"has a key that differs from {other!r} only in case, and IAM takes both for one"
            )
            yield key, LabelError(reason, "keep one of the two")
        if refused := key_refusal(key) or value_refusal(value):
            yield key, LabelError(refused, "change it")
    if len(extra) + len(REQUIRED) > MOST_TAGS:
        yield (
            None,
            LabelError(
                f"{len(extra)} extra and {len(REQUIRED)} required tags are more than the "
                f"{MOST_TAGS} that AWS takes on a resource",
                f"keep at most {MOST_TAGS - len(REQUIRED)}",
            ),
        )


def key_refusal(key: str) -> str | None:
    """Say why AWS refuses a tag's key, or None."""
    if len(key) > KEY_LENGTH or not key.strip():
        return f"has a key of {len(key)} characters where AWS takes 1 to {KEY_LENGTH}, not blank"
    if key.lower().startswith("aws:"):
        return "has a key that begins with 'aws:', which AWS reserves"
    return _odd_character("key", key)


def value_refusal(value: str) -> str | None:
    """Say why AWS refuses a tag's value, or None."""
    if len(value) > VALUE_LENGTH:
        return f"has a value of {len(value)} characters where AWS takes at most {VALUE_LENGTH}"
    return _odd_character("value", value)


def _odd_character(part: str, text: str) -> str | None:
    odd = next((letter for letter in text if not _allowed(letter)), None)
    if odd is None:
        return None
    return f"has {odd!r} in its {part} where AWS takes letters, digits, spaces and '_.:/=+-@'"


def _allowed(letter: str) -> bool:
    """Follow IAM's pattern: Unicode letters, separators, numbers and some punctuation."""
    return letter in _PUNCTUATION or unicodedata.category(letter)[0] in "LNZ"
