"""One thing that a rule objects to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.framework.values import MalformedError


@dataclass(frozen=True)
class Finding:
    """What is wrong and what to change.

    `id` tells apart what one rule can find, so that a waiver can accept one thing alone; it never
    changes once published. `urn` is for rules of the whole stack. A message names no value of a
    parameter: it may be secret.
    """

    id: str
    message: str
    urn: str | None = None

    def __post_init__(self) -> None:
        """Write half characters out: YAML can spell them, and no answer to the engine carries them.

        They are those from U+D800 to U+DFFF, which make a whole one only in pairs.
        """
        sent = self.message.encode("utf-8", "backslashreplace").decode()
        object.__setattr__(self, "message", sent)

    @classmethod
    def malformed(cls, error: MalformedError, urn: str | None = None) -> Finding:
        """Return the finding that something cannot be read."""
        return cls("malformed", f"{error}; no such value can keep the rule", urn)
