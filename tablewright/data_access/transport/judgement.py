"""What went wrong on the wire, as the error that tells a caller what can be done about it.

Source of the codes: Amazon DynamoDB developer guide, "Error handling"; API reference,
TransactionCanceledException; botocore's models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from botocore import exceptions as sdk

from tablewright.data_access.errors import (
    DataAccessError,
    InvalidInput,
    ItemTooLarge,
    Misconfigured,
)
from tablewright.data_access.transport import unanswered_errors
from tablewright.data_access.transport.failures import Again, Cancelled, ConditionFailed, TryAgain
from tablewright.data_access.transport.unanswered_errors import Silence

if TYPE_CHECKING:
    from collections.abc import Mapping

# botocore puts the status in the place of the name where an answer, of a proxy perhaps, has none.
_THROTTLED: Final = frozenset(
    {
        "LimitExceededException",
        "ProvisionedThroughputExceeded",  # in the reasons of a cancelled transaction
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "429",
        "Throttling",
        "ThrottlingError",  # as above
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
    "InvalidSignatureException": "the credentials, or the clock of this machine, are no good",
    "InvalidClientTokenId": "the credentials are no good",
    "MissingAuthenticationTokenException": "there are no credentials",
    "OptInRequired": "the account may not use the service",
    "ResourceNotFoundException": "there is no such table or index; see name, region and account",
    "UnrecognizedClientException": "the credentials are no good",
}
_OF_CREDENTIALS: Final = frozenset(
    {
        "AssumeRole",
        "AssumeRoleWithWebIdentity",
        "CreateOAuth2Token",
        "CreateToken",
        "GetRoleCredentials",
    }
)
"""Operations by which the SDK gets credentials, on the way to one of DynamoDB's."""
_AFTER: Final = {Silence.NOT_SENT: Again.UNAVAILABLE, Silence.HELD_BACK: Again.THROTTLED}
_FIRST_SERVER_ERROR: Final = 500
_UNANSWERED: Final = frozenset(
    {
        "408",
        "InternalServerError",
        "RequestTimeout",
        "RequestTimeoutException",
        "ServiceUnavailable",
    }
)
_TOO_LARGE: Final = "413"
_MOST_TOLD: Final = 200
_PASSED: Final = frozenset({"None", "ConditionalCheckFailed"})


def judge(error: Exception, operation: str, *, writes: bool) -> Exception:
    """Return what an error of the SDK means: TryAgain, or the error to raise.

    `writes` tells whether the operation changes something: then one that was sent and not answered
    may have happened.
    """
    unanswered = TryAgain(Again.UNANSWERED if writes else Again.UNAVAILABLE)
    if isinstance(error, sdk.ClientError):
        if error.operation_name in _OF_CREDENTIALS:
            return _without_credentials(error, operation)
        return _answered(error, operation, unanswered)
    silence = unanswered_errors.judge(error)
    if silence in _AFTER:
        return TryAgain(_AFTER[silence])
    if silence is Silence.UNANSWERED:
        return unanswered
    if silence is Silence.MALFORMED:
        return InvalidInput(f"{operation}: the request is malformed ({error})")
    return Misconfigured(f"{operation}: {error}; see credentials, region and endpoint")


def _answered(error: sdk.ClientError, operation: str, unanswered: TryAgain) -> Exception:
    response: Mapping[str, Any] = error.response
    code, message, status = _said(error)
    if code == "ConditionalCheckFailedException":
        return ConditionFailed(response.get("Item") or None)
    if code == "TransactionCanceledException":
        return _cancelled(tuple(response.get("CancellationReasons") or ()), operation, message)
    if code in _AGAIN:
        return TryAgain(_AGAIN[code])
    if code not in _SURROUNDINGS and (status >= _FIRST_SERVER_ERROR or code in _UNANSWERED):
        return unanswered
    return _refused(operation, code, message)


def _said(error: sdk.ClientError) -> tuple[str, str, int]:
    response: Mapping[str, Any] = error.response
    told = response.get("Error", {})
    status = int(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    return str(told.get("Code", "")), str(told.get("Message", "")), status


def _without_credentials(error: sdk.ClientError, operation: str) -> Exception:
    """Judge an error of the service that gives credentials; of the operation nothing was sent."""
    code, _, status = _said(error)
    if status >= _FIRST_SERVER_ERROR or code in _THROTTLED or code in _UNANSWERED:
        return TryAgain(Again.UNAVAILABLE)
    return Misconfigured(f"{operation}: no credentials, for {error}")


def _refused(operation: str, code: str, message: str) -> DataAccessError:
    said = f"{operation}: {code}: {message}"
    if code in _SURROUNDINGS:
        return Misconfigured(f"{operation}: {_SURROUNDINGS[code]} ({code}: {message})")
    if code.isdigit() and code != _TOO_LARGE:
        return Misconfigured(
            f"{operation}: something that is not DynamoDB answered with status {code} "
            f"({message[:_MOST_TOLD]}); see endpoint and proxy"
        )
    if "specified index" in message:
        return Misconfigured(f"{said}; deploy the index, or name the table that has it")
    if "Item size" in message:
        return ItemTooLarge(said)
    return InvalidInput(said)


def _cancelled(reasons: tuple[Mapping[str, Any], ...], operation: str, message: str) -> Exception:
    codes = {str(each.get("Code", "None")) for each in reasons}
    # First what was not looked at: of an operation that is repeated, a part whose condition fails
    # may be one that it changed, and the item that would bear witness the one that was busy.
    if codes & _CONFLICT:
        return TryAgain(Again.CONFLICT)
    if codes & _THROTTLED:
        return TryAgain(Again.THROTTLED)
    if "ConditionalCheckFailed" in codes:
        return Cancelled(reasons)
    failed = sorted(codes - _PASSED)
    return _refused(operation, ", ".join(failed) or "TransactionCanceledException", message)
