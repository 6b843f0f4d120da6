"""A namespace belongs to whoever creates it first, and is deleted with all of its keys."""

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    BeingDeleted,
    CorruptItem,
    DataAccessError,
    Incomplete,
    InvalidInput,
    KeyTooLong,
    NotFound,
    UnknownOutcome,
)
from tablewright.data_access.kv_storage import (
    KeysRepository,
    NamespacesRepository,
    UsersRepository,
)
from tablewright.data_access.repository.pages import walk
from tablewright.models.catalog import KV_STORAGE
from tests.support.faults import (
    LOST,
    THROTTLED,
    TIMED_OUT,
    Faults,
    after,
    before,
    leaving,
)


@pytest.fixture
def connection(connect):
    connection = connect(KV_STORAGE)
    users = UsersRepository(connection)
    users.create_user(user_id="u#1")
    users.create_user(user_id="u2")
    return connection


@pytest.fixture
def namespaces(connection):
    return NamespacesRepository(connection)


@pytest.fixture
def keys(connection):
    return KeysRepository(connection)


def names(page):
    return [each.name for each in page.items]


def everything_in(backend):
    (table,) = backend.tables(KV_STORAGE).values()
    return sorted((item["PK"]["S"], item["SK"]["S"]) for item in backend.items(table))


def fill(backend, count):
    """Put some keys into namespace `n`, quicker than through the repository."""
    (table,) = backend.tables(KV_STORAGE).values()
    items = [
        {"PK": {"S": "NS#n"}, "SK": {"S": f"KEY#k{number:02}"}, "entityType": {"S": "key"}}
        for number in range(count)
    ]
    for start in range(0, count, 25):
        puts = [{"PutRequest": {"Item": item}} for item in items[start : start + 25]]
        backend.client.batch_write_item(RequestItems={table: puts})


USERS_ALONE = [("USER#u%231", "METADATA"), ("USER#u2", "METADATA")]


def test_a_namespace_is_found_as_it_was_created_whatever_it_is_called(namespaces):
    created = namespaces.create_namespace("a#b%", "u#1")
    assert (created.name, created.owner_id) == ("a#b%", "u#1")
    assert namespaces.get_namespace("a#b%") == created


def test_a_name_belongs_to_whoever_was_first(namespaces):
    first = namespaces.create_namespace("n", "u#1")
    for user_id in ("u2", "u#1"):
        with pytest.raises(AlreadyExists, match="there is a namespace name='n' already"):
            namespaces.create_namespace("n", user_id)
    assert namespaces.get_namespace("n") == first
    assert namespaces.list_user_namespaces("u2").items == ()


def test_a_namespace_of_nobody_is_not_created(namespaces, backend):
    with pytest.raises(NotFound, match="there is no user userId='u3'"):
        namespaces.create_namespace("n", "u3")
    assert everything_in(backend) == USERS_ALONE


def test_creating_with_the_same_operation_id_again_gives_the_same_namespace(namespaces, clock):
    first = namespaces.create_namespace("n", "u#1", op="op-1")
    clock.sleep(3600)
    assert namespaces.create_namespace("n", "u#1", op="op-1") == first


def test_a_creation_that_was_not_answered_is_made_once(namespaces, backend):
    with Faults(backend.client) as faults:
        faults.on("TransactWriteItems", LOST)
        created = namespaces.create_namespace("n", "u#1")
    assert namespaces.get_namespace("n") == created


def test_namespaces_are_listed_by_name_for_their_owner_alone_page_by_page(namespaces, keys):
    for name in ("c", "a", "b#", "b"):
        namespaces.create_namespace(name, "u#1")
    namespaces.create_namespace("d", "u2")
    keys.create_key("a", "k", 1)
    listed = walk(lambda cursor: namespaces.list_user_namespaces("u#1", limit=2, cursor=cursor))
    assert [each.name for each in listed] == ["a", "b", "b#", "c"]
    whole = namespaces.list_user_namespaces_with_metadata("u#1")
    assert {each.owner_id for each in whole.items} == {"u#1"}
    assert names(whole) == ["a", "b", "b#", "c"]


def test_a_user_without_namespaces_has_an_empty_list(namespaces):
    assert names(namespaces.list_user_namespaces("u2")) == []
    assert names(namespaces.list_user_namespaces_with_metadata("u2")) == []


