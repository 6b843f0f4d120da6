"""The providers of a recorded program's resources, as the engine shows them to a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi.runtime.proto import analyzer_pb2 as proto

from tablewright.recorder.wire import write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tablewright.recorder import Registration

_PROVIDER: Final = "pulumi:providers:"


class Providers:
    """The explicit providers of a program; of a default one a recording knows nothing."""

    def __init__(self, registrations: Iterable[Registration]) -> None:
        self._by_urn = {
            each.urn: proto.AnalyzerProviderResource(
                type=each.type,
                name=each.name,
                urn=each.urn,
                properties=write(each.inputs, each.secret_inputs),
            )
            for each in registrations
            if each.type.startswith(_PROVIDER)
        }

    def of(self, registration: Registration) -> Any:  # noqa: ANN401 -- protobuf
        """Return the provider of a resource, None for a default one."""
        urn = registration.provider.rpartition("::")[0]  # an id follows it
        return self._by_urn.get(urn)
