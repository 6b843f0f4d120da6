"""What was asked of UpdateTable, also where the emulator does not tell the effect."""

from typing import Any

from tablewright.local.clients import Clients

_EVENT = "provide-client-params.dynamodb.UpdateTable"


class UpdateLog:
    """Keeps the requests of UpdateTable on their way out, until it is stopped."""

    def __init__(self, clients: Clients) -> None:
        self.requests: list[dict[str, Any]] = []
        self._events = clients.dynamodb.meta.events
        self._events.register(_EVENT, self._keep, unique_id="update-log")

    def stop(self) -> None:
        """Keep no more."""
        self._events.unregister(_EVENT, unique_id="update-log")

    @property
    def index_changes(self) -> list[list[tuple[str, str]]]:
        """For each request that changes indexes: the kinds of change and the indexes."""
        return [
            [(kind, change[kind]["IndexName"]) for change in changes for kind in change]
            for changes in (one.get("GlobalSecondaryIndexUpdates") for one in self.requests)
            if changes
        ]

    def _keep(self, params: dict[str, Any], **_: object) -> None:
        self.requests.append(params)
