"""One client and one deadline: every request of this package goes through here.

botocore repeats what it knows to be safe to repeat; what it gives up early (a transaction that met
another, throttling) is repeated here until the deadline, with the same request and so with the same
token.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from tablewright.data_access.transport import failures
from tablewright.data_access.transport.failures import Again
from tablewright.data_access.transport.fast_path import MALFORMED
from tablewright.data_access.transport.timing import Patience

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_READS: Final = frozenset({"get_item", "query", "batch_get_item", "transact_get_items"})


@dataclass(frozen=True)
class Wire:
    """Sends requests; raises DataAccessError, ConditionFailed or Cancelled, and nothing else."""

    client: DynamoDBClient
    patience: Patience = field(default_factory=Patience)

    def send(self, operation: str, **request: Any) -> dict[str, Any]:  # noqa: ANN401 -- as boto3 takes it
        """Send a request of the low-level client, such as `get_item`, and return the response."""
        deadline = self.patience.start()
        while True:
            outcome = self._attempt(operation, request)
            if isinstance(outcome, dict):
                return outcome
            if not deadline.pause():
                raise outcome.error(operation, deadline.attempts)

    def _attempt(self, operation: str, request: dict[str, Any]) -> dict[str, Any] | Again:
        writes = operation not in _READS
        try:
            response: dict[str, Any] = getattr(self.client, operation)(**request)
        except (ClientError, BotoCoreError) as error:
            meaning = failures.judge(error, operation, writes=writes)
            if isinstance(meaning, Again):
                return meaning
            raise meaning from error
        if MALFORMED not in response:
            return response
        unreadable = failures.malformed(operation, writes=writes)
        if isinstance(unreadable, Again):
            return unreadable
        raise unreadable
