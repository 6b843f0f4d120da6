"""The fast path reads what botocore reads, and never takes nonsense for nothing."""

import base64
import json
import logging
from functools import cache
from zlib import crc32

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st

from tablewright.data_access.transport import fast_path
from tablewright.data_access.values.codec import decode_item, encode_item

KEY = {"PK": {"S": "a"}}
CALLS = {
    "GetItem": ("get_item", {"TableName": "t", "Key": KEY}),
    "PutItem": ("put_item", {"TableName": "t", "Item": KEY}),
    "UpdateItem": ("update_item", {"TableName": "t", "Key": KEY}),
    "DeleteItem": ("delete_item", {"TableName": "t", "Key": KEY}),
    "Query": ("query", {"TableName": "t"}),
    "BatchGetItem": ("batch_get_item", {"RequestItems": {"t": {"Keys": [KEY]}}}),
    "BatchWriteItem": ("batch_write_item", {"RequestItems": {"t": []}}),
    "TransactGetItems": ("transact_get_items", {"TransactItems": []}),
    "TransactWriteItems": ("transact_write_items", {"TransactItems": []}),
}
ITEM = {"PK": {"S": "é"}, "n": {"N": "1.50"}, "m": {"M": {"a": {"L": [{"NULL": True}]}}}}


def bodies(item):
    """Return a response of each operation that holds an item wherever one may be."""
    return {
        "GetItem": {"Item": item},
        "PutItem": {"Attributes": item},
        "UpdateItem": {"Attributes": item},
        "DeleteItem": {"Attributes": item},
        "Query": {"Items": [item, item], "Count": 2, "ScannedCount": 2, "LastEvaluatedKey": item},
        "BatchGetItem": {
            "Responses": {"t": [item], "u": []},
            "UnprocessedKeys": {"t": {"Keys": [item], "ConsistentRead": True}},
        },
        "BatchWriteItem": {
            "UnprocessedItems": {
                "t": [{"PutRequest": {"Item": item}}, {"DeleteRequest": {"Key": item}}]
            }
        },
        "TransactGetItems": {"Responses": [{"Item": item}, {}]},
        "TransactWriteItems": {},
    }


BODIES = bodies(ITEM)
CANNED = {"status": 200, "body": b"{}", "headers": {}}
"""What every client of this module is answered."""


def make_client():
    session = boto3.session.Session(aws_access_key_id="test", aws_secret_access_key="test")
    config = Config(parameter_validation=False, retries={"total_max_attempts": 1})
    return session.client("dynamodb", region_name="us-east-1", config=config)


@cache
def client(*, fast):
    made = make_client()
    for operation in fast_path.OPERATIONS:
        made.meta.events.register(
            f"before-send.dynamodb.{operation}",
            lambda request, **_: fast_path.canned(request, **CANNED),
        )
    (fast_path.install if fast else fast_path.watch)(made)
    return made


def answer(operation, *, fast, status=200, body=b"{}"):
    CANNED.update(status=status, body=body)
    method, arguments = CALLS[operation]
    reply = getattr(client(fast=fast), method)(**arguments)
    reply.pop("ResponseMetadata")
    return reply


def json_of(body):
    return json.dumps(body, default=lambda value: base64.b64encode(value).decode()).encode()


def with_bytes(reply):
    """Return a reply whose binary values are bytes, as botocore gives them."""
    if isinstance(reply, list):
        return [with_bytes(each) for each in reply]
    if not isinstance(reply, dict):
        return reply
    return {name: with_bytes(as_bytes(name, value)) for name, value in reply.items()}


def as_bytes(name, value):
    if name == "B" and isinstance(value, str):
        return base64.b64decode(value)
    if name == "BS" and isinstance(value, list):
        return [base64.b64decode(each) for each in value]
    return value


def test_every_data_operation_is_tried_here():
    assert set(CALLS) == set(BODIES) == set(fast_path.OPERATIONS)


