"""The errors of the operations, and which errors are the user's to mend."""

from tablewright.environment import ConfigurationError, LabelError
from tablewright.local.errors import LocalError
from tablewright.models import ModelError
from tablewright.recorder import RecorderError


class OperationError(Exception):
    """A command that cannot do what it was asked; says why and what to do instead."""


EXPECTED_ERRORS = (
    ConfigurationError,
    LabelError,
    LocalError,
    ModelError,
    OperationError,
    RecorderError,
)
"""Errors whose message says everything: shown without a traceback."""
