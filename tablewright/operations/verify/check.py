"""One compared property, and how it came out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How a property that is deployed compares with the one that is declared."""

    EQUAL = "equal"
    DIFFERENT = "different"
    MISSING = "missing"
    NOT_REPORTED = "not reported"
    """The endpoint says nothing about it, so nothing is known."""
    UNREADABLE = "unreadable"
    """The endpoint refuses to tell, as without a permission."""

    @property
    def harmless(self) -> bool:
        """Tell whether nothing differs; what is not reported does not count as a difference."""
        return self in {Status.EQUAL, Status.NOT_REPORTED}


@dataclass(frozen=True, kw_only=True)
class Check:
    """One property of one resource: what is declared, and what is deployed."""

    resource: str
    property: str
    expected: Any
    actual: Any
    status: Status
    details: tuple[str, ...] = ()
    """What people read in place of the two values, one a line; machines read the values."""

    def as_dict(self) -> dict[str, Any]:
        """Return the check as JSON takes it."""
        fields = asdict(self)
        del fields["details"]
        return fields
