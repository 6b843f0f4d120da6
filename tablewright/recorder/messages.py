"""What a program logs while it runs."""

from typing import Final

from pulumi.runtime.proto import engine_pb2

from .recording import Message, Severity
from .wire import Empty

SEVERITIES: Final[dict[int, Severity]] = {
    engine_pb2.INFO: "info",
    engine_pb2.WARNING: "warning",
    engine_pb2.ERROR: "error",
}


class MessageLog:
    """Stands in for the engine's log; the SDK calls it by the protocol's names."""

    def __init__(self) -> None:
        self._messages: list[Message] = []

    @property
    def messages(self) -> tuple[Message, ...]:
        """Every message in order; the SDK's own debug lines are left out."""
        return tuple(self._messages)

    def keep(self, request: engine_pb2.LogRequest) -> Empty:
        """Keep one message."""
        severity = SEVERITIES.get(request.severity)
        if severity is not None:
            self._messages.append(
                Message(severity=severity, text=request.message, urn=request.urn or None)
            )
        return Empty()

    def accept_version(self, _request: engine_pb2.RequirePulumiVersionRequest) -> Empty:
        """Accept what a program demands of the command-line program: there is none to judge."""
        return Empty()

    # The names of the protocol.
    Log = keep
    RequirePulumiVersion = accept_version
