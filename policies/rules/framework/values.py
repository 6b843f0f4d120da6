"""Values as the SDK hands them over: known, unknown, or of no type that the provider accepts."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Final

from pulumi_policy import proxy
from pulumi_policy.proxy import UnknownValueError

_LARGEST: Final = sys.float_info.max
_UNKNOWN: Final = frozenset(
    value for name, value in vars(proxy).items() if name.startswith("UNKNOWN_")
)


class MalformedError(Exception):
    """A property or setting is of another type than the provider or the schema accepts."""

    def __init__(self, path: str, expected: str, found: object, fault: str = "") -> None:
        super().__init__(f"{path!r} must be {expected}, and {fault or f'is {_kind(found)}'}")


def _kind(value: object) -> str:
    if value is None:
        return "null"
    return next(kind for type_, kind in _KINDS.items() if isinstance(value, type_))


_KINDS: Final[Mapping[type, str]] = {
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    Mapping: "an object",
    Sequence: "a list",
    object: "of no such type",
}


def plain(value: object, path: str = "") -> object:
    """Return a value without the SDK's proxies.

    Raises UnknownValueError for unknown parts, and MalformedError for what nests too deeply.
    """
    return _plain(value, path, _DEEPEST)


_DEEPEST: Final = 50
"""Levels, which no property of the provider has; Python itself stops at some hundreds."""


def _plain(value: object, path: str, left: int) -> object:
    if isinstance(value, str) or not isinstance(value, Mapping | Sequence):
        return known(value, path)
    if not left:
        raise MalformedError(path, f"nested no deeper than {_DEEPEST} levels", value)
    if isinstance(value, Mapping):
        return {name: _plain(value[name], f"{path}.{name}", left - 1) for name in value}
    return [_plain(value[at], f"{path}[{at}]", left - 1) for at in range(len(value))]


def known(value: object, path: str) -> object:
    """Raise for a stand-in of an unknown value: what a remediation reads is not checked."""
    if isinstance(value, str) and value in _UNKNOWN:
        raise UnknownValueError(value, path.split("."))
    return value


def finite(value: object, path: str) -> float:
    """Return a number; what is none, endless or NaN raises MalformedError."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise MalformedError(path, "a number", value)
    if not -_LARGEST <= value <= _LARGEST:  # NaN is not within any limits
        raise MalformedError(path, "a finite number", value)
    return float(value)
