"""The health check: whether this process reads from DynamoDB, as the application would.

It reads one item that need not be there (seed 004 described the table instead, which is a call of
the control plane with a permission of its own, and proves no access to data). It never raises, and
it ends in time whatever hangs.

```python
check = HealthCheck()           # once
if not check().is_connected: …  # at every probe
```
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tablewright.data_access import health_report
from tablewright.data_access.connection import Connection
from tablewright.data_access.errors import DataAccessError, Misconfigured
from tablewright.data_access.health_report import Health, Reason, Status
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.cursors import LEAST_KEY_BYTES, CursorKey, Cursors
from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.repository.records import Record
from tablewright.data_access.table_names import TableNames
from tablewright.data_access.transport.client import ClientSettings, make_client
from tablewright.data_access.transport.timing import Patience
from tablewright.data_access.transport.wire import Wire
from tablewright.models.catalog import application_table as model

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Health", "HealthCheck", "HealthRepository", "Reason", "Status", "check_health"]

TIMEOUT_SECONDS: Final = 1.0
"""For connecting, and for an answer."""
LIMIT_SECONDS: Final = 3.0
"""For all of a check: names, credentials, proxies and the answer."""
SLOW_MILLISECONDS: Final = 500.0


class _Marker(Record):
    """The item of the check, which nobody writes."""


_MARKER: Final = Kind(model.APPLICATION_TABLE, model.HEALTH, _Marker)


class HealthRepository(BaseRepository):
    """Checks by a connection that is there, whose patience says how often it tries."""

    model = model.APPLICATION_TABLE

    @performs("check_health")
    def check_health(self) -> Health:
        """Read an item that need not be there, and say how that went."""
        try:
            self._table(_MARKER)
        except Misconfigured as error:
            return Health(status=Status.ERROR, reason=Reason.NO_NAME, detail=str(error))
        except DataAccessError as error:
            return health_report.of_error(error, 0.0)
        clock = self._connection.wire.patience.clock
        started = clock.monotonic()
        try:
            self._get_item("check_health", _MARKER, {})
        except DataAccessError as error:
            return health_report.of_error(error, (clock.monotonic() - started) * 1000)
        latency = (clock.monotonic() - started) * 1000
        reason = Reason.SLOW if latency > SLOW_MILLISECONDS else Reason.ANSWERED
        return Health(status=Status.CONNECTED, reason=reason, latency_milliseconds=latency)


class HealthCheck:
    """A check with a client of its own: one attempt, short timeouts, a limit for all of it.

    Make one and call it at every probe. Looking up a host has no timeout, and credentials and
    proxies have others, so each check runs in a daemon thread, which is left alone at the limit;
    while one hangs, no other is started. Arguments are those of `connect`.
    """

    def __init__(
        self,
        *,
        tables: Mapping[str, str] | None = None,
        prefix: str | None = None,
        settings: ClientSettings | None = None,
        limit_seconds: float = LIMIT_SECONDS,
    ) -> None:
        self._settings = _short(settings or ClientSettings())
        self._patience = Patience(deadline_seconds=0)
        self._names = TableNames(
            given=tables or {}, prefix=prefix, patience=self._patience, settings=self._settings
        )
        self._limit = limit_seconds
        self._repository: HealthRepository | None = None
        self._running: threading.Thread | None = None
        self._lock = threading.Lock()

    def __call__(self) -> Health:
        """Return within the limit how the connection is; never raises."""
        found: list[Health] = []
        try:
            running = self._start(found)
        except RuntimeError as error:  # no room for another thread
            return _unexpected(error)
        if running is None:
            return self._too_late("the check before this one has not ended")
        running.join(self._limit)
        if not found:
            return self._too_late("names, credentials, proxies or DynamoDB took too long")
        return found[0]

    def _start(self, found: list[Health]) -> threading.Thread | None:
        """Start a check unless one hangs."""
        with self._lock:
            if self._running and self._running.is_alive():
                return None
            name = "tablewright-health-check"
            self._running = threading.Thread(
                target=self._check, args=(found,), name=name, daemon=True
            )
            self._running.start()
            return self._running

    def _check(self, found: list[Health]) -> None:
        try:
            found.append(self._connected().check_health())
        except DataAccessError as error:
            found.append(health_report.of_error(error, 0.0))
        except Exception as error:  # noqa: BLE001 -- a probe gets an answer, whatever it is
            found.append(_unexpected(error))

    def _connected(self) -> HealthRepository:
        if self._repository is None:
            # In the thread, because a client looks for credentials when it is made.
            wire = Wire(make_client(self._settings), self._patience)
            none = Cursors([CursorKey("none", bytes(LEAST_KEY_BYTES))])
            connection = Connection(wire=wire, tables=self._names, cursors=none)
            self._repository = HealthRepository(connection)
        return self._repository

    def _too_late(self, detail: str) -> Health:
        return Health(
            status=Status.DISCONNECTED,
            reason=Reason.TIMEOUT,
            latency_milliseconds=self._limit * 1000,
            detail=detail,
        )


def check_health(
    *,
    tables: Mapping[str, str] | None = None,
    prefix: str | None = None,
    settings: ClientSettings | None = None,
    limit_seconds: float = LIMIT_SECONDS,
) -> Health:
    """Check once; whoever checks often makes a HealthCheck, which keeps its client."""
    check = HealthCheck(
        tables=tables, prefix=prefix, settings=settings, limit_seconds=limit_seconds
    )
    return check()


def _unexpected(error: Exception) -> Health:
    return Health(
        status=Status.ERROR, reason=Reason.OTHER, detail=f"{type(error).__name__}: {error}"
    )


def _short(settings: ClientSettings) -> ClientSettings:
    return replace(
        settings,
        attempts=1,
        connections=1,
        connect_timeout_seconds=min(settings.connect_timeout_seconds, TIMEOUT_SECONDS),
        read_timeout_seconds=min(settings.read_timeout_seconds, TIMEOUT_SECONDS),
    )
