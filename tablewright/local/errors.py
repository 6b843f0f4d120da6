"""The errors of the local run, and those of the SDK that mean a silent emulator."""

from botocore import exceptions as aws
from botocore.parsers import ResponseParserError

UNANSWERED = (aws.ConnectionError, aws.HTTPClientError, ResponseParserError)
"""What the SDK raises where nobody answers, or where an answer breaks off."""


class LocalError(Exception):
    """Anything that keeps a stack from running on this machine."""


class UnsupportedTypeError(LocalError):
    """A resource type without a handler, or a lookup without an answer."""


class RefusedError(LocalError):
    """A request that AWS would refuse, or that the emulator cannot do."""


class EmulatorError(LocalError):
    """The emulator did not start, or stopped before its work was done."""
