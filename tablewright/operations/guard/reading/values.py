"""Values of inputs as the engine writes them: secrets, what is unknown yet, and what is alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tablewright.recorder.registration import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNKNOWN_TEXT: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What the engine writes for a value that only a deployment can tell (pulumi: `plugin`)."""
SHOWN_SECRET: Final = "[secret]"  # noqa: S105 -- what a preview writes in place of a secret
SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
"""The key that marks an object as a secret or another special value (pulumi: `resource`)."""
_DEFAULTS: Final = "__defaults"


class StrangeValueError(Exception):
    """An input whose shape or content the guard does not understand."""


def section(value: Any) -> dict[str, Any]:  # noqa: ANN401 -- an input
    """Return a nested input, empty where it is not set; raises StrangeValueError."""
    if value is None:
        return {}
    if not isinstance(value, dict) or is_opaque(value):
        raise StrangeValueError
    return value


def sections(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- an input
    """Return a list of nested inputs, empty where it is not set; raises StrangeValueError."""
    if value is None:
        return []
    if not isinstance(value, list) or None in value:
        raise StrangeValueError
    return [section(each) for each in value]


def sections_by(key: str, value: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401 -- an input
    """Return nested inputs by one of their texts; raises StrangeValueError where two share it."""
    listed = sections(value)
    found = {text(each.get(key)): each for each in listed}
    if len(found) < len(listed):
        raise StrangeValueError
    return found


def texts(value: Any) -> list[str]:  # noqa: ANN401 -- an input
    """Return a list of texts, empty where it is not set; raises StrangeValueError."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise StrangeValueError
    return [text(each) for each in value]


def text(value: Any) -> str:  # noqa: ANN401 -- an input
    """Return a text, empty where it is not set; raises StrangeValueError."""
    if value is None:
        return ""
    if not isinstance(value, str) or is_opaque(value):
        raise StrangeValueError
    return value


def number(value: Any) -> float:  # noqa: ANN401 -- an input
    """Return a number, 0 where it is not set; raises StrangeValueError."""
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise StrangeValueError
    return value


def flag(value: Any) -> bool:  # noqa: ANN401 -- an input
    """Return a yes or no, no where it is not set; raises StrangeValueError."""
    if value is None:
        return False
    if not isinstance(value, bool):
        raise StrangeValueError
    return value


def is_opaque(value: object) -> bool:
    """Tell whether a value, or a part of it, is a secret or not known before the deployment."""
    if isinstance(value, dict):
        return SIGNATURE in value or any(map(is_opaque, value.values()))
    if isinstance(value, list):
        return any(map(is_opaque, value))
    return value is UNKNOWN or value in (UNKNOWN_TEXT, SHOWN_SECRET)


def differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[str]:
    """Give the names of inputs that differ.

    Secrets, what the program alone cannot know, and what the provider filled in by itself are not
    compared.
    """
    defaults = old.get(_DEFAULTS)
    filled_in = {
        name
        for name in (defaults if isinstance(defaults, list) else ())
        if isinstance(name, str) and name not in new
    }
    for name in sorted({*old, *new} - filled_in - {_DEFAULTS}):
        if not alike(old.get(name), new.get(name)):
            yield name


def alike(before: Any, after: Any) -> bool:  # noqa: ANN401 -- any two inputs
    """Tell whether nothing is seen to differ."""
    if after is UNKNOWN or before is UNKNOWN or is_secret(before) or is_secret(after):
        return True
    if isinstance(before, dict) and isinstance(after, dict):
        return not any(differing(before, after))
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(alike, before, after))
    return bool(before == after) or (_is_nothing(before) and _is_nothing(after))


def _is_nothing(value: object) -> bool:
    return value is None or value in ([], {}, "")


def is_secret(value: object) -> bool:
    """Tell whether a value as a whole is a secret, or marked otherwise by the engine."""
    return value == SHOWN_SECRET or (isinstance(value, dict) and SIGNATURE in value)
