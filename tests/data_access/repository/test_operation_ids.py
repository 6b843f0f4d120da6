"""An operation id is text, or a write could not be told from its repeat."""

from decimal import Decimal

import pytest

from tablewright.data_access.application_table import ApplicationTable, UserProfile
from tablewright.data_access.errors import InvalidInput
from tablewright.data_access.file_sharing import UsersRepository as SharingUsersRepository
from tablewright.data_access.kv_storage import ApiKeysRepository, KeysRepository, UsersRepository
from tablewright.models.catalog import APPLICATION_TABLE, FILE_SHARING, KV_STORAGE

WRITES = {
    "put": (UsersRepository, lambda users, op: users.create_user(user_id="u1", op=op)),
    "update": (ApiKeysRepository, lambda keys, op: keys.revoke_api_key("0" * 64, op=op)),
    "replacement": (KeysRepository, lambda keys, op: keys.put_key("n", "k", "value", op=op)),
    "transaction": (KeysRepository, lambda keys, op: keys.create_key("n", "k", "value", op=op)),
}
NO_TEXT = [b"op", 5, True, 1.5, Decimal(1), ["op"], {"op"}, "\ud800"]


@pytest.mark.parametrize("op", NO_TEXT)
@pytest.mark.parametrize(("repository", "write"), WRITES.values(), ids=WRITES)
def test_an_operation_id_that_is_no_text_is_refused_before_anything_is_sent(
    connect, faults, repository, write, op
):
    made = repository(connect(KV_STORAGE))
    del faults.attempts[:]
    with pytest.raises(InvalidInput, match="an operation id"):
        write(made, op)
    assert not faults.attempts


@pytest.mark.parametrize("op", NO_TEXT)
@pytest.mark.parametrize("delete", ["delete_user", "mark_user_for_deletion"])
def test_so_is_one_that_others_are_derived_from(connect, faults, delete, op):
    users = SharingUsersRepository(connect(FILE_SHARING))
    del faults.attempts[:]
    with pytest.raises(InvalidInput, match="an operation id"):
        getattr(users, delete)("u1", op=op)
    assert not faults.attempts


@pytest.mark.parametrize("op", NO_TEXT)
def test_so_is_one_of_a_batch(connect, faults, clock, op):
    table = ApplicationTable(connect(APPLICATION_TABLE))
    profile = UserProfile.of(user_id="u1", created_at=clock.now())
    del faults.attempts[:]
    with pytest.raises(InvalidInput, match="an operation id"):
        table.put_many([profile], op=op)
    assert not faults.attempts
