"""Nothing that is kept or said tells an API key."""

import base64
import json
import traceback

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    CorruptItem,
    InvalidInput,
    NotFound,
)
from tablewright.models.catalog import KV_STORAGE
from tests.support.faults import Faults

NO_KEY = "A" * 43


def test_a_secret_is_32_random_bytes_as_text_for_a_url(api_keys):
    drawn = []
    new_secret = api_keys._connection.new_secret

    def draw(size):
        drawn.append(new_secret(size))
        return drawn[-1]

    object.__setattr__(api_keys._connection, "new_secret", draw)
    secret = api_keys.create_api_key("u#1").secret
    assert [base64.urlsafe_b64decode(f"{secret}=")] == drawn
    assert len(drawn[0]) == 32


def test_no_item_holds_the_secret(api_keys, backend):
    secret = api_keys.create_api_key("u#1").secret
    (table,) = backend.tables(KV_STORAGE).values()
    assert secret not in json.dumps(backend.items(table), default=str)


def test_neither_secret_nor_hash_is_shown_by_a_record(api_keys):
    created = api_keys.create_api_key("u#1")
    for shown in (repr(created), str(created), repr(created.api_key)):
        assert created.secret not in shown
        assert created.api_key.sha256 not in shown


def test_a_hash_is_a_key_of_the_table_and_of_no_index(api_keys, backend):
    sha256 = api_keys.create_api_key("u#1").api_key.sha256
    (table,) = backend.tables(KV_STORAGE).values()
    (item,) = [item for item in backend.items(table) if item["entityType"]["S"] == "api_key"]
    holding = {name for name, value in item.items() if sha256 in json.dumps(value, default=str)}
    assert holding == {"PK"}


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda keys, made: keys.get_user_by_api_key(made.secret), CorruptItem),
        (lambda keys, made: keys.create_api_key("u#1", secret=made.secret), AlreadyExists),
        (lambda keys, made: keys.revoke_api_key(made.api_key.sha256), NotFound),
        (lambda keys, made: keys.get_user_by_api_key(made.secret), NotFound),
    ],
    ids=["corrupt", "taken", "revoked while absent", "found while absent"],
)
def test_no_error_shows_secret_or_hash(api_keys, backend, act, error):
    made = api_keys.create_api_key("u#1")
    (table,) = backend.tables(KV_STORAGE).values()
    key = {"PK": {"S": f"APIKEY#{made.api_key.sha256}"}, "SK": {"S": "METADATA"}}
    if error is CorruptItem:
        backend.client.put_item(TableName=table, Item={**key, "entityType": {"S": "user"}})
    if error is NotFound:
        backend.client.delete_item(TableName=table, Key=key)
    with pytest.raises(error) as caught:
        act(api_keys, made)
    said = "".join(traceback.format_exception(caught.value))
    assert made.secret not in said
    assert made.api_key.sha256 not in said


@pytest.mark.parametrize(
    "given", ["", "short", NO_KEY + "A", NO_KEY[:-1] + "=", 7, None, b"A" * 43]
)
@pytest.mark.parametrize("method", ["get_user_by_api_key", "revoke_api_key"])
def test_what_is_no_key_is_refused_before_anything_is_sent(api_keys, backend, method, given):
    with Faults(backend.client) as faults:
        with pytest.raises(InvalidInput, match=r"what is given is no") as caught:
            getattr(api_keys, method)(given)
        assert not faults.attempts
    if given:
        assert str(given) not in str(caught.value)


def test_a_secret_given_for_its_hash_is_refused_and_not_shown(api_keys):
    with pytest.raises(InvalidInput, match="no hash of an API key") as caught:
        api_keys.revoke_api_key(api_keys.create_api_key("u#1").secret)
    assert NO_KEY[:20] not in str(caught.value)
