"""Runs a Pulumi program without an engine and returns what it registers, as the engine sees it."""

from .backend import Backend
from .errors import ConfigurationFileError, ProgramError, RecorderError
from .offline import OfflineBackend
from .program import record
from .recording import Message, Recording
from .registration import UNKNOWN, Registration, SourcePosition
from .stack_files import load_configuration

__all__ = [
    "UNKNOWN",
    "Backend",
    "ConfigurationFileError",
    "Message",
    "OfflineBackend",
    "ProgramError",
    "RecorderError",
    "Recording",
    "Registration",
    "SourcePosition",
    "load_configuration",
    "record",
]