@pytest.mark.parametrize("name", ["", 7, None, "\ud800"])
def test_a_name_that_cannot_be_a_key_is_refused(namespaces, name):
    for method in (namespaces.get_namespace, namespaces.delete_namespace):
        with pytest.raises(InvalidInput):
            method(name)
    with pytest.raises(InvalidInput):
        namespaces.create_namespace(name, "u#1")
    with pytest.raises(InvalidInput):
        namespaces.create_namespace("n", name)


def test_a_name_is_as_long_as_the_membership_takes_in_bytes(namespaces):
    longest = "é" * 510 + "x"
    namespaces.create_namespace(longest, "u#1")
    assert names(namespaces.list_user_namespaces("u#1")) == [longest]
    with pytest.raises(KeyTooLong, match="sort key has at most 1,024"):
        namespaces.create_namespace("é" * 511, "u#1")


def test_deleting_takes_the_keys_and_the_membership_and_nothing_else(namespaces, keys, backend):
    namespaces.create_namespace("n", "u#1")
    namespaces.create_namespace("n2", "u#1")
    keys.create_key("n2", "k", 1)
    keys.create_key("n", "k#", 1)
    fill(backend, 60)
    assert namespaces.delete_namespace("n") is True
    assert everything_in(backend) == sorted(
        [
            *USERS_ALONE,
            ("NS#n2", "METADATA"),
            ("NS#n2", "KEY#k"),
            ("USER#u%231", "NS#n2"),
        ]
    )
    assert namespaces.delete_namespace("n") is False


def test_a_key_whose_item_cannot_be_read_is_deleted_too(namespaces, backend):
    namespaces.create_namespace("n", "u#1")
    (table,) = backend.tables(KV_STORAGE).values()
    broken = {"PK": {"S": "NS#n"}, "SK": {"S": "KEY#k"}, "entityType": {"S": "other"}}
    backend.client.put_item(TableName=table, Item=broken)
    assert namespaces.delete_namespace("n") is True
    assert everything_in(backend) == USERS_ALONE


def test_a_name_can_be_taken_anew_once_its_namespace_is_deleted(namespaces):
    namespaces.create_namespace("n", "u#1")
    namespaces.delete_namespace("n")
    assert namespaces.create_namespace("n", "u2").owner_id == "u2"


@pytest.mark.parametrize("fault", [LOST, TIMED_OUT, THROTTLED])
@pytest.mark.parametrize(
    ("step", "gone_through"),
    [
        ("UpdateItem", 0),
        ("Query", 0),
        ("BatchWriteItem", 0),
        ("BatchWriteItem", 1),
        ("Query", 1),
        ("TransactWriteItems", 0),
    ],
)
def test_a_deletion_goes_on_wherever_it_was_interrupted(
    namespaces, backend, step, gone_through, fault
):
    namespaces.create_namespace("n", "u#1")
    fill(backend, 30)
    with Faults(backend.client) as faults:
        faults.on(step, *[None] * gone_through)
        faults.always(step, fault)
        with pytest.raises(DataAccessError) as caught:
            namespaces.delete_namespace("n")
    was_the_last_step = (step, fault) == ("TransactWriteItems", LOST)
    repeat_with = getattr(caught.value, "repeat_with", {})
    assert namespaces.delete_namespace("n", **repeat_with) is not was_the_last_step
    assert everything_in(backend) == USERS_ALONE


def test_a_last_step_that_was_not_answered_ends_the_deletion(namespaces, backend):
    namespaces.create_namespace("n", "u#1")
    with Faults(backend.client) as faults:
        faults.on("TransactWriteItems", LOST)
        assert namespaces.delete_namespace("n") is True
    assert everything_in(backend) == USERS_ALONE


def test_a_deletion_of_unknown_outcome_names_its_operation(namespaces, backend):
    namespaces.create_namespace("n", "u#1")
    with Faults(backend.client) as faults:
        faults.always("TransactWriteItems", TIMED_OUT)
        with pytest.raises(UnknownOutcome) as caught:
            namespaces.delete_namespace("n", op="op-1")
    assert caught.value.repeat_with == {"op": "op-1"}
    assert namespaces.delete_namespace("n", op="op-1") is True


