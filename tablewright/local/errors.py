"""The errors of the local run."""


class LocalError(Exception):
    """Anything that keeps a stack from running on this machine."""


class UnsupportedTypeError(LocalError):
    """A resource type without a handler, or a lookup without an answer."""


class RefusedError(LocalError):
    """A request that AWS would refuse, or that the emulator cannot do."""


class EmulatorError(LocalError):
    """The emulator did not start, or stopped before its work was done."""
