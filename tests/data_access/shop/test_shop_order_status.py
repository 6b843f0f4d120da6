"""A status follows the one that was expected, once."""

from decimal import Decimal

import pytest

from tablewright.data_access.errors import (
    NotFound,
    VersionConflict,
)
from tablewright.data_access.shop import OrderLine
from tests.support.faults import LOST

LINES = [
    OrderLine(product_id="tea", quantity=2, price=Decimal("1.50")),
    OrderLine(product_id="cup", quantity=1, price=10),
]


@pytest.fixture(autouse=True)
def ann(users):
    return users.create_user(user_id="ann", name="Ann", email="ann@example.com")


def test_a_status_follows_the_one_that_was_expected(orders):
    made = orders.create_order("ann", LINES, order_id="o1").order
    paid = orders.update_order_status("ann", "o1", from_status="new", to_status="paid")
    assert paid == made.model_copy(update={"status": "paid"})
    assert orders.get_order("o1").order == paid
    with pytest.raises(VersionConflict, match="order orderId='o1' is 'paid', not 'new'"):
        orders.update_order_status("ann", "o1", from_status="new", to_status="cancelled")
    assert orders.get_order("o1").order == paid


@pytest.mark.parametrize(("user_id", "order_id"), [("ann", "o9"), ("bob", "o1")])
def test_a_status_of_no_order_leaves_no_ghost(orders, table, user_id, order_id):
    orders.create_order("ann", LINES, order_id="o1")
    items = table.items()
    with pytest.raises(NotFound, match="there is no order userId="):
        orders.update_order_status(user_id, order_id, from_status="new", to_status="paid")
    assert table.items() == items


def test_a_status_is_set_once_for_each_operation_id(orders, faults):
    orders.create_order("ann", LINES, order_id="o1")
    change = {"from_status": "new", "to_status": "paid", "op": "op-1"}
    faults.on("UpdateItem", LOST)
    paid = orders.update_order_status("ann", "o1", **change)
    assert orders.update_order_status("ann", "o1", **change) == paid
    assert paid.status == "paid"
