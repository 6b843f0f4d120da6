"""What went wrong on the wire, as the error that tells a caller what can be done about it.

Source of the codes: Amazon DynamoDB developer guide, "Error handling", and botocore's exceptions.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from botocore import exceptions as sdk

from tablewright.data_access.errors import (
    DataAccessError,
    InvalidInput,
    ItemTooLarge,
    Misconfigured,
    ServiceUnavailable,
    Throttled,
    TransactionConflicted,
    UnknownOutcome,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.data_access.values.codec import Item


class ConditionFailed(Exception):  # noqa: N818 -- no error yet: whoever set the condition knows what it means
    """A condition did not hold; `item` is the item as it is, where it was asked for and exists."""

    def __init__(self, item: Item | None) -> None:
        super().__init__("a condition did not hold")
        self.item = item


class Cancelled(Exception):  # noqa: N818 -- as above
    """A transaction was cancelled; one reason for each of its parts, in their order."""

    def __init__(self, reasons: tuple[Mapping[str, Any], ...]) -> None:
        super().__init__(f"a transaction was cancelled: {[each.get('Code') for each in reasons]}")
        self.reasons = reasons

    def failed(self, part: int) -> bool:
        """Tell whether the condition of a part did not hold."""
        return self.reasons[part].get("Code") == "ConditionalCheckFailed"

    def item(self, part: int) -> Item | None:
        """Return the item that a part's condition met, where it was asked for and exists."""
        found: Item | None = self.reasons[part].get("Item")
        return found or None


class TryAgain(Exception):  # noqa: N818 -- as above
    """Another attempt may succeed."""

    def __init__(self, why: Again) -> None:
        super().__init__(why.name)
        self.why = why


class Again(Enum):
    """Whether another attempt may succeed, and what the error is when there is no time for one."""

    THROTTLED = auto()
    CONFLICT = auto()
    UNAVAILABLE = auto()
    UNANSWERED = auto()
    """A write was sent, and whether it was applied is not known."""

    def error(self, operation: str, attempts: int) -> DataAccessError:
        """Return the error of an operation that ends after so many attempts."""
        kind, what = _AT_THE_END[self]
        times = "once" if attempts == 1 else f"{attempts} times"
        return kind(f"{operation}: {what}; tried {times} until the deadline")


_AT_THE_END: Final[dict[Again, tuple[type[DataAccessError], str]]] = {
    Again.THROTTLED: (Throttled, "DynamoDB refused for capacity: nothing was written; go slower"),
    Again.CONFLICT: (
        TransactionConflicted,
        "another transaction held an item: nothing was written; try again later",
    ),
    Again.UNAVAILABLE: (
        ServiceUnavailable,
        "DynamoDB was not reached, or answered nonsense: nothing was written; try again later",
    ),
    Again.UNANSWERED: (
        UnknownOutcome,
        "a write was not answered, so it may have happened; repeat it with the same operation id",
    ),
}
_THROTTLED: Final = frozenset(
    {
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "Throttling",
        "ThrottlingError",  # in the reasons of a cancelled transaction
        "ThrottlingException",
    }
)
_CONFLICT: Final = frozenset(
    {
        "ReplicatedWriteConflictException",
        "TransactionConflict",  # in the reasons of a cancelled transaction
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
_AGAIN: Final = {
    **dict.fromkeys(_THROTTLED, Again.THROTTLED),
    **dict.fromkeys(_CONFLICT, Again.CONFLICT),
}
_SURROUNDINGS: Final = {
    "AccessDeniedException": "the credentials lack a permission",
    "ExpiredTokenException": "the credentials have expired",
    "IncompleteSignatureException": "the credentials are no good",
    "InvalidSignatureException": "the credentials are no good",
    "MissingAuthenticationTokenException": "there are no credentials",
    "OptInRequired": "the account may not use the service",
    "ResourceNotFoundException": "there is no such table or index",
    "UnrecognizedClientException": "the credentials are no good",
}
_FIRST_SERVER_ERROR: Final = 500
_PASSED: Final = frozenset({"None", "ConditionalCheckFailed"})


def judge(error: Exception, operation: str, *, writes: bool) -> Exception:
    """Return what an error of the SDK means: TryAgain, or the error to raise.

    `writes` tells whether the operation changes something: then one that was sent and not answered
    may have happened.
    """
    unanswered = TryAgain(Again.UNANSWERED if writes else Again.UNAVAILABLE)
    if isinstance(error, sdk.ClientError):
        return _answered(error, operation, unanswered)
    if isinstance(error, sdk.ConnectTimeoutError | sdk.EndpointConnectionError):
        return TryAgain(Again.UNAVAILABLE)  # nothing was sent
    if isinstance(error, sdk.HTTPClientError | sdk.ConnectionClosedError):
        return unanswered
    if isinstance(error, sdk.ParamValidationError):
        return InvalidInput(f"{operation}: the request is malformed ({error})")
    return Misconfigured(f"{operation}: {error}; see credentials, region and endpoint")


def _answered(error: sdk.ClientError, operation: str, unanswered: TryAgain) -> Exception:
    response: Mapping[str, Any] = error.response
    code = str(response.get("Error", {}).get("Code", ""))
    message = str(response.get("Error", {}).get("Message", ""))
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code == "ConditionalCheckFailedException":
        return ConditionFailed(response.get("Item") or None)
    if code == "TransactionCanceledException":
        return _cancelled(tuple(response.get("CancellationReasons") or ()), operation, message)
    if code in _AGAIN:
        return TryAgain(_AGAIN[code])
    if code in _SURROUNDINGS:
        return Misconfigured(f"{operation}: {_SURROUNDINGS[code]} ({code}: {message})")
    if status >= _FIRST_SERVER_ERROR or code in {"InternalServerError", "ServiceUnavailable"}:
        return unanswered
    return _refused(operation, code, message)


def _refused(operation: str, code: str, message: str) -> DataAccessError:
    said = f"{operation}: {code}: {message}"
    if "specified index" in message:
        return Misconfigured(f"{said}; deploy the index, or name the table that has it")
    if "Item size" in message:
        return ItemTooLarge(said)
    return InvalidInput(said)


def _cancelled(reasons: tuple[Mapping[str, Any], ...], operation: str, message: str) -> Exception:
    codes = {str(each.get("Code", "None")) for each in reasons}
    if "ConditionalCheckFailed" in codes:
        return Cancelled(reasons)
    if codes & _CONFLICT:
        return TryAgain(Again.CONFLICT)
    if codes & _THROTTLED:
        return TryAgain(Again.THROTTLED)
    failed = sorted(codes - _PASSED)
    return _refused(operation, ", ".join(failed) or "TransactionCanceledException", message)