@pytest.mark.parametrize("operation", fast_path.OPERATIONS)
def test_both_paths_give_the_same(operation):
    body = json.dumps(BODIES[operation]).encode()
    usual = answer(operation, fast=False, body=body)
    assert answer(operation, fast=True, body=body) == usual
    assert usual == BODIES[operation]


scalars = st.one_of(
    st.none(), st.booleans(), st.text(), st.integers(-(10**30), 10**30), st.binary()
)
sets = st.one_of(
    st.frozensets(st.text(), min_size=1),
    st.frozensets(st.integers(-99, 99), min_size=1),
    st.frozensets(st.binary(), min_size=1),
)
values = st.recursive(
    st.one_of(scalars, sets),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(min_size=1), inner)),
    max_leaves=8,
)
items = st.dictionaries(st.text(min_size=1), values, max_size=4)
units = st.floats(min_value=0, max_value=1000).map(lambda value: round(value, 1))
FEW = settings(max_examples=25, deadline=None, derandomize=True, database=None)


@FEW
@given(item=items)
def test_both_paths_give_the_same_values(item):
    body = json_of({"Item": encode_item(item)})
    usual, fast = (answer("GetItem", fast=fast, body=body)["Item"] for fast in (False, True))
    stored = {name: value for name, value in item.items() if value is not None}
    assert decode_item(usual) == decode_item(fast) == stored


@pytest.mark.parametrize("operation", fast_path.OPERATIONS)
@FEW
@given(item=items, units=units, metrics=st.booleans())
def test_both_paths_give_the_same_responses(operation, item, units, metrics):
    """What was left over, capacity and the sizes of item collections are as botocore reads them."""
    body = dict(bodies(encode_item(item))[operation])
    capacity = capacity_of(units)
    several = operation.startswith(("Batch", "Transact"))
    body["ConsumedCapacity"] = [capacity, capacity] if several else capacity
    if metrics and operation in {"PutItem", "UpdateItem", "DeleteItem"}:
        body["ItemCollectionMetrics"] = collection_of(units)
    if metrics and operation in {"BatchWriteItem", "TransactWriteItems"}:
        body["ItemCollectionMetrics"] = {"t": [collection_of(units)]}
    usual, fast = (answer(operation, fast=fast, body=json_of(body)) for fast in (False, True))
    assert usual == with_bytes(fast)
    assert set(usual) == set(body)


def capacity_of(units):
    part = {"CapacityUnits": units, "ReadCapacityUnits": units}
    indexes = {"byOwner": part, "byTime": {"CapacityUnits": units}}
    return {"TableName": "t", **part, "Table": part, "GlobalSecondaryIndexes": indexes}


def collection_of(size):
    return {"ItemCollectionKey": {"PK": {"S": "a"}}, "SizeEstimateRangeGB": [0.0, size]}


@pytest.mark.parametrize("operation", fast_path.OPERATIONS)
def test_what_is_null_is_left_out_as_botocore_does(operation):
    body = json_of(dict.fromkeys(BODIES[operation] or ["ConsumedCapacity"]))
    usual, fast = (answer(operation, fast=fast, body=body) for fast in (False, True))
    assert usual == fast == {}


@pytest.mark.parametrize("operation", fast_path.OPERATIONS)
@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'"x"', b'{"Item": ', b"\xff"])
@pytest.mark.parametrize("fast", [True, False])
def test_a_response_that_is_no_json_object_is_marked(operation, body, fast):
    assert answer(operation, fast=fast, body=body) == {fast_path.MALFORMED: True}


