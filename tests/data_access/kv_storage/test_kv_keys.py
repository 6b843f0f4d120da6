"""Keys hold any value that DynamoDB can, exactly, and only in a namespace that is there."""

from decimal import Decimal

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    CorruptItem,
    InvalidCursor,
    InvalidInput,
    ItemTooLarge,
    KeyTooLong,
    NotFound,
    NumberOutOfRange,
    TransactionConflicted,
    UnknownOutcome,
)
from tablewright.data_access.kv_storage import (
    KeysRepository,
    NamespacesRepository,
    UsersRepository,
)
from tablewright.data_access.repository.pages import walk
from tablewright.models.catalog import KV_STORAGE
from tests.support.faults import LOST, TIMED_OUT, Faults, before


@pytest.fixture
def keys(connect):
    connection = connect(KV_STORAGE)
    UsersRepository(connection).create_user(user_id="u1")
    for name in ("n", "n#", "other"):
        NamespacesRepository(connection).create_namespace(name, "u1")
    return KeysRepository(connection)


def names(page):
    return [each.key for each in page.items]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "text",
        0,
        False,
        b"",
        b"\x00\xff",
        10**37,
        Decimal("1.5"),
        Decimal("1E-130"),
        {},
        [],
        {"name": "Ann", "tags": frozenset({"a", "b"}), "none": None, "deep": [{"n": [1, None]}]},
        frozenset({1, Decimal("2.5")}),
    ],
    ids=lambda value: repr(value)[:20],
)
@pytest.mark.parametrize("write", ["create_key", "put_key"])
def test_a_value_comes_back_as_it_was_stored(keys, write, value):
    stored = getattr(keys, write)("n", "k", value)
    found = keys.get_key("n", "k")
    assert found == stored
    assert (found.value, type(found.value)) == (value, type(value))
    assert keys.put_key("n", "k", value).value == value


@pytest.mark.parametrize("write", ["create_key", "put_key"])
def test_a_value_near_the_limit_is_stored_whole(keys, write):
    if write == "put_key":
        keys.create_key("n", "k", "small")
    getattr(keys, write)("n", "k", "é" * 200_000)
    assert keys.get_key("n", "k").value == "é" * 200_000
    keys.put_key("n", "k", "small")
    assert keys.get_key("n", "k").value == "small"


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (None, InvalidInput, "a value of None is none; delete the key"),
        (1.5, InvalidInput, "value is a float"),
        ({"a": [1.5]}, InvalidInput, r"value\.a\[0\] is a float"),
        (float("nan"), InvalidInput, "value is a float"),
        (Decimal("NaN"), NumberOutOfRange, "finite"),
        (10**38 + 1, NumberOutOfRange, "39 digits"),
        (frozenset(), InvalidInput, "an empty set"),
        ({1: 2}, InvalidInput, "names of attributes are strings"),
        (object(), InvalidInput, "of type object"),
        ("\ud800", InvalidInput, "half a character"),
        ("x" * 409_600, ItemTooLarge, "DynamoDB takes 409,600.*S3"),
        ("é" * 204_800, ItemTooLarge, "DynamoDB takes 409,600.*S3"),
    ],
)
@pytest.mark.parametrize("write", ["create_key", "put_key"])
def test_a_value_that_cannot_be_stored_is_refused_before_anything_is_sent(  # noqa: PLR0917 -- a table
    keys, backend, write, value, error, message
):
    with Faults(backend.client) as faults, pytest.raises(error, match=message):
        getattr(keys, write)("n", "k", value)
    assert not faults.attempts


def test_a_key_that_is_taken_is_not_created_again(keys):
    first = keys.create_key("n", "a#b%", 1)
    with pytest.raises(AlreadyExists, match="there is a key name='n' key='a#b%' already"):
        keys.create_key("n", "a#b%", 2)
    assert keys.get_key("n", "a#b%") == first


def test_putting_over_a_key_keeps_when_it_was_created(keys, clock):
    created = keys.put_key("n", "k", {"a": 1})
    clock.sleep(60)
    put = keys.put_key("n", "k", "other")
    assert (put.value, put.created_at, put.updated_at) == ("other", created.created_at, clock.now())
    assert keys.get_key("n", "k") == put


@pytest.mark.parametrize("write", ["create_key", "put_key"])
def test_a_namespace_that_is_not_there_takes_no_keys(keys, backend, write):
    (table,) = backend.tables(KV_STORAGE).values()
    was = backend.items(table)
    with pytest.raises(NotFound, match="there is no namespace name='none'"):
        getattr(keys, write)("none", "k", 1)
    assert backend.items(table) == was


def test_what_is_not_there_is_not_found_and_deleting_it_is_no_error(keys):
    with pytest.raises(NotFound, match="there is no key name='n' key='k'"):
        keys.get_key("n", "k")
    keys.delete_key("n", "k")
    keys.create_key("n", "k", 1)
    keys.delete_key("n", "k")
    keys.delete_key("n", "k")
    with pytest.raises(NotFound):
        keys.get_key("n", "k")
    assert names(keys.list_keys("none")) == []


