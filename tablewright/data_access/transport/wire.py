"""One client and one deadline: every request of this package goes through here.

The client itself makes a single attempt (`ClientSettings.attempts`), so that all attempts, all
pauses and the knowledge whether one of them may have been applied are in one place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from tablewright.data_access.errors import DataAccessError, Misconfigured
from tablewright.data_access.transport import judgement
from tablewright.data_access.transport.failures import Again, TryAgain
from tablewright.data_access.transport.fast_path import MALFORMED
from tablewright.data_access.transport.timing import Patience

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb import DynamoDBClient

    from tablewright.data_access.transport.timing import Deadline

_READS: Final = frozenset(
    {"get_item", "query", "batch_get_item", "transact_get_items", "get_parameter"}
)
_HOLDS: Final = {"query": "Items", "batch_get_item": "Responses", "get_parameter": "Parameter"}
"""What an answer of DynamoDB always has; another JSON object is somebody else's."""


@dataclass(frozen=True)
class Wire:
    """Sends requests; raises DataAccessError, ConditionFailed or Cancelled, and nothing else."""

    client: DynamoDBClient
    patience: Patience = field(default_factory=Patience)

    def send(self, operation: str, **request: Any) -> dict[str, Any]:  # noqa: ANN401 -- as boto3 takes it
        """Send a request of the low-level client, such as `get_item`, and return the response.

        It is repeated unchanged until the deadline while that may help, so a write must be one that
        counts once however often it arrives. The last attempt begins before the deadline and may
        end after it, by the client's own timeouts.
        """
        return self.send_within(self.patience.start(), operation, **request)

    def send_within(
        self,
        deadline: Deadline,
        operation: str,
        /,
        **request: Any,  # noqa: ANN401 -- as boto3 takes it
    ) -> dict[str, Any]:
        """Send one of several requests that share a deadline."""
        deadline = deadline.afresh()
        may_have_happened = False
        while True:
            try:
                return self._attempt(operation, request)
            except TryAgain as trouble:
                may_have_happened |= trouble.why is Again.UNANSWERED
                if not deadline.pause():
                    why = Again.UNANSWERED if may_have_happened else trouble.why
                    raise why.error(operation, deadline.attempts) from trouble.__cause__
            except DataAccessError as error:
                if may_have_happened:
                    raise Again.UNANSWERED.error(operation, deadline.attempts) from error
                raise

    def _attempt(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        writes = operation not in _READS
        try:
            response: dict[str, Any] = getattr(self.client, operation)(**request)
        except (ClientError, BotoCoreError, RuntimeError, ValueError) as error:
            # The last two are how botocore says that refreshed credentials are no good.
            raise _placed(judgement.judge(error, operation, writes=writes), request) from error
        needed = "Attributes" if "ReturnValues" in request else _HOLDS.get(operation)
        if MALFORMED in response or (needed and needed not in response):
            raise TryAgain(Again.UNANSWERED if writes else Again.UNAVAILABLE)
        return response


def _placed(error: Exception, request: Mapping[str, Any]) -> Exception:
    """Name the tables in an error of the surroundings, for AWS often does not."""
    actions = [of for action in request.get("TransactItems", ()) for of in action.values()]
    tables = [
        *request.get("RequestItems", ()),
        *(of["TableName"] for of in (request, *actions) if "TableName" in of),
    ]
    if not isinstance(error, Misconfigured) or not tables:
        return error
    places = ", ".join(f"table {name!r}" for name in dict.fromkeys(tables))
    index = f" (index {request['IndexName']!r})" if "IndexName" in request else ""
    return Misconfigured(f"{error}; it was asked of {places}{index}")
