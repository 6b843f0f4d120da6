"""Products are created once, and found by their ids."""

from decimal import Decimal

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    CorruptItem,
    InvalidInput,
    ItemTooLarge,
    KeyTooLong,
    NotFound,
    NumberOutOfRange,
)
from tests.support.faults import LOST


@pytest.mark.parametrize("price", [Decimal("1.50"), 3, Decimal("1E-130"), 10**37])
def test_a_product_is_found_as_it_was_created(products, table, price):
    made = products.create_product(product_id="p#1%", name="Tea", price=price, stock=7)
    assert products.get_product("p#1%") == made
    assert (made.price, made.stock) == (price, 7)
    assert set(table.items()) == {("PRODUCT#p%231%25", "METADATA")}


def test_an_id_that_is_not_given_is_made_up(products):
    made = products.create_product(name="Tea", price=1)
    assert products.get_product(made.product_id) == made


def test_a_second_product_of_one_id_is_refused(products):
    first = products.create_product(product_id="p1", name="Tea", price=1)
    with pytest.raises(AlreadyExists, match="there is a product productId='p1' already"):
        products.create_product(product_id="p1", name="Cup", price=2)
    assert products.get_product("p1") == first


def test_a_product_is_created_once_for_each_operation_id(products, faults):
    faults.on("PutItem", LOST)
    first = products.create_product(name="Tea", price=Decimal("1.50"), op="op-1")
    assert products.create_product(name="Tea", price=Decimal("1.50"), op="op-1") == first


def test_a_product_that_is_not_there_is_not_found(products):
    with pytest.raises(NotFound, match="there is no product productId='p9'"):
        products.get_product("p9")


def test_an_item_of_another_kind_is_no_product(products, table):
    table.put(PK="PRODUCT#p1", SK="METADATA", entityType="coupon")
    with pytest.raises(CorruptItem, match="is 'coupon' where 'product' is expected"):
        products.get_product("p1")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"product_id": ""}, InvalidInput),
        ({"product_id": 7}, InvalidInput),
        ({"product_id": "é" * 1021}, KeyTooLong),
        ({"name": None}, InvalidInput),
        ({"name": "x" * 409_600}, ItemTooLarge),
        ({"price": 1.5}, InvalidInput),
        ({"price": Decimal("NaN")}, InvalidInput),
        ({"price": 10**38 + 1}, NumberOutOfRange),
        ({"price": Decimal("1E+126")}, NumberOutOfRange),
        ({"stock": -1}, InvalidInput),
        ({"stock": 1.0}, InvalidInput),
        ({"stock": True}, InvalidInput),
    ],
)
def test_a_product_that_cannot_be_stored_is_refused_unsent(products, faults, wrong, error):
    with pytest.raises(error):
        products.create_product(**{"product_id": "p", "name": "Tea", "price": 1, **wrong})
    assert faults.attempts == []


@pytest.mark.parametrize("product_id", ["", None, 7, "\ud800"])
def test_an_id_that_cannot_be_a_key_is_refused_unsent(products, faults, product_id):
    with pytest.raises(InvalidInput):
        products.get_product(product_id)
    assert faults.attempts == []
