"""The errors of the recorder."""


class RecorderError(Exception):
    """Anything that keeps the recorder from recording a program."""


class ProgramError(RecorderError):
    """A program or its backend failed at a resource; the original error is the cause."""


class ConfigurationFileError(RecorderError):
    """A stack's configuration cannot be read from its files."""
