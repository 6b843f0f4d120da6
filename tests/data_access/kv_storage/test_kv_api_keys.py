"""An API key finds its user until it is revoked, and nothing that is kept or said tells it."""

import base64
import hashlib
import json
import traceback

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    CorruptItem,
    InvalidCursor,
    InvalidInput,
    NotFound,
    UnknownOutcome,
)
from tablewright.data_access.kv_storage import ApiKeysRepository, UsersRepository, sha256_of
from tablewright.data_access.repository.pages import walk
from tablewright.models.catalog import KV_STORAGE
from tests.support.faults import LOST, TIMED_OUT, Faults

NO_KEY = "A" * 43


@pytest.fixture
def connection(connect):
    return connect(KV_STORAGE)


@pytest.fixture
def user(connection):
    return UsersRepository(connection).create_user(user_id="u#1")


@pytest.fixture
def api_keys(connection, user):  # noqa: ARG001 -- whose the keys are
    return ApiKeysRepository(connection)


def test_a_key_finds_its_user(api_keys, user):
    created = api_keys.create_api_key("u#1")
    assert api_keys.get_user_by_api_key(created.secret) == user
    assert created.api_key.user_id == "u#1"
    assert created.api_key.sha256 == hashlib.sha256(created.secret.encode()).hexdigest()


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


def test_a_revoked_key_finds_nobody_at_once_and_stays_listed(api_keys, clock):
    first, second = (api_keys.create_api_key("u#1") for _ in range(2))
    clock.sleep(60)
    revoked = api_keys.revoke_api_key(first.api_key.sha256)
    assert revoked.revoked_at == clock.now()
    with pytest.raises(NotFound):
        api_keys.get_user_by_api_key(first.secret)
    assert api_keys.get_user_by_api_key(second.secret).user_id == "u#1"
    listed = {key.sha256: key for key in api_keys.list_api_keys("u#1").items}
    assert listed[first.api_key.sha256] == revoked


def test_revoking_again_keeps_the_first_time(api_keys, clock):
    key = api_keys.create_api_key("u#1").api_key
    revoked = api_keys.revoke_api_key(key.sha256)
    clock.sleep(60)
    assert api_keys.revoke_api_key(key.sha256) == revoked


def test_keys_are_listed_oldest_first_page_by_page_for_their_user_alone(
    api_keys, connection, clock
):
    UsersRepository(connection).create_user(user_id="u2")
    made = []
    for _ in range(5):
        clock.sleep(1)
        made.append(api_keys.create_api_key("u#1").api_key)
    api_keys.create_api_key("u2")
    listed = walk(lambda cursor: api_keys.list_api_keys("u#1", limit=2, cursor=cursor))
    assert list(listed) == made


def test_a_cursor_of_another_users_keys_is_refused(api_keys):
    for _ in range(2):
        api_keys.create_api_key("u#1")
    cursor = api_keys.list_api_keys("u#1", limit=1).cursor
    with pytest.raises(InvalidCursor):
        api_keys.list_api_keys("u2", limit=1, cursor=cursor)


def test_two_keys_of_one_moment_are_both_listed(api_keys):
    made = {api_keys.create_api_key("u#1").api_key.sha256 for _ in range(2)}
    assert {key.sha256 for key in api_keys.list_api_keys("u#1").items} == made


def test_a_key_of_nobody_is_not_made(api_keys, backend):
    with pytest.raises(NotFound, match="there is no user userId='u2'"):
        api_keys.create_api_key("u2")
    (table,) = backend.tables(KV_STORAGE).values()
    assert len(backend.items(table)) == 1


def test_a_key_whose_user_is_gone_finds_nobody(api_keys, backend):
    secret = api_keys.create_api_key("u#1").secret
    (table,) = backend.tables(KV_STORAGE).values()
    key = {"PK": {"S": "USER#u%231"}, "SK": {"S": "METADATA"}}
    backend.client.delete_item(TableName=table, Key=key)
    with pytest.raises(NotFound):
        api_keys.get_user_by_api_key(secret)


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
def test_what_is_no_key_is_refused_before_anything_is_sent(connect, backend, method, given):
    api_keys = ApiKeysRepository(connect(KV_STORAGE))
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


def test_an_unknown_key_is_not_found(api_keys):
    with pytest.raises(NotFound, match=r"^there is no such API key$"):
        api_keys.get_user_by_api_key(NO_KEY)
    with pytest.raises(NotFound, match=r"^there is no api_key$"):
        api_keys.revoke_api_key(sha256_of(NO_KEY))


def test_a_key_whose_creation_was_not_answered_is_made_once(api_keys, backend):
    with Faults(backend.client) as faults:
        faults.on("TransactWriteItems", LOST)
        created = api_keys.create_api_key("u#1")
        assert faults.count("TransactWriteItems") == 2
    assert [key.sha256 for key in api_keys.list_api_keys("u#1").items] == [created.api_key.sha256]


@pytest.mark.parametrize("fault", [LOST, TIMED_OUT], ids=["applied", "not applied"])
def test_a_creation_of_unknown_outcome_is_repeated_with_what_the_error_carries(
    api_keys, backend, clock, fault
):
    with Faults(backend.client) as faults:
        faults.always("TransactWriteItems", fault)
        with pytest.raises(UnknownOutcome) as caught:
            api_keys.create_api_key("u#1")
    clock.sleep(3600)
    created = api_keys.create_api_key("u#1", **caught.value.repeat_with)
    assert caught.value.repeat_with["secret"] == created.secret
    assert created.secret not in "".join(traceback.format_exception(caught.value))
    assert api_keys.get_user_by_api_key(created.secret).user_id == "u#1"
    assert api_keys.list_api_keys("u#1").items == (created.api_key,)


def test_a_revocation_that_was_not_answered_holds(api_keys, backend):
    created = api_keys.create_api_key("u#1")
    with Faults(backend.client) as faults:
        faults.on("UpdateItem", LOST)
        assert api_keys.revoke_api_key(created.api_key.sha256).revoked_at is not None
    with pytest.raises(NotFound):
        api_keys.get_user_by_api_key(created.secret)
