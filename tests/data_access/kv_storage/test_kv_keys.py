"""Keys are found and listed by their names, and in their own namespace alone."""

import pytest

from tablewright.data_access.errors import (
    CorruptItem,
    InvalidCursor,
    InvalidInput,
    KeyTooLong,
    NotFound,
)
from tablewright.data_access.repository.pages import walk
from tablewright.models.catalog import KV_STORAGE


@pytest.fixture
def keys(namespaces, keys):
    for name in ("n", "n#", "other"):
        namespaces.create_namespace(name, "u#1")
    return keys


def names(page):
    return [each.key for each in page.items]


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
