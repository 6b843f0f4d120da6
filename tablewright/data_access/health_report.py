"""What a health check finds: a word, a reason and the latency; and which error means which."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from botocore import exceptions as sdk

from tablewright.data_access.errors import DataAccessError, Misconfigured, Retryable, Throttled


class Status(StrEnum):
    """The three words of seed 004."""

    CONNECTED = "connected"
    DISCONNECTED = "disconnected"
    ERROR = "error"


class Reason(StrEnum):
    """Why a status is what it is, in words that give nothing away."""

    ANSWERED = "answered"
    SLOW = "slow"
    THROTTLED = "throttled"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    SERVER_ERROR = "server error"
    NO_NAME = "no table name"
    NO_TABLE = "no table"
    DENIED = "denied"
    CREDENTIALS = "credentials"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Health:
    """What a check found; `detail` is for logs alone, for it may name accounts and roles."""

    status: Status
    reason: Reason
    latency_milliseconds: float = 0.0
    detail: str = ""

    @property
    def is_connected(self) -> bool:
        """Tell whether the application can work; slowly, perhaps."""
        return self.status is Status.CONNECTED


_TIMEOUTS: Final = (sdk.ConnectTimeoutError, sdk.ReadTimeoutError)
_CODES: Final = {
    "AccessDeniedException": Reason.DENIED,
    "ExpiredTokenException": Reason.CREDENTIALS,
    "IncompleteSignatureException": Reason.CREDENTIALS,
    "InvalidClientTokenId": Reason.CREDENTIALS,
    "InvalidSignatureException": Reason.CREDENTIALS,
    "MissingAuthenticationTokenException": Reason.CREDENTIALS,
    "ResourceNotFoundException": Reason.NO_TABLE,
    "UnrecognizedClientException": Reason.CREDENTIALS,
}
_CREDENTIALS: Final = (
    sdk.CredentialRetrievalError,
    sdk.InvalidConfigError,
    sdk.LoginError,
    sdk.MetadataRetrievalError,
    sdk.NoAuthTokenError,
    sdk.NoCredentialsError,
    sdk.PartialCredentialsError,
    sdk.ProfileNotFound,
    sdk.RefreshWithMFAUnsupportedError,
    sdk.SSOError,
    sdk.TokenRetrievalError,
    sdk.UnknownCredentialError,
    RuntimeError,
)


def of_error(error: DataAccessError, latency_milliseconds: float) -> Health:
    """Return what an error of a check means: the way to DynamoDB, or what surrounds us."""
    cause = error.__cause__
    status, reason = Status.ERROR, Reason.OTHER
    if isinstance(error, Throttled):
        status, reason = Status.CONNECTED, Reason.THROTTLED
    elif isinstance(error, Retryable):
        status, reason = Status.DISCONNECTED, _of_silence(cause)
    elif isinstance(error, Misconfigured):
        reason = _of_surroundings(cause)
    return Health(
        status=status, reason=reason, latency_milliseconds=latency_milliseconds, detail=str(error)
    )


def _of_silence(cause: BaseException | None) -> Reason:
    if isinstance(cause, _TIMEOUTS):
        return Reason.TIMEOUT
    # Without a cause, something answered nonsense.
    answered = cause is None or isinstance(cause, sdk.ClientError)
    return Reason.SERVER_ERROR if answered else Reason.UNREACHABLE


def _of_surroundings(cause: BaseException | None) -> Reason:
    if isinstance(cause, sdk.ClientError):
        if cause.operation_name != "GetItem":
            return Reason.CREDENTIALS  # another service was asked for them
        return _CODES.get(str(cause.response.get("Error", {}).get("Code")), Reason.OTHER)
    return Reason.CREDENTIALS if isinstance(cause, _CREDENTIALS) else Reason.OTHER
