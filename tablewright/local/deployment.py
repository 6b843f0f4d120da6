"""The run without a Pulumi CLI: a stack's program under the recorder, deployed to an emulator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tablewright.recorder import Recording, load_configuration, record

from .backend import EmulatorBackend
from .clients import DEFAULT_REGION, Clients

if TYPE_CHECKING:
    from pathlib import Path

    from .backend import OnResource


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """What a run registered, and where it is deployed."""

    recording: Recording
    endpoint: str
    region: str

    @property
    def clients(self) -> Clients:
        """Make clients to look at what was deployed."""
        return Clients(self.endpoint, self.region)


def deploy(
    root: Path, stack: str, endpoint: str, on_resource: OnResource | None = None
) -> Deployment:
    """Run the project in `root` with a stack's configuration; create everything at the endpoint.

    `on_resource` hears of each resource that was created, from any thread. ProgramError names the
    first resource that could not be created, with the original error as its cause.
    """
    project, configuration = load_configuration(root, stack)
    region = configuration.get("aws:region", DEFAULT_REGION)
    backend = EmulatorBackend(Clients(endpoint, region), on_resource)
    recording = record(
        root, project=project, stack=stack, configuration=configuration, backend=backend
    )
    return Deployment(recording=recording, endpoint=endpoint, region=region)
