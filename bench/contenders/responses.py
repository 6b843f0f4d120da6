"""Responses that no network gave: each contender reads what it wrote itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tablewright.data_access.transport.fast_path import canned

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = 100


@dataclass(frozen=True, kw_only=True)
class Contender:
    """One way to store and read records; each call is one request."""

    name: str
    put: Callable[[], object]
    get: Callable[[], object]
    query: Callable[[], object]


class Responses:
    """Answers a client's requests before they are sent.

    A put is remembered: its item is what a get finds, and what a query finds 100 times. A query is
    answered from `more` pages, each but the last with the key of the next.
    """

    def __init__(self, client: Any) -> None:  # noqa: ANN401 -- boto3's, and what others make of it
        self.item: dict[str, Any] = {}
        self.more = 0
        self._bodies = {"PutItem": b"{}", "GetItem": b"{}", "Query": b"{}"}
        self._followed = b"{}"
        for operation in self._bodies:
            client.meta.events.register(f"before-send.dynamodb.{operation}", self._answer)

    def _answer(self, request: Any, event_name: str, **_: object) -> Any:  # noqa: ANN401 -- botocore's
        operation = event_name.rpartition(".")[2]
        if operation == "PutItem" and not self.item:
            self._remember(json.loads(request.body)["Item"])
        body = self._bodies[operation]
        if operation == "Query" and self.more:
            self.more -= 1
            body = self._followed
        return canned(request, 200, body)

    def _remember(self, item: dict[str, Any]) -> None:
        self.item = item
        page = {"Items": [item] * PAGE, "Count": PAGE, "ScannedCount": PAGE}
        start = {name: item[name] for name in ("userId", "sortKey")}
        self._bodies["GetItem"] = _json({"Item": item})
        self._bodies["Query"] = _json(page)
        self._followed = _json({**page, "LastEvaluatedKey": start})

    @property
    def attributes(self) -> int:
        """How many attributes the item has."""
        return len(self.item)


def _json(body: object) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()
