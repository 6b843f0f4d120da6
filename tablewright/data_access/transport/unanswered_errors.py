"""Errors of botocore without an answer of DynamoDB: whether a request can have arrived.

Every class of `botocore.exceptions` falls under one of these, by the nearest class that is named;
a test demands that it was decided for each.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from botocore import exceptions as sdk


class Silence(Enum):
    """Why DynamoDB did not answer."""

    NOT_SENT = auto()
    """There was no connection, so nothing can have been applied."""
    HELD_BACK = auto()
    """The SDK itself held the request back for capacity."""
    UNANSWERED = auto()
    """It was sent, or part of it, and no whole answer came."""
    MALFORMED = auto()
    """The request is none that the operation takes."""
    SURROUNDINGS = auto()
    """Credentials, region, endpoint, or the installation are no good."""


_DECIDED: Final[dict[type[BaseException], Silence]] = {
    sdk.ConnectTimeoutError: Silence.NOT_SENT,
    sdk.EndpointConnectionError: Silence.NOT_SENT,
    sdk.ProxyConnectionError: Silence.NOT_SENT,
    sdk.CapacityNotAvailableError: Silence.HELD_BACK,
    sdk.ConnectionError: Silence.UNANSWERED,  # SSLError too, for it may come in the middle
    sdk.HTTPClientError: Silence.UNANSWERED,
    sdk.IncompleteReadError: Silence.UNANSWERED,
    sdk.ChecksumError: Silence.UNANSWERED,
    sdk.FlexibleChecksumError: Silence.UNANSWERED,
    sdk.MissingParametersError: Silence.MALFORMED,
    sdk.ParamValidationError: Silence.MALFORMED,
    sdk.ValidationError: Silence.MALFORMED,
    sdk.InvalidRegionError: Silence.SURROUNDINGS,
}
_NO_TRUST: Final = "CERTIFICATE_VERIFY_FAILED"


def judge(error: Exception) -> Silence:
    """Return what an error without an answer says; credentials and settings are the usual cause."""
    if isinstance(error, sdk.SSLError) and _NO_TRUST in str(error):
        return Silence.SURROUNDINGS
    decided = (_DECIDED[each] for each in type(error).__mro__ if each in _DECIDED)
    return next(decided, Silence.SURROUNDINGS)
