"""The settings of a rule: their schema, and reading them with the defaults that it gives.

The CLI fills in the schema's defaults; nothing else does, so the code does it again. Schemas refuse
what would make a rule judge nothing by mistake. Their patterns are read by Go too: no lookaround.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rules.framework.reading import Properties
from rules.framework.values import MalformedError

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema = dict[str, dict[str, Any]]
"""The settings of a rule by name, each a JSON schema with default and description."""

ENVIRONMENTS: Final = ("local", "dev", "staging", "prod")
LITERAL: Final = "[A-Za-z0-9]"
"""The pattern of globs that are more than wildcards."""
REMEDIATED: Final = frozenset({"local", "dev", "staging"})
"""Where a remediation may change a resource; prod fails instead."""

ENVIRONMENT: Final[Schema] = {
    "environment": {
        "type": "string",
        "enum": list(ENVIRONMENTS),
        "description": "The environment that the stack is for.",
    }
}
"""Every rule has this setting: waivers and remediations depend on it."""


class Settings:
    """What a level file sets for one rule."""

    def __init__(self, schema: Schema, given: Mapping[str, Any]) -> None:
        defaults = {name: of["default"] for name, of in schema.items() if "default" in of}
        self._schema = schema
        self._values = Properties({**defaults, **given})

    @property
    def environment(self) -> str:
        """The stack's environment; raises MalformedError where no level file was given."""
        environment = self.text("environment")
        if environment not in ENVIRONMENTS:
            raise MalformedError(
                "setting environment",
                f"one of {', '.join(ENVIRONMENTS)} (pass --policy-pack-config "
                "policies/levels/<environment>.json)",
                environment or None,
            )
        return environment

    def environment_if_known(self) -> str | None:
        """Return the stack's environment, None where it is not set properly."""
        try:
            return self.environment
        except MalformedError:
            return None

    def text(self, name: str) -> str:
        """Return a setting that is a string."""
        return self._declared(name).text(name)

    def flag(self, name: str) -> bool:
        """Return a setting that is a boolean."""
        return self._declared(name).flag(name)

    def number(self, name: str) -> float:
        """Return a setting that is a number; one without default must be set."""
        found = self._declared(name).number(name)
        if found is None:
            raise MalformedError(f"setting {name}", "a number", None)
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a setting that is a list of strings."""
        return self._declared(name).texts(name)

    def entries(self, name: str) -> dict[str, str]:
        """Return a setting that is an object of strings."""
        return self._declared(name).entries(name)

    def _declared(self, name: str) -> Properties:
        if name not in self._schema:
            raise LookupError(f"setting {name!r} is not in the rule's schema; declare it there")
        return self._values


def text(description: str, default: str, **limits: Any) -> dict[str, Any]:  # noqa: ANN401 -- JSON schema
    """Declare a setting that is a string, with its limits as keywords of JSON schema."""
    return {"type": "string", "default": default, "description": description, **limits}


def flag(description: str, *, default: bool) -> dict[str, Any]:
    """Declare a setting that is a boolean."""
    return {"type": "boolean", "default": default, "description": description}


def number(
    description: str, default: float, *, minimum: float, maximum: float | None = None
) -> dict[str, Any]:
    """Declare a setting that is a number, with its limits."""
    limits = {"minimum": minimum} if maximum is None else {"minimum": minimum, "maximum": maximum}
    return {"type": "number", "default": default, "description": description, **limits}


def texts(
    description: str,
    default: tuple[str, ...] = (),
    *,
    least: int = 0,
    **limits: Any,  # noqa: ANN401 -- JSON schema
) -> dict[str, Any]:
    """Declare a setting that is a list of strings, with the limits of each."""
    return {
        "type": "array",
        "items": {"type": "string", "minLength": 1, **limits},
        "minItems": least,
        "default": list(default),
        "description": description,
    }


def entries(
    description: str,
    default: Mapping[str, str] | None = None,
    *,
    names: str = ".",
    **limits: Any,  # noqa: ANN401 -- JSON schema
) -> dict[str, Any]:
    """Declare a setting that is an object of strings, with a pattern of its names."""
    return {
        "type": "object",
        "propertyNames": {"pattern": names},
        "additionalProperties": {"type": "string", "minLength": 1, **limits},
        "default": dict(default or {}),
        "description": description,
    }
