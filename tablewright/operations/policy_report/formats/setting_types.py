"""What a setting takes, in words, from the JSON schema that its policy gives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tablewright.operations.policy_report.formats.markdown import code, escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ANYTHING: Final = "."
"""A pattern that says no more than that a string is not empty."""


def value(given: object) -> str:
    """Write a value as a level file would; numbers of protobuf are floats."""
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    return code(json.dumps(given, ensure_ascii=False, sort_keys=True))


def told(schema: Mapping[str, Any]) -> str:
    """Return the type of a setting with its limits, as Markdown."""
    if "enum" in schema:
        return f"one of {', '.join(map(value, schema['enum']))}"
    return "; ".join(_parts(schema))


def _parts(schema: Mapping[str, Any]) -> Iterator[str]:
    kind = str(schema.get("type", ""))
    if kind == "array":
        least = f" of at least {value(schema['minItems'])}" if schema.get("minItems") else ""
        yield f"list{least}"
        if "items" in schema:
            yield f"each {told(schema['items'])}"
        return
    yield f"{escape(kind)}{''.join(_limits(schema))}"
    if kind == "object":
        names = schema.get("propertyNames", {}).get("pattern", _ANYTHING)
        if names != _ANYTHING:
            yield f"names like {code(names)}"
        if isinstance(schema.get("additionalProperties"), dict):
            yield f"each value {told(schema['additionalProperties'])}"


def _limits(schema: Mapping[str, Any]) -> Iterator[str]:
    if "minimum" in schema:
        yield f" from {value(schema['minimum'])}"
    if "maximum" in schema:
        yield f" up to {value(schema['maximum'])}"
    if "pattern" in schema:
        yield f" like {code(schema['pattern'])}"
    elif schema.get("minLength"):
        yield ", not empty"
