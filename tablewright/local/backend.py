"""What stands behind the recorder in a local run: the handlers and the invokes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import UNANSWERED, EmulatorError, RefusedError
from .invokes import answer
from .resources import handler_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tablewright.recorder import Registration

    from .clients import Clients

    OnResource = Callable[[Registration], None]


class EmulatorBackend:
    """Creates every registered resource in the emulator; `on_resource` hears of each one."""

    def __init__(self, clients: Clients, on_resource: OnResource | None = None) -> None:
        self._clients = clients
        self._on_resource = on_resource

    def create(self, registration: Registration) -> tuple[str, Mapping[str, Any]]:
        """Check the inputs, create the resource and return its id and its outputs."""
        handler = handler_for(registration.type)
        if problems := handler.check(registration.inputs):
            raise RefusedError("; ".join(f"{name}: {reason}" for name, reason in problems))
        clients = self._clients.in_region(registration.inputs.get("region"))
        try:
            id_, outputs = handler.create(clients, registration.inputs)
        except UNANSWERED as error:
            raise self._silence() from error
        if self._on_resource:
            self._on_resource(registration)
        return id_, outputs

    def invoke(self, token: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answer a provider function from the emulator."""
        try:
            return answer(self._clients, token, arguments)
        except UNANSWERED as error:
            raise self._silence() from error

    def _silence(self) -> EmulatorError:
        return EmulatorError(
            f"the emulator at {self._clients.endpoint} does not answer; it has stopped, or it never"
            " served there. Start it and run again"
        )
