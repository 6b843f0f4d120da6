"""Reads an existing table; what cannot be read ends the look, for nothing is adopted unseen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from tablewright.operations.adopt.described import described_inputs
from tablewright.operations.errors import OperationError
from tablewright.operations.verify.check import Status
from tablewright.operations.verify.comparison import Comparison
from tablewright.operations.verify.tables import table_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tablewright.operations.adopt.described import Inputs
    from tablewright.operations.endpoint import Endpoint

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Look:
    """One look at an endpoint."""

    endpoint: Endpoint

    def inputs_of(self, name: str, declared: Mapping[str, Any]) -> Inputs | None:
        """Return a table as inputs, None where there is none; OperationError where it is refused.

        So is a table that AWS is changing, as nobody knows what it will be.
        """
        client = self.endpoint.dynamodb
        answer: Any = self._asked(name, lambda: client.describe_table(TableName=name))
        if answer is None:
            return None
        table = answer["Table"]
        if table.get("TableStatus") != "ACTIVE":
            raise OperationError(
                f"table {name!r} is {table.get('TableStatus')}, so what it will be is not known; "
                "look again when it is ACTIVE"
            )
        ttl: Any = self._asked(name, lambda: client.describe_time_to_live(TableName=name))
        backups: Any = self._asked(name, lambda: client.describe_continuous_backups(TableName=name))
        tags: Any = self._asked(name, lambda: table_tags(client, table["TableArn"]))
        if None in (ttl, backups, tags):
            raise OperationError(f"table {name!r} went while it was read; look again")
        return described_inputs(
            table,
            ttl=ttl["TimeToLiveDescription"],
            backups=backups["ContinuousBackupsDescription"],
            tags=tags,
            declared=declared,
        )

    def _asked(self, name: str, call: Callable[[], Answer]) -> Answer | None:
        into = Comparison(str(self.endpoint))
        answer = into.read(f"table {name}", "existence", call)
        for check in into.checks:
            if check.status is Status.UNREADABLE:
                raise OperationError(
                    f"table {name!r} cannot be read: {check.actual}; to adopt it, an identity "
                    "needs dynamodb:DescribeTable, DescribeTimeToLive, "
                    "DescribeContinuousBackups and ListTagsOfResource on it"
                )
        return answer
