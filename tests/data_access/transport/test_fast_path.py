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
BODIES = {
    "GetItem": {"Item": ITEM},
    "PutItem": {"Attributes": ITEM},
    "UpdateItem": {"Attributes": ITEM},
    "DeleteItem": {"Attributes": ITEM},
    "Query": {"Items": [ITEM, ITEM], "Count": 2, "ScannedCount": 2, "LastEvaluatedKey": KEY},
    "BatchGetItem": {"Responses": {"t": [ITEM]}, "UnprocessedKeys": {"t": {"Keys": [KEY]}}},
    "BatchWriteItem": {"UnprocessedItems": {"t": [{"PutRequest": {"Item": ITEM}}]}},
    "TransactGetItems": {"Responses": [{"Item": ITEM}, {}]},
    "TransactWriteItems": {},
}


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


def test_every_data_operation_is_tried_here():
    assert set(CALLS) == set(BODIES) == set(fast_path.OPERATIONS)


@pytest.mark.parametrize("operation", fast_path.OPERATIONS)
def test_both_paths_give_the_same(operation):
    body = json.dumps(BODIES[operation]).encode()
    usual = answer(operation, fast=False, body=body)
    assert answer(operation, fast=True, body=body) == usual
    assert usual == BODIES[operation]


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.text(), st.integers(-(10**30), 10**30), st.binary()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(item=st.dictionaries(st.text(min_size=1), values, max_size=4))
def test_both_paths_give_the_same_values(item):
    body = json.dumps({"Item": encode_item(item)}, default=base64_text).encode()
    usual, fast = (answer("GetItem", fast=fast, body=body)["Item"] for fast in (False, True))
    stored = {name: value for name, value in item.items() if value is not None}
    assert decode_item(usual) == decode_item(fast) == stored


def base64_text(value):
    return base64.b64encode(value).decode()


@pytest.mark.parametrize("operation", fast_path.OPERATIONS)
@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'"x"', b'{"Item": ', b"\xff"])
@pytest.mark.parametrize("fast", [True, False])
def test_a_response_that_is_no_json_object_is_marked(operation, body, fast):
    assert answer(operation, fast=fast, body=body) == {fast_path.MALFORMED: True}


@pytest.mark.parametrize("operation", fast_path.OPERATIONS)
def test_an_error_keeps_botocores_path(operation):
    body = json.dumps({"__type": "x#ConditionalCheckFailedException", "Item": ITEM}).encode()
    errors = []
    for fast in (False, True):
        with pytest.raises(ClientError) as raised:
            answer(operation, fast=fast, status=400, body=body)
        raised.value.response.pop("ResponseMetadata")
        errors.append(raised.value.response)
    assert errors[0] == errors[1]
    assert errors[1]["Error"]["Code"] == "ConditionalCheckFailedException"


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
