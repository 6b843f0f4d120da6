"""Checks that could not be made, each with its reason and remedy: they never count as same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tablewright.operations.verify.check import Check, Status

if TYPE_CHECKING:
    from collections.abc import Collection

_REFUSAL: Final = re.compile(r"^An error occurred \((\w+)\) when calling the (\w+) operation")
"""As botocore words it (ClientError.MSG_TEMPLATE)."""
_DENIED: Final = ("AccessDenied", "UnauthorizedOperation", "AuthorizationError", "Forbidden")
_THROTTLED: Final = ("Throttl", "TooManyRequests", "RequestLimitExceeded", "LimitExceeded")
_UNDER_WAY: Final = frozenset({"CREATING", "UPDATING", "DELETING", "ARCHIVING"})
_NOTHING: Final[tuple[object, ...]] = (None, False, [], [None, None], {}, "off", "STANDARD")
"""Declared values that AWS leaves out of its answers, where nothing else is set."""


_LET_IT_READ: Final = (
    "the identity that compares needs the managed policies of each store's `verifier`: attach them "
    "(tablewright:roleNames, `<store>/verifier`), and deploy once where they are of an older "
    "version that does not allow {operation} yet"
)


@dataclass(frozen=True, kw_only=True)
class NotCompared:
    """One property that nobody could compare."""

    resource: str
    property: str
    reason: str
    remedy: str


def not_compared(check: Check, unread_streams: Collection[str] = ()) -> NotCompared | None:
    """Return why a check compared nothing; None where it did.

    `unread_streams` are the parameters that hold the ARN of a stream whose table was not read.
    """
    reason, remedy = _why(check, unread_streams)
    if not reason:
        return None
    return NotCompared(
        resource=check.resource, property=check.property, reason=reason, remedy=remedy
    )


def _why(check: Check, unread_streams: Collection[str]) -> tuple[str, str]:
    if check.status is Status.UNREADABLE:
        return _refused(str(check.actual))
    if check.status is Status.NOT_REPORTED and check.expected not in _NOTHING:
        return "this endpoint does not report it", "compare with AWS itself"
    if check.property == "status" and check.actual in _UNDER_WAY:
        return f"it is {check.actual}: AWS is changing it", "compare again when it is ACTIVE"
    if check.property == "value" and check.resource in unread_streams:
        return "its stream is not known: the table could not be read", "as for the table"
    return "", ""


def _refused(said: str) -> tuple[str, str]:
    """Say what was refused; a missing permission by the name that IAM has for it."""
    found = _REFUSAL.match(said)
    code, operation = found.groups() if found else ("", "")
    if any(code.startswith(each) for each in _DENIED):
        return (
            f"{operation} is denied: {said}",
            _LET_IT_READ.format(operation=operation),
        )
    if any(each in code for each in _THROTTLED):
        return f"{operation} is throttled, after retries: {said}", "compare again later"
    return said, "compare again; if it stays, see what the message names"
