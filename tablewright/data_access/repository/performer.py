"""What performing an access pattern takes: its declaration, its table, and what a refusal means."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from tablewright.data_access.errors import (
    AlreadyExists,
    DataAccessError,
    Incomplete,
    NotFound,
    Retryable,
    UnknownOutcome,
    VersionConflict,
)
from tablewright.data_access.repository.conditions import demanded
from tablewright.data_access.values.codec import Item
from tablewright.models import ModelError, WriteCondition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tablewright.data_access.connection import Connection
    from tablewright.data_access.repository.expressions import Condition
    from tablewright.data_access.repository.kinds import Kind
    from tablewright.models import AccessPattern, DataModel, Operation

Refusal = Callable[[Item | None], DataAccessError | None]
"""Turns the item that a condition met into the error to raise; None for the usual one."""
KEPT: Final = {"ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
"""Asks for the item that a condition met, which tells whose write was there first."""


class Performer:
    """A repository's connection, and the model whose access patterns it performs."""

    model: DataModel

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._send = connection.wire.send

    def _refusal(
        self,
        kind: Kind[Any],
        fields: Mapping[str, object],
        condition: WriteCondition,
        item: Item | None,
        refused: Refusal | None,
    ) -> DataAccessError:
        """Return the error for a condition that did not hold."""
        own = refused(item) if refused else None
        if own is not None:
            return own
        if condition is WriteCondition.ABSENT:
            return AlreadyExists(f"there is {kind.article} {kind.named(fields)} already")
        if item is None or not kind.is_live(item, self._connection.now_in_seconds()):
            return NotFound(f"there is no {kind.named(fields)}")
        return VersionConflict(f"{kind.named(fields)} has changed meanwhile; read it again")

    def _demanded(
        self, kind: Kind[Any], condition: WriteCondition, *, marked: bool = False
    ) -> Condition:
        now = self._connection.now_in_seconds() if kind.ttl else 0
        return demanded(kind, condition, now, marked=marked)

    def _declared(self, pattern: str, operation: Operation) -> AccessPattern:
        declared = self.model.pattern(pattern)
        if declared.operation is not operation:
            raise ModelError(f"access pattern {pattern!r} is a {declared.operation}")
        return declared

    def _table(self, kind: Kind[Any]) -> str:
        return self._connection.tables.name(kind.table)

    @contextmanager
    def _repeatable(self, **arguments: str) -> Iterator[None]:
        """Tell whoever meets UnknownOutcome by which arguments the call is repeated safely."""
        try:
            yield
        except UnknownOutcome as error:
            error.repeat_with = {**error.repeat_with, **arguments}
            raise

    @contextmanager
    def _behind_write(self, written: str, **arguments: str) -> Iterator[None]:
        """Tell of a read behind a write that something was written, and how to repeat the call."""
        try:
            yield
        except Retryable as error:
            unknown = UnknownOutcome(f"{written}, and then {error}")
            unknown.repeat_with = arguments
            raise unknown from error

    @contextmanager
    def _going_on(self, what: str, *leftovers: object) -> Iterator[None]:
        """Tell of a request in the middle of many that the earlier ones were done."""
        try:
            yield
        except Retryable as error:
            raise Incomplete(
                f"{what} has begun, and stopped at {error}; call again to go on", leftovers
            ) from error