def test_keys_of_namespaces_with_alike_names_do_not_meet(keys):
    keys.create_key("n", "#k", 1)
    keys.create_key("n#", "k", 2)
    assert (keys.get_key("n", "#k").value, keys.get_key("n#", "k").value) == (1, 2)
    assert names(keys.list_keys("n")) == ["#k"]


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("", ["a", "a#", "a#b", "a%", "a%2", "ab", "b"]),
        ("a", ["a", "a#", "a#b", "a%", "a%2", "ab"]),
        ("a#", ["a#", "a#b"]),
        ("a%", ["a%", "a%2"]),
        ("a%2", ["a%2"]),
        ("c", []),
        ("METADATA", []),
    ],
)
def test_keys_are_listed_by_the_beginning_of_their_names(keys, prefix, found):
    for key in ("a", "ab", "a#", "a#b", "a%", "a%2", "b"):
        keys.create_key("n", key, key)
    keys.create_key("other", "a", 1)
    page = keys.list_keys("n", prefix=prefix)
    assert sorted(names(page)) == found
    assert all(each.value == each.key for each in page.items)


def test_a_walk_over_pages_finds_each_key_once_in_order(keys):
    for number in range(7):
        keys.create_key("n", f"k{number}", number)
    for limit in (1, 3, 7, 50):
        walked = walk(lambda cursor, n=limit: keys.list_keys("n", limit=n, cursor=cursor))
        assert [each.key for each in walked] == [f"k{number}" for number in range(7)]


@pytest.mark.parametrize(("namespace", "prefix"), [("other", "k"), ("n", ""), ("n", "k1")])
def test_a_cursor_is_good_for_its_own_list_alone(keys, namespace, prefix):
    for number in range(3):
        keys.create_key("n", f"k{number}", number)
    cursor = keys.list_keys("n", prefix="k", limit=1).cursor
    with pytest.raises(InvalidCursor):
        keys.list_keys(namespace, prefix=prefix, cursor=cursor)


@pytest.mark.parametrize("limit", [0, -1, 1001, True, "7"])
def test_a_page_of_no_size_is_refused(keys, limit):
    with pytest.raises(InvalidInput, match="ask for 1 to 1000"):
        keys.list_keys("n", limit=limit)


@pytest.mark.parametrize("key", ["", 7, None, "\ud800"])
def test_a_name_that_cannot_be_a_key_is_refused(keys, key):
    for act in (
        lambda *of: keys.create_key(*of, 1),
        lambda *of: keys.put_key(*of, 1),
        keys.get_key,
        keys.delete_key,
    ):
        with pytest.raises(InvalidInput):
            act("n", key)
        with pytest.raises(InvalidInput):
            act(key, "k")
    if key != "":
        with pytest.raises(InvalidInput):
            keys.list_keys("n", prefix=key)


def test_a_key_has_at_most_1024_bytes_once_it_is_composed(keys):
    longest = "é" * 510
    assert keys.put_key("n", longest, 1) == keys.get_key("n", longest)
    for too_long in (longest + "x", "#" * 341, "é" * 511):
        with pytest.raises(KeyTooLong, match="at most 1,024"):
            keys.put_key("n", too_long, 1)


def test_an_item_of_another_kind_under_a_key_is_told(keys, backend):
    (table,) = backend.tables(KV_STORAGE).values()
    other = {"PK": {"S": "NS#n"}, "SK": {"S": "KEY#k"}, "entityType": {"S": "other"}}
    backend.client.put_item(TableName=table, Item=other)
    for read in (lambda: keys.get_key("n", "k"), lambda: keys.list_keys("n")):
        with pytest.raises(CorruptItem, match="'other' where 'key' is expected"):
            read()


@pytest.mark.parametrize("write", ["create_key", "put_key"])
def test_a_write_with_the_same_operation_id_counts_once(keys, clock, write):
    first = getattr(keys, write)("n", "k", 1, op="op-1")
    clock.sleep(3600)
    assert getattr(keys, write)("n", "k", 1, op="op-1") == first


@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.parametrize("operation", ["UpdateItem", "TransactWriteItems"])
@pytest.mark.parametrize("fault", [LOST, TIMED_OUT])
def test_a_put_that_is_not_answered_is_made_once(keys, backend, exists, operation, fault):
    if exists:
        keys.create_key("n", "k", "old")
    with Faults(backend.client) as faults:
        faults.on(operation, fault)
        put = keys.put_key("n", "k", "new")
    assert keys.get_key("n", "k") == put
    assert put.value == "new"


def test_a_put_of_unknown_outcome_is_repeated_by_its_operation_id(keys, backend):
    with Faults(backend.client) as faults:
        faults.always("TransactWriteItems", LOST)
        with pytest.raises(UnknownOutcome) as caught:
            keys.put_key("n", "k", 1)
    applied = keys.get_key("n", "k")
    assert keys.put_key("n", "k", 1, **caught.value.repeat_with) == applied


def test_a_put_holds_although_another_creates_and_deletes_the_key_meanwhile(keys, backend):
    with Faults(backend.client) as faults:
        faults.on("TransactWriteItems", before(lambda: keys.create_key("n", "k", "theirs")))
        faults.on("UpdateItem", None, before(lambda: keys.delete_key("n", "k")))
        assert keys.put_key("n", "k", "mine").value == "mine"
        assert faults.count("UpdateItem") == 2
    assert keys.get_key("n", "k").value == "mine"


def test_a_put_that_never_meets_a_quiet_moment_ends_at_its_deadline(keys, backend, clock):
    with Faults(backend.client) as faults:
        faults.always("UpdateItem", before(lambda: keys.delete_key("n", "k")))
        faults.always("TransactWriteItems", before(lambda: keys.create_key("n", "k", "theirs")))
        with pytest.raises(TransactionConflicted, match="key='k' is created and deleted by others"):
            keys.put_key("n", "k", "mine")
    assert clock.elapsed <= 10
    assert keys.get_key("n", "k").value == "theirs"
