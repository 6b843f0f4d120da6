"""What one resource looks like to the engine when a program registers it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal


class Unknown(enum.Enum):
    """The value of a property that only a deployment can tell; there is one, `UNKNOWN`."""

    UNKNOWN = "unknown until the deployment"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final[Literal[Unknown.UNKNOWN]] = Unknown.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class SourcePosition:
    """The line that declares a resource, in a file named relative to the project's folder."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, kw_only=True)
class Registration:
    """One resource as the engine would see it, inherited options included.

    Properties carry the provider's names (camelCase) and plain values: secrets are unwrapped
    (`secret_inputs` names them), and what a preview cannot know is `UNKNOWN`.
    """

    urn: str
    type: str
    name: str
    custom: bool
    parent: str | None  # None for the Stack alone
    id: str | None = None  # None for components, and in a preview
    provider: str = ""  # "<urn>::<id>"; empty for the default provider
    inputs: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
    secret_inputs: frozenset[str] = frozenset()
    additional_secret_outputs: tuple[str, ...] = ()
    protect: bool = False
    retain_on_delete: bool = False
    deleted_with: str | None = None
    delete_before_replace: bool | None = None
    ignore_changes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source_position: SourcePosition | None = None

    def __str__(self) -> str:
        return f"{self.type} '{self.name}'"