def test_keys_that_are_left_over_are_told_and_deleted_by_the_next_call(namespaces, backend):
    namespaces.create_namespace("n", "u#1")
    fill(backend, 30)
    with Faults(backend.client) as faults:
        faults.on("BatchWriteItem", leaving(20))
        faults.always("BatchWriteItem", leaving(0))
        with pytest.raises(Incomplete, match=r"name='n' has keys .* delete it again") as caught:
            namespaces.delete_namespace("n")
    left = [f"k{number}" for number in range(20, 30)]
    assert sorted(fields["key"] for fields in caught.value.leftovers) == left
    assert namespaces.delete_namespace("n") is True
    assert everything_in(backend) == USERS_ALONE


@pytest.fixture
def being_deleted(namespaces, keys, backend):
    """A namespace `n` whose deletion has begun; of its keys `k` and `other` both are left."""
    namespaces.create_namespace("n", "u#1")
    keys.create_key("n", "k", "old")
    keys.create_key("n", "other", "old")
    with Faults(backend.client) as faults:
        faults.always("BatchWriteItem", leaving(0))
        with pytest.raises(Incomplete):
            namespaces.delete_namespace("n")


@pytest.mark.usefixtures("being_deleted")
class TestWhileANamespaceIsBeingDeleted:
    def test_it_counts_as_absent(self, namespaces):
        with pytest.raises(NotFound):
            namespaces.get_namespace("n")
        assert namespaces.list_user_namespaces_with_metadata("u#1").items == ()

    def test_it_takes_no_new_keys(self, keys):
        for write in (keys.create_key, keys.put_key):
            with pytest.raises(BeingDeleted, match="name='n' is being deleted"):
                write("n", "new", 1)

    def test_its_name_cannot_be_taken_yet(self, namespaces):
        with pytest.raises(BeingDeleted, match="can be created anew after that"):
            namespaces.create_namespace("n", "u2")

    def test_a_value_put_over_another_goes_with_it(self, namespaces, keys, backend):
        keys.put_key("n", "k", "new")
        assert namespaces.delete_namespace("n") is True
        assert everything_in(backend) == USERS_ALONE

    def test_a_key_that_is_deleted_does_not_come_back(self, namespaces, keys, backend):
        put_late = before(lambda: keys.delete_key("n", "k"))
        with Faults(backend.client) as faults:
            faults.on("UpdateItem", put_late)
            with pytest.raises(BeingDeleted):
                keys.put_key("n", "k", "new")
        namespaces.delete_namespace("n")
        assert everything_in(backend) == USERS_ALONE

    def test_the_time_of_the_mark_stays_that_of_the_first_call(self, namespaces, clock, backend):
        clock.sleep(3600)
        with Faults(backend.client) as faults:
            faults.always("TransactWriteItems", TIMED_OUT)
            with pytest.raises(UnknownOutcome):
                namespaces.delete_namespace("n")
        (table,) = backend.tables(KV_STORAGE).values()
        (root,) = [i for i in backend.items(table) if "deletingAt" in i]
        assert root["deletingAt"]["S"] < "2026-01-01T01:00:00.000Z"


def test_a_key_created_between_mark_and_query_cannot_be(namespaces, keys, backend):
    namespaces.create_namespace("n", "u#1")
    refused = []

    def create():
        try:
            keys.create_key("n", "late", 1)
        except BeingDeleted as error:
            refused.append(error)

    with Faults(backend.client) as faults:
        faults.on("UpdateItem", after(create))
        faults.on("Query", after(create))
        namespaces.delete_namespace("n")
    assert len(refused) == 2
    assert everything_in(backend) == USERS_ALONE


def test_a_namespace_created_anew_survives_the_end_of_an_older_deletion(namespaces, keys, backend):
    namespaces.create_namespace("n", "u#1")

    def finish_and_create_anew():
        namespaces.delete_namespace("n")
        namespaces.create_namespace("n", "u2")
        keys.create_key("n", "k", 1)

    with Faults(backend.client) as faults:
        faults.on("TransactWriteItems", before(finish_and_create_anew))
        assert namespaces.delete_namespace("n") is True
    assert namespaces.get_namespace("n").owner_id == "u2"
    assert keys.get_key("n", "k").value == 1


def test_a_namespace_without_its_membership_is_told(namespaces, backend):
    namespaces.create_namespace("n", "u#1")
    (table,) = backend.tables(KV_STORAGE).values()
    key = {"PK": {"S": "USER#u%231"}, "SK": {"S": "NS#n"}}
    backend.client.delete_item(TableName=table, Key=key)
    with pytest.raises(CorruptItem, match="has no membership"):
        namespaces.delete_namespace("n")
