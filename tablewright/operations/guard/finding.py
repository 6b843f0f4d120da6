"""What the guard finds in a preview."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a change would do."""

    DATA_LOSS = "data-loss"
    INDEX_OUTAGE = "index-outage"
    RECOVERY_WEAKENED = "recovery-weakened"
    CONTRACT_BROKEN = "contract-broken"
    SILENT = "silent"
    """The program asks for a change, and nothing would do it."""
    NOT_UNDERSTOOD = "not-understood"
    """A change that the guard does not know: never fine."""
    NOTE = "note"
    """Worth knowing; stops nothing."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that a deployment would do.

    `cause` is the property or name that causes it, in one word, as an allowance names it. `thing`
    is the physical name; `what` says what AWS will do, `fails` what stops working and for how long,
    `instead` what to do.
    """

    kind: Kind
    cause: str
    urn: str
    thing: str
    what: str
    fails: str = ""
    instead: str = ""
    blocked: str = ""
    """What stops the deployment by itself, such as protect."""

    @property
    def stops(self) -> bool:
        """Tell whether the finding stops a deployment, unless somebody accepts it."""
        return self.kind is not Kind.NOTE
