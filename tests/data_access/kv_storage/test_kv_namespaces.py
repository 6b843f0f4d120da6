"""A namespace belongs to whoever creates it first, and is listed for its owner."""

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    InvalidInput,
    KeyTooLong,
    NotFound,
)
from tablewright.data_access.repository.pages import walk
from tests.support.faults import (
    LOST,
    Faults,
)
from tests.support.kv_items import USERS_ALONE, everything_in


def names(page):
    return [each.name for each in page.items]


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
