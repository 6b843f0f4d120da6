"""An API key finds its user until it is revoked."""

import hashlib
import traceback

import pytest

from tablewright.data_access.errors import (
    InvalidCursor,
    NotFound,
    UnknownOutcome,
)
from tablewright.data_access.kv_storage import UsersRepository, sha256_of
from tablewright.data_access.repository.pages import walk
from tablewright.models.catalog import KV_STORAGE
from tests.support.faults import LOST, TIMED_OUT, Faults
from tests.support.kv_items import USERS_ALONE, everything_in

NO_KEY = "A" * 43


def test_a_key_finds_its_user(api_keys, connection):
    created = api_keys.create_api_key("u#1")
    assert api_keys.get_user_by_api_key(created.secret) == UsersRepository(connection).get_user(
        "u#1"
    )
    assert created.api_key.user_id == "u#1"
    assert created.api_key.sha256 == hashlib.sha256(created.secret.encode()).hexdigest()


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


def test_keys_are_listed_oldest_first_page_by_page_for_their_user_alone(api_keys, clock):
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
    with pytest.raises(NotFound, match="there is no user userId='u3'"):
        api_keys.create_api_key("u3")
    assert everything_in(backend) == USERS_ALONE


def test_a_key_whose_user_is_gone_finds_nobody(api_keys, backend):
    secret = api_keys.create_api_key("u#1").secret
    (table,) = backend.tables(KV_STORAGE).values()
    key = {"PK": {"S": "USER#u%231"}, "SK": {"S": "METADATA"}}
    backend.client.delete_item(TableName=table, Key=key)
    with pytest.raises(NotFound):
        api_keys.get_user_by_api_key(secret)


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
