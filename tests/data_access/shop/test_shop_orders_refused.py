"""An order that cannot be stored is refused before anything is sent."""

from decimal import Decimal

import pytest

from tablewright.data_access.errors import (
    InvalidInput,
    ItemTooLarge,
    KeyTooLong,
    NumberOutOfRange,
    TooManyItems,
)
from tablewright.data_access.shop import OrderLine

LINES = [
    OrderLine(product_id="tea", quantity=2, price=Decimal("1.50")),
    OrderLine(product_id="cup", quantity=1, price=10),
]


def lines(count):
    return [OrderLine(product_id=f"p{n}", quantity=1, price=n) for n in range(count)]


@pytest.fixture(autouse=True)
def ann(users):
    return users.create_user(user_id="ann", name="Ann", email="ann@example.com")


@pytest.mark.parametrize(("count", "error"), [(0, InvalidInput), (98, TooManyItems)])
def test_fewer_than_1_or_more_than_97_items_are_refused_unsent(orders, faults, count, error):
    with pytest.raises(error, match=f"an order of {count} items; an order has 1 to 97"):
        orders.create_order("ann", lines(count))
    assert faults.attempts == []


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"price": 1.5}, InvalidInput),
        ({"price": Decimal("NaN")}, InvalidInput),
        ({"price": Decimal("Infinity")}, InvalidInput),
        ({"price": "1"}, InvalidInput),
        ({"price": True}, InvalidInput),
        ({"price": 10**38 + 1}, NumberOutOfRange),
        ({"price": Decimal("1E+126")}, NumberOutOfRange),
        ({"price": Decimal("1E-999999")}, NumberOutOfRange),
        ({"price": Decimal("12345678901234567890.5"), "quantity": 10**20 + 1}, NumberOutOfRange),
        ({"price": Decimal("9E+999999"), "quantity": 10**30}, NumberOutOfRange),
        ({"quantity": 1 << 4_000_000}, NumberOutOfRange),
        ({"quantity": 0}, InvalidInput),
        ({"quantity": -1}, InvalidInput),
        ({"quantity": 1.0}, InvalidInput),
        ({"quantity": 10**39 + 1}, NumberOutOfRange),
        ({"product_id": ""}, InvalidInput),
        ({"product_id": 7}, InvalidInput),
        ({"product_id": "p" * 409_600}, ItemTooLarge),
        ({"item_id": ""}, InvalidInput),
        ({"item_id": "é" * 510}, KeyTooLong),
        ({"colour": "red"}, InvalidInput),
    ],
)
def test_a_line_that_cannot_be_stored_is_refused_unsent(orders, faults, wrong, error):
    line = {"product_id": "p", "quantity": 1, "price": 1, **wrong}
    with pytest.raises(error):
        orders.create_order("ann", [line])
    assert faults.attempts == []


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"user_id": ""}, InvalidInput),
        ({"user_id": None}, InvalidInput),
        ({"order_id": ""}, InvalidInput),
        ({"order_id": 7}, InvalidInput),
        ({"order_id": "o" * 1024}, KeyTooLong),
        ({"status": 1}, InvalidInput),
        ({"lines": None}, InvalidInput),
        ({"lines": 7}, InvalidInput),
        ({"lines": ["tea"]}, InvalidInput),
    ],
)
def test_an_order_that_cannot_be_stored_is_refused_unsent(orders, faults, wrong, error):
    with pytest.raises(error):
        orders.create_order(**{"user_id": "ann", "lines": LINES, "order_id": "o", **wrong})
    assert faults.attempts == []


def test_two_items_of_one_id_are_refused_unsent(orders, faults):
    given = [OrderLine(product_id="p", quantity=1, price=1, item_id="02"), *LINES[1:]]
    with pytest.raises(InvalidInput, match="two items of an order have one item_id"):
        orders.create_order("ann", given)
    assert faults.attempts == []


@pytest.mark.parametrize("order_id", ["", None, 7, "\ud800"])
def test_an_order_id_that_cannot_be_a_key_is_refused_unsent(orders, faults, order_id):
    with pytest.raises(InvalidInput):
        orders.get_order(order_id)
    with pytest.raises(InvalidInput):
        orders.update_order_status("ann", order_id, from_status="new", to_status="paid")
    assert faults.attempts == []


@pytest.mark.parametrize("status", ["", None, 7])
def test_a_status_that_is_none_is_refused_unsent(orders, faults, status):
    for given in (
        {"from_status": status, "to_status": "x"},
        {"from_status": "x", "to_status": status},
    ):
        with pytest.raises(InvalidInput):
            orders.update_order_status("ann", "o1", **given)
    assert faults.attempts == []
