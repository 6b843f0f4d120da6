"""The configuration keys that a `Pulumi.yaml` declares, and the types of their values."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .yaml_values import as_text

TYPES = ("string", "integer", "boolean", "object", "array")


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """One entry below `config:` in a `Pulumi.yaml`."""

    key: str
    schema: Mapping[str, Any]
    default: Any = None
    own: bool = True  # in the namespace of the project

    @classmethod
    def read(cls, project: str, name: str, entry: object) -> "Declaration":
        """Read an entry; a plain value is short for `value: …`."""
        schema = entry if isinstance(entry, dict) else {"value": entry}
        default = schema["default"] if schema.get("default") is not None else schema.get("value")
        key = full_key(project, name)
        return cls(key=key, schema=schema, default=default, own=key.startswith(f"{project}:"))

    @property
    def required(self) -> bool:
        """Tell whether every stack must set the key."""
        return self.own and self.default is None

    def problem(self) -> str | None:
        """Say what is wrong with the declaration itself."""
        type_ = self.schema.get("type")
        if not self.own:
            if type_ is not None or "default" in self.schema or self.default is None:
                return (
                    "belongs to another namespace: give it a 'value' and neither type nor default"
                )
            return None
        if type_ is not None and type_ not in TYPES:
            return f"has the type {type_!r}; use one of {', '.join(TYPES)}"
        if type_ == "array" and "items" not in self.schema:
            return "is an array without 'items'; write 'items: {type: string}' or the like"
        if type_ is None or self.default is None or _fits(self.schema, self.default):
            return None
        return f"has the default {as_text(self.default)!r}, which is no {_name(self.schema)}"

    def mismatch(self, text: str, *, structured: bool) -> str | None:
        """Say why the value of a stack does not have the declared type."""
        if not self.own or self.schema.get("type") is None:
            return None
        if _fits(self.schema, json.loads(text) if structured else text):
            return None
        declared = _name(self.schema)
        return f"is {text!r}; write a value of the type that Pulumi.yaml declares: {declared}"


def full_key(project: str, name: str) -> str:
    """Complete a key as the engine does: the project's namespace, unless it names one."""
    if ":" not in name:
        return f"{project}:{name}"
    namespace, _, rest = name.partition(":")
    return f"{namespace}:{rest.removeprefix('config:')}"  # an old spelling, still read


def _name(schema: Mapping[str, Any]) -> str:
    if schema["type"] == "array":
        return f"array of {_name(schema['items'])}"
    return str(schema["type"])


def _fits(schema: Mapping[str, Any], value: object) -> bool:
    type_ = schema.get("type")
    if type_ == "string":
        return isinstance(value, str)
    if type_ == "integer":
        return _is_integer(value)
    if type_ == "boolean":
        return isinstance(value, bool) or value in ("true", "false")
    if type_ == "object":
        return isinstance(value, dict)
    return isinstance(value, list) and all(_fits(schema["items"], item) for item in value)


def _is_integer(value: object) -> bool:
    if isinstance(value, str):
        return re.fullmatch(r"[-+]?[0-9]+", value) is not None
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)
