"""The errors of data access: what a caller can do about each is in its place in the tree.

```
DataAccessError
├─ InvalidInput   KeyTooLong, ItemTooLarge, NumberOutOfRange, TooManyItems, InvalidCursor
├─ NotFound
├─ Conflict       AlreadyExists, EmailTaken, VersionConflict, QuotaExceeded, BeingDeleted,
│                 LinkUnavailable
├─ CorruptItem
├─ Retryable      Throttled, TransactionConflicted, ServiceUnavailable
├─ UnknownOutcome
├─ Incomplete
└─ Misconfigured
```

No error of boto3 or of the decimal module leaves this package; each is the cause of one of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class DataAccessError(Exception):
    """Anything that keeps an operation from doing what it was asked."""


class InvalidInput(DataAccessError):  # noqa: N818 -- the words of the field, as below
    """What the caller gave cannot be stored or asked for; nothing was sent."""


class KeyTooLong(InvalidInput):
    """A composed key has more bytes than DynamoDB allows: 2,048 partition key, 1,024 sort key."""


class ItemTooLarge(InvalidInput):
    """An item has more than 400 KB with its attribute names."""


class NumberOutOfRange(InvalidInput):
    """A number has more than 38 digits or a magnitude that DynamoDB cannot store."""


class TooManyItems(InvalidInput):
    """An operation holds more items than one transaction may."""


class InvalidCursor(InvalidInput):
    """A cursor was altered, is of another query, or is signed by a key that is not known."""


class NotFound(DataAccessError):  # noqa: N818 -- as above
    """There is no such item, or it has expired or belongs to somebody else."""


class Conflict(DataAccessError):  # noqa: N818 -- as above
    """The item is not in the state that the operation needs; nothing was written."""


class AlreadyExists(Conflict):
    """An item with this identity is there already."""


class EmailTaken(Conflict):
    """Another user has this e-mail address."""


class VersionConflict(Conflict):
    """The item has changed since it was read; read it again and decide anew."""


class QuotaExceeded(Conflict):
    """The quota does not leave what the operation needs."""


class BeingDeleted(Conflict):
    """The item is being deleted, so nothing may be added to it."""


class LinkUnavailable(Conflict):
    """A share link cannot be used; `reason` says why."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message, reason)  # both, or it could not be pickled or copied
        self.reason = reason

    def __str__(self) -> str:
        return str(self.args[0])


class CorruptItem(DataAccessError):  # noqa: N818 -- as above
    """A stored item is not what its keys promise: of another kind, undecodable, or twice there."""


class Retryable(DataAccessError):  # noqa: N818 -- as above
    """Nothing was written; the same call may succeed later."""


class Throttled(Retryable):
    """DynamoDB refused for capacity until the deadline."""


class TransactionConflicted(Retryable):
    """Another transaction held one of the items until the deadline."""


class ServiceUnavailable(Retryable):
    """DynamoDB could not be reached, or answered nonsense, until the deadline."""


class UnknownOutcome(DataAccessError):  # noqa: N818 -- as above
    """A write was sent and not answered: it may have happened.

    Repeat the call with the arguments in `repeat_with` (the operation id, and ids that were made
    up): it is applied once, whichever it was.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.repeat_with: Mapping[str, str] = {}


class Incomplete(DataAccessError):  # noqa: N818 -- as above
    """Part of a batch or cascade is left over; `leftovers` tells what. Call again to go on."""

    def __init__(self, message: str, leftovers: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.leftovers = leftovers


class Misconfigured(DataAccessError):  # noqa: N818 -- as above
    """The application's surroundings are wrong: table name, index, permission or cursor key."""
