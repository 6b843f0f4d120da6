"""The fast path: responses parsed by orjson in place of botocore's parser.

botocore walks the service model for every value of a response, which takes nine tenths of the CPU
of a query; DynamoDB's responses are JSON in exactly the shape that the codec reads. A handler of
the event `before-parse` fills in the result and leaves the parser nothing to do. Errors keep
botocore's path. Binary values stay base64 text, which the codec understands.

A response of status 200 that is no JSON would read as an empty one, so that a GetItem would seem to
find nothing. It is marked as `MALFORMED` instead, and an error is raised for it, as for one whose
checksum is wrong (botocore compares it only where it would send the request again). A client that
botocore parses for is watched for the same.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import orjson
from botocore.awsrequest import AWSResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mypy_boto3_dynamodb import DynamoDBClient

MALFORMED: Final = "tablewright:malformed"
"""Set in a response that was no JSON object, or not the one that was sent."""

OPERATIONS: Final = (
    "GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "BatchGetItem", "BatchWriteItem",
    "TransactGetItems", "TransactWriteItems",
)  # fmt: skip

_FIRST_ERROR_STATUS: Final = 300
_CHECKSUM: Final = "x-amz-crc32"
_MOST_TOLD: Final = 200
_ID: Final = "tablewright-fast-path"
_log = logging.getLogger(__name__)


def install(client: DynamoDBClient) -> None:
    """Have a client parse the data operations fast; before threads share it."""
    _register(client, _parse)


def watch(client: DynamoDBClient) -> None:
    """Have a client notice malformed responses, where botocore parses; no change to a fast one."""
    _register(client, _watch)


def _register(client: DynamoDBClient, handler: Callable[..., None]) -> None:
    for operation in OPERATIONS:
        event = f"before-parse.dynamodb.{operation}"
        # Under one id, so that the first of them stays.
        client.meta.events.register(event, handler, unique_id=f"{_ID}-{operation}")


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


def canned(request: Any, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 -- botocore's
    """Return a response that no network gave, for `before-send`."""
    given: Any = {"x-amzn-requestid": "canned", **(headers or {})}
    return AWSResponse(request.url, status, given, _Raw(body))


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
        _mend(response_dict)
        return
    content = _content(response_dict)
    customized_response_dict.update({MALFORMED: True} if content is None else content)
    response_dict["body"] = b""


def _watch(
    response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: object
) -> None:
    if response_dict["status_code"] >= _FIRST_ERROR_STATUS:
        _mend(response_dict)
    elif _content(response_dict) is None:
        customized_response_dict[MALFORMED] = True
        response_dict["body"] = b""


def _content(response_dict: dict[str, Any]) -> dict[str, Any] | None:
    """Return the JSON object of a response; None where it is none, or its checksum is wrong."""
    raw = response_dict["body"]
    checksum = response_dict["headers"].get(_CHECKSUM)
    if checksum is not None and checksum != str(crc32(raw)):
        return None
    try:
        content = orjson.loads(raw)
    except ValueError:
        return None
    if not isinstance(content, dict):
        return None
    # botocore takes what is null for absent, and so do those who read its responses.
    return {name: value for name, value in content.items() if value is not None}


def _mend(response_dict: dict[str, Any]) -> None:
    """Make an object of an error that is other JSON, on which botocore's parser fails."""
    try:
        content = orjson.loads(response_dict["body"])
    except ValueError:
        return
    if not isinstance(content, dict):
        response_dict["body"] = orjson.dumps({"message": str(content)[:_MOST_TOLD]})