FAILED = {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed"}
REASONS = [{"Code": "None"}, {**FAILED, "Item": ITEM}, {"Code": "TransactionConflict"}]
ERRORS = {
    "condition": (400, "ConditionalCheckFailedException", {"message": "no", "Item": ITEM}),
    "cancelled": (400, "TransactionCanceledException", {"CancellationReasons": REASONS}),
    "refused": (400, "ValidationException", {"Message": "Item size has exceeded"}),
    "throttled": (400, "ProvisionedThroughputExceededException", {"message": "slower"}),
    "of the server": (500, "InternalServerError", {"message": "sorry"}),
    "unknown": (400, "NeverHeardOfException", {"Item": ITEM}),
}


@pytest.mark.parametrize("operation", fast_path.OPERATIONS)
@pytest.mark.parametrize("error", ERRORS)
def test_an_error_keeps_botocores_path(operation, error):
    status, code, more = ERRORS[error]
    body = json_of({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", **more})
    usual, fast = (raised_by(operation, status, body, fast=fast) for fast in (False, True))
    assert usual == fast
    assert fast["Error"]["Code"] == code
    assert fast["ResponseMetadata"]["HTTPStatusCode"] == status


def test_the_reasons_of_a_cancelled_transaction_come_through():
    status, code, more = ERRORS["cancelled"]
    body = json_of({"__type": code, **more})
    told = raised_by("TransactWriteItems", status, body, fast=True)
    assert told["CancellationReasons"] == REASONS


@pytest.mark.parametrize("operation", fast_path.OPERATIONS)
@pytest.mark.parametrize("body", [b"", b"<html>Service Unavailable</html>", b"[]"])
def test_an_error_that_is_no_json_keeps_botocores_path(operation, body):
    usual, fast = (raised_by(operation, 503, body, fast=fast) for fast in (False, True))
    assert usual == fast


def raised_by(operation, status, body, *, fast):
    """Return everything that an error tells."""
    with pytest.raises(ClientError) as raised:
        answer(operation, fast=fast, status=status, body=body)
    return {**raised.value.response, "text": str(raised.value), "type": type(raised.value).__name__}


def test_it_works_with_the_installed_botocore():
    assert fast_path.works(make_client)


def test_without_the_event_it_is_not_used_and_that_is_logged(monkeypatch, caplog):
    monkeypatch.setattr(fast_path, "install", lambda _: None)
    with caplog.at_level(logging.WARNING):
        assert not fast_path.works(make_client)
    assert "botocore" in caplog.text


def test_where_it_reads_other_values_it_is_not_used(monkeypatch, caplog):
    monkeypatch.setattr(fast_path.orjson, "loads", lambda _: {"Items": []}, raising=True)
    with caplog.at_level(logging.WARNING):
        assert not fast_path.works(make_client)
    assert "other values" in caplog.text


def test_where_no_client_can_be_made_it_is_not_used(caplog):
    def broken():
        raise RuntimeError("no session")

    with caplog.at_level(logging.WARNING):
        assert not fast_path.works(broken)
    assert "no session" in caplog.text


def sealed(body, checksum):
    """Answer every client of this module with a checksum."""
    CANNED.update(headers={"x-amz-crc32": checksum})
    try:
        return [answer("GetItem", fast=fast, body=body) for fast in (True, False)]
    finally:
        CANNED.update(headers={})


def test_a_response_that_changed_on_its_way_is_marked():
    body = json.dumps({"Item": ITEM}).encode()
    assert sealed(body, str(crc32(body))) == [{"Item": ITEM}] * 2
    assert sealed(body, str(crc32(body) + 1)) == [{fast_path.MALFORMED: True}] * 2
    assert sealed(body, "nonsense") == [{fast_path.MALFORMED: True}] * 2


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("body", [b"[]", b'"busy"', b"null", b"5", b"<html>", b""])
@pytest.mark.parametrize("status", [302, 403, 503])
def test_an_error_in_other_words_is_one_all_the_same(fast, status, body):
    with pytest.raises(ClientError) as raised:
        answer("GetItem", fast=fast, status=status, body=body)
    assert raised.value.response["Error"]["Code"] == str(status)


def test_a_fast_client_stays_fast_when_it_is_watched_too():
    made = make_client()
    fast_path.install(made)
    fast_path.watch(made)
    binary = b'{"Item": {"PK": {"B": "AA=="}}}'
    made.meta.events.register(
        "before-send.dynamodb.GetItem", lambda request, **_: fast_path.canned(request, 200, binary)
    )
    reply = made.get_item(TableName="t", Key=KEY)
    assert reply["Item"]["PK"]["B"] == "AA=="
