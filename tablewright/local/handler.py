"""What a resource type needs to live in the emulator: one handler with its whole life."""

from collections.abc import Mapping
from typing import Any, Protocol

from .clients import Clients

Inputs = Mapping[str, Any]
Outputs = dict[str, Any]
Problem = tuple[str, str]


class Handler(Protocol):
    """Creates, reads, updates and deletes the resources of one type; keeps no state.

    Inputs and outputs are plain values under the provider's names (camelCase), secrets unwrapped.
    `old` and `new` are always inputs. Where an operation needs what is there now, the handler asks
    the endpoint, so it may be repeated after a failure.
    """

    type_token: str
    replace_on: frozenset[str]
    """Inputs whose change always replaces the resource, without positions in lists."""

    def check(self, inputs: Inputs) -> list[Problem]:
        """List every problem as (property, reason); values not known yet are let pass."""
        ...

    def replacements(self, old: Inputs, new: Inputs) -> frozenset[str]:
        """Name the inputs, beyond `replace_on`, whose values make this change a replacement."""
        ...

    def create(self, clients: Clients, inputs: Inputs) -> tuple[str, Outputs]:
        """Create the resource and return its id and its outputs."""
        ...

    def read(self, clients: Clients, id: str, inputs: Inputs) -> Outputs | None:  # noqa: A002 -- the provider's word
        """Give the outputs as the endpoint has them now; None when the resource is gone."""
        ...

    def update(self, clients: Clients, id: str, old: Inputs, new: Inputs) -> Outputs:  # noqa: A002 -- as above
        """Bring the resource to the new inputs in place and return its outputs."""
        ...

    def delete(self, clients: Clients, id: str, outputs: Inputs) -> None:  # noqa: A002 -- as above
        """Delete the resource; one that is gone already is no error."""
        ...


class BaseHandler:
    """What most handlers share: required inputs, and replacement by property alone."""

    type_token: str
    replace_on: frozenset[str] = frozenset()
    required: tuple[str, ...] = ()

    def check(self, inputs: Inputs) -> list[Problem]:
        """List every required input that is missing or empty."""
        return [
            (name, "is required; give it a value") for name in self.required if _empty(inputs, name)
        ]

    def replacements(self, old: Inputs, new: Inputs) -> frozenset[str]:  # noqa: ARG002 -- the protocol's
        """Name nothing: `replace_on` says it all for most types."""
        return frozenset()


def _empty(inputs: Inputs, name: str) -> bool:
    return inputs.get(name) in (None, "")
