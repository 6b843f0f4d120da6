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

    def __init__(self, path: str, expected: str, found: object) -> None:
        kind = _KINDS.get(type(found), type(found).__name__)
        super().__init__(f"{path!r} must be {expected}, and is {kind}")


_KINDS: Final[Mapping[type, str]] = {
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
}


def plain(value: object, path: str = "") -> object:
    """Return a value without the SDK's proxies; raises UnknownValueError for unknown parts."""
    if isinstance(value, Mapping):
        return {name: plain(value[name], f"{path}.{name}") for name in value}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(value[position], f"{path}[{position}]") for position in range(len(value))]
    return known(value, path)


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
