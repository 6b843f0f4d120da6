"""A cart holds products until it expires; changes at the same time lose nothing."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    InvalidInput,
    ItemTooLarge,
    KeyTooLong,
    NotFound,
    NumberOutOfRange,
    UnknownOutcome,
)
from tablewright.data_access.shop.records import CART
from tests.support.faults import INTERNAL_ERROR, LOST

HOUR = timedelta(hours=1)


@pytest.fixture
def create(carts, clock):
    def create(cart_id="c1", **given):
        return carts.create_cart(cart_id=cart_id, **{"expires_at": clock.now() + HOUR, **given})

    return create


def test_a_cart_is_found_as_it_was_created(carts, create, clock, table):
    made = create("c#1%")
    assert carts.get_cart("c#1%") == made
    assert (made.items, made.expires_at) == ({}, clock.now() + HOUR)
    seconds = int((clock.now() + HOUR).timestamp())
    assert table.items()["CART#c%231%25", "METADATA"]["expiresAt"] == {"N": str(seconds)}


def test_an_id_that_is_not_given_is_made_up(carts, create):
    made = create(None)
    assert carts.get_cart(made.cart_id) == made


def test_products_are_added_and_removed(carts, create):
    create()
    carts.add_cart_item("c1", "tea")
    carts.add_cart_item("c1", "cup", quantity=2)
    assert carts.add_cart_item("c1", "tea", quantity=3).items == {"tea": 4, "cup": 2}
    assert carts.remove_cart_item("c1", "tea").items == {"cup": 2}
    assert carts.remove_cart_item("c1", "tea").items == {"cup": 2}
    assert carts.get_cart("c1").items == {"cup": 2}


@pytest.mark.parametrize(
    "product_id",
    ["a.b", "a.b[0]", "name", "items", "size", "#product", ":zero", "a b", "é", "0", "a#b%", "x-y"],
)
def test_any_id_of_a_product_may_be_in_a_cart(carts, create, product_id):
    create()
    carts.add_cart_item("c1", "tea")
    carts.add_cart_item("c1", product_id, quantity=2)
    assert carts.add_cart_item("c1", product_id).items == {"tea": 1, product_id: 3}
    assert carts.remove_cart_item("c1", product_id).items == {"tea": 1}


def test_changes_at_the_same_time_lose_nothing(carts, create):
    create()
    adding = [
        threading.Thread(target=carts.add_cart_item, args=("c1", f"p{number % 6}"))
        for number in range(24)
    ]
    for thread in adding:
        thread.start()
    for thread in adding:
        thread.join()
    assert carts.get_cart("c1").items == {f"p{number}": 4 for number in range(6)}


def test_an_expired_cart_counts_as_absent(carts, create, clock, table):
    create(expires_at=clock.now() + timedelta(seconds=1))
    clock.sleep(1)
    for use in (
        lambda: carts.get_cart("c1"),
        lambda: carts.add_cart_item("c1", "tea"),
        lambda: carts.remove_cart_item("c1", "tea"),
    ):
        with pytest.raises(NotFound, match="there is no cart cartId='c1'"):
            use()
    assert len(table.items()) == 1
    made = create()
    assert carts.get_cart("c1") == made


def test_a_cart_lives_until_the_second_in_which_it_expires(carts, create, clock):
    create(expires_at=clock.now() + timedelta(seconds=1.9))
    clock.sleep(0.999)
    assert carts.add_cart_item("c1", "tea").items == {"tea": 1}


@pytest.mark.parametrize("used", ["add_cart_item", "remove_cart_item"])
def test_a_change_of_no_cart_leaves_no_ghost(carts, table, used):
    with pytest.raises(NotFound, match="there is no cart cartId='c9'"):
        getattr(carts, used)("c9", "tea")
    assert table.items() == {}


def test_a_second_cart_of_one_id_is_refused(carts, create):
    create()
    carts.add_cart_item("c1", "tea")
    with pytest.raises(AlreadyExists, match="there is a cart cartId='c1' already"):
        create()
    assert carts.get_cart("c1").items == {"tea": 1}


def test_a_deleted_cart_is_gone_and_deleting_it_again_is_no_error(carts, create, table):
    create()
    carts.delete_cart("c1")
    carts.delete_cart("c1")
    assert table.items() == {}


def test_each_change_counts_once_for_each_operation_id(carts, create, faults):
    faults.on("PutItem", LOST)
    made = create(op="op-0")
    assert create(op="op-0") == made
    faults.on("UpdateItem", LOST)
    carts.add_cart_item("c1", "tea", op="op-1")
    assert carts.add_cart_item("c1", "tea", op="op-1").items == {"tea": 1}
    faults.on("UpdateItem", LOST)
    carts.remove_cart_item("c1", "tea", op="op-2")
    assert carts.remove_cart_item("c1", "tea", op="op-2").items == {}
    faults.on("DeleteItem", LOST)
    carts.delete_cart("c1")


def test_adding_is_repeated_with_what_an_unknown_outcome_tells(carts, create, faults):
    create()
    faults.on("UpdateItem", LOST)
    faults.always("UpdateItem", INTERNAL_ERROR)
    with pytest.raises(UnknownOutcome) as raised:
        carts.add_cart_item("c1", "tea")
    faults.always("UpdateItem", None)
    assert carts.add_cart_item("c1", "tea", **raised.value.repeat_with).items == {"tea": 1}


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"product_id": ""}, InvalidInput),
        ({"product_id": 7}, InvalidInput),
        ({"product_id": "\ud800"}, InvalidInput),
        ({"product_id": "é" * 1021}, KeyTooLong),
        ({"quantity": 0}, InvalidInput),
        ({"quantity": -1}, InvalidInput),
        ({"quantity": 1.0}, InvalidInput),
        ({"quantity": True}, InvalidInput),
        ({"quantity": 10**38 + 1}, NumberOutOfRange),
        ({"cart_id": ""}, InvalidInput),
        ({"cart_id": "é" * 1022}, KeyTooLong),
    ],
)
def test_what_cannot_be_added_is_refused_unsent(carts, faults, given, error):
    with pytest.raises(error):
        carts.add_cart_item(**{"cart_id": "c1", "product_id": "tea", **given})
    assert faults.attempts == []


def test_a_cart_that_is_full_is_told_so_and_stays_as_it_is(carts, connection, create):
    made = create()
    full = made.model_copy(update={"items": {f"{n:03}{'x' * 2000}": 1 for n in range(196)}})
    name = connection.tables.name(CART.table)
    connection.wire.send("put_item", TableName=name, Item=CART.item(full))

    def fill():
        for letter in "abcdefghijkl":
            carts.add_cart_item("c1", letter * 2040)

    with pytest.raises(ItemTooLarge):
        fill()
    assert 196 < len(carts.get_cart("c1").items) < 196 + 12


@pytest.mark.parametrize(
    "expires_at",
    [
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2100, 1, 1, tzinfo=UTC),
        datetime(2027, 1, 1),  # noqa: DTZ001 -- refused
        datetime.max.replace(tzinfo=timezone(-HOUR)),
        None,
    ],
)
def test_a_cart_expires_after_now_and_before_2100(create, faults, expires_at):
    with pytest.raises(InvalidInput):
        create(expires_at=expires_at)
    assert faults.attempts == []


@pytest.mark.parametrize("cart_id", ["", 7, "\ud800"])
def test_a_cart_of_an_id_that_cannot_be_a_key_is_refused_unsent(create, faults, cart_id):
    with pytest.raises(InvalidInput):
        create(cart_id)
    assert faults.attempts == []


@pytest.mark.parametrize("cart_id", ["", None, 7, "\ud800"])
def test_an_id_that_cannot_be_a_key_is_refused_unsent(carts, faults, cart_id):
    for use in (carts.get_cart, carts.delete_cart):
        with pytest.raises(InvalidInput):
            use(cart_id)
    assert faults.attempts == []
