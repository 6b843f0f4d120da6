"""The fast path: responses parsed by orjson in place of botocore's parser.

botocore walks the service model for every value of a response, which takes nine tenths of the CPU
of a query; DynamoDB's responses are JSON in exactly the shape that the codec reads. A handler of
the event `before-parse` fills in the result and leaves the parser nothing to do. Errors keep
botocore's path. Binary values stay base64 text, which the codec understands.

A response of status 200 that is no JSON would read as an empty one, so that a GetItem would seem to
find nothing. It is marked as `MALFORMED` instead, and an error is raised for it.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, Final

import orjson
from botocore.awsrequest import AWSResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_dynamodb import DynamoDBClient

MALFORMED: Final = "tablewright:malformed"
"""Set in a response that was no JSON object."""

OPERATIONS: Final = (
    "GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "BatchGetItem", "BatchWriteItem",
    "TransactGetItems", "TransactWriteItems",
)  # fmt: skip

_FIRST_ERROR_STATUS: Final = 300
_ID: Final = "tablewright-fast-path"
_log = logging.getLogger(__name__)


def install(client: DynamoDBClient) -> None:
    """Have a client parse the data operations fast; before threads share it."""
    for operation in OPERATIONS:
        event = f"before-parse.dynamodb.{operation}"
        client.meta.events.register(event, _parse, unique_id=f"{_ID}-{operation}")


def works(make_client: Callable[[], DynamoDBClient]) -> bool:
    """Tell whether the fast path gives what botocore gives, on a throwaway client, without network.

    Another version of botocore may no longer have the event, or do something else with it; then a
    warning is logged, and the caller goes without.
    """
    try:
        usual = _answer(make_client())
        fast_client = make_client()
        install(fast_client)
        left_to_botocore: list[bytes] = []
        fast_client.meta.events.register(
            "before-parse.dynamodb.Query",
            lambda response_dict, **_: left_to_botocore.append(response_dict["body"]),
        )
        fast = _answer(fast_client)
    except Exception as error:  # noqa: BLE001 -- whatever is wrong, the usual path is there
        _log.warning("the fast path cannot be used (%s); responses are parsed by botocore", error)
        return False
    if usual != fast or left_to_botocore != [b""]:
        _log.warning("the fast path reads other values than botocore, which goes on parsing")
        return False
    return True


_CANNED: Final = {
    "Items": [{"PK": {"S": "é"}, "n": {"N": "1.5"}, "l": {"L": [{"BOOL": True}, {"NULL": True}]}}],
    "Count": 1,
    "ScannedCount": 2,
    "LastEvaluatedKey": {"PK": {"S": "é"}},
}


class _Raw:
    """The body of a canned response."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: object) -> list[bytes]:
        """Return the body at once."""
        return [self._body]


def canned(request: Any, status: int, body: bytes) -> Any:  # noqa: ANN401 -- botocore's
    """Return a response that no network gave, for `before-send`."""
    headers: Any = {"x-amzn-requestid": "canned"}
    return AWSResponse(request.url, status, headers, _Raw(body))


def _answer(client: DynamoDBClient) -> dict[str, Any]:
    """Return what a client makes of a response that is the same every time."""
    body = json.dumps(_CANNED).encode()
    client.meta.events.register(
        "before-send.dynamodb.Query", lambda request, **_: canned(request, 200, body)
    )
    reply: dict[str, Any] = dict(
        client.query(
            TableName="canned",
            KeyConditionExpression="PK = :k",
            ExpressionAttributeValues={":k": {"S": "é"}},
        )
    )
    reply.pop("ResponseMetadata")
    return reply


def _parse(
    response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: object
) -> None:
    if response_dict["status_code"] >= _FIRST_ERROR_STATUS:
        return
    try:
        body = orjson.loads(response_dict["body"])
    except ValueError:
        body = None
    customized_response_dict.update(body if isinstance(body, dict) else {MALFORMED: True})
    response_dict["body"] = b""
