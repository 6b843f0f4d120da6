"""From a stack's raw values to a Configuration, with every problem of every key."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from tablewright.environment.configuration_schema import KEYS, NAMESPACE, Configuration
from tablewright.environment.errors import NOT_SET, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_core import ErrorDetails


REGION_KEY: Final = "aws:region"
_FEW = 10
_BY_ENTRY = frozenset({"roleNames", "extraTags"})  # the rest of them makes sense without one entry
_CHOICES = frozenset({"enum", "literal_error"})


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A configuration, the problems found in reading it, and the keys refused as a whole.

    A refused key holds its schema's example in the configuration, so that what does not
    depend on it can still be checked; of an object whose entries stand alone, only the refused
    ones are left out.
    """

    configuration: Configuration
    problems: tuple[Problem, ...]
    refused: frozenset[str]


def full_key(key: str) -> str:
    """Put the namespace before a key."""
    return f"{NAMESPACE}:{key}"


def did_you_mean(given: str, known: tuple[str, ...]) -> str:
    """Suggest the known name nearest to a given one; list all where none is, or they are few."""
    suggestion = _nearest(given, known)
    if suggestion and len(known) > _FEW:
        return suggestion
    return f"{suggestion} known are {', '.join(known) or 'none'}".lstrip()


def _nearest(given: str, known: Iterable[str]) -> str:
    by_lower = {name.lower(): name for name in known}
    near = difflib.get_close_matches(given.lower(), by_lower, n=1)
    return f"did you mean {by_lower[near[0]]}?" if near else ""


def parse(raw: Mapping[str, str]) -> Parsed:
    """Read raw values by key (without namespace); a blank value of a key counts as not set."""
    given = {key: value for key, value in raw.items() if value.strip() or key not in KEYS}
    try:
        configuration = Configuration.model_validate(given)
    except ValidationError as error:
        details = error.errors(include_url=False)
    else:
        return Parsed(configuration=configuration, problems=(), refused=frozenset())
    places = [tuple(map(str, detail["loc"])) for detail in details]
    refused = frozenset(key for key, *inner in places if not inner or key not in _BY_ENTRY)
    kept = {key: value for key, value in given.items() if key not in refused}
    for key, *inner in places:
        if key in kept:
            kept[key] = _without(kept[key], inner[0])
    examples = {key: _raw(_example(key)) for key in refused if key in KEYS}
    return Parsed(
        configuration=Configuration.model_validate(kept | examples),
        problems=tuple(_problem(detail, raw) for detail in details),
        refused=refused,
    )


def _without(value: str, entry: str) -> str:
    return json.dumps({key: item for key, item in json.loads(value).items() if key != entry})


def _problem(detail: ErrorDetails, raw: Mapping[str, str]) -> Problem:
    top, *inner = detail["loc"]
    key = full_key(str(top)) + "".join(_step(step) for step in inner)
    if detail["type"] == "missing":
        value = raw.get(str(top), NOT_SET) if not inner else NOT_SET
        return Problem(key=key, value=value, reason="is not set", remedy=_write(str(top)))
    if detail["type"] == "extra_forbidden":
        return Problem(
            key=key,
            value=detail["input"],
            reason="is not a key of this program",
            remedy=did_you_mean(str(top), KEYS) if not inner else _write(str(top)),
        )
    context: dict[str, Any] = detail.get("ctx", {})
    return Problem(
        key=key,
        value=detail["input"],
        reason=context.get("reason", _reason(detail)),
        remedy=context.get("remedy") or _among(detail) or _write(str(top)),
    )


def _among(detail: ErrorDetails) -> str:
    """Suggest the nearest of the values that a key may have."""
    if detail["type"] not in _CHOICES:
        return ""
    return _nearest(detail["input"], re.findall("'([^']+)'", detail["ctx"]["expected"]))


def _reason(detail: ErrorDetails) -> str:
    """Say in this program's words what pydantic found."""
    expected = detail.get("ctx", {}).get("expected")
    if detail["type"] in _CHOICES:
        return f"is not {expected}"
    if detail["type"] == "tuple_type":
        return "is not a list"
    if detail["type"] == "string_type":
        quoted = isinstance(detail["input"], bool | int | float)
        return "is not text" + (" (numbers and booleans need quotes here)" if quoted else "")
    if detail["type"] == "too_short":
        return "is empty"
    message = detail["msg"]
    return f"is refused ({message[:1].lower()}{message[1:]})"


def _step(step: int | str) -> str:
    return f"[{step}]" if isinstance(step, int) else f".{step}"


def _example(key: str) -> Any:  # noqa: ANN401 - examples are of every configuration type
    field = next(field for field in Configuration.model_fields.values() if field.alias == key)
    return (field.examples or [None])[0]


def _raw(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _write(key: str) -> str:
    return f"write, for example, `{full_key(key)}: {_raw(_example(key))}`"
