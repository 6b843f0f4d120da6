"""An order is written whole or not at all, and found by its id alone."""

from decimal import Decimal

import pytest

from tablewright.data_access.errors import (
    AlreadyExists,
    CorruptItem,
    NotFound,
    UnknownOutcome,
)
from tablewright.data_access.shop import OrderLine
from tests.support.faults import CANCELLED_BY_CONFLICT, INTERNAL_ERROR, LOST, before

LINES = [
    OrderLine(product_id="tea", quantity=2, price=Decimal("1.50")),
    OrderLine(product_id="cup", quantity=1, price=10),
]


def lines(count):
    return [OrderLine(product_id=f"p{n}", quantity=1, price=n) for n in range(count)]


@pytest.fixture(autouse=True)
def ann(users):
    return users.create_user(user_id="ann", name="Ann", email="ann@example.com")


def test_an_order_is_found_by_its_id_as_it_was_created(orders, clock):
    made = orders.create_order("ann", LINES, order_id="o#1%")
    assert orders.get_order("o#1%") == made
    assert (made.order.user_id, made.order.status, made.order.total) == ("ann", "new", 13)
    assert made.order.created_at == clock.now()
    assert [(item.item_id, item.product_id) for item in made.items] == [
        ("01", "tea"),
        ("02", "cup"),
    ]


def test_an_id_that_is_not_given_is_made_up(orders):
    made = orders.create_order("ann", LINES)
    assert orders.get_order(made.order.order_id) == made


def test_an_order_lies_under_its_user_with_pointer_and_items_under_its_own_id(orders, table):
    before = set(table.items())
    orders.create_order("ann", LINES, order_id="o1")
    assert set(table.items()) - before == {
        ("USER#ann", "ORDER#o1"),
        ("ORDER#o1", "METADATA"),
        ("ORDER#o1", "ITEM#01"),
        ("ORDER#o1", "ITEM#02"),
    }
    item = table.items()["USER#ann", "ORDER#o1"]
    assert item["GSI1SK"] == {"S": f"ORDER#{item['createdAt']['S']}#o1"}


def test_items_come_in_the_order_of_their_ids_from_the_table_too(orders):
    ids = ["b", "a#", "a!", "a%", "a$", "10", "9", "\U0001f600", "\uff00"]
    given = [OrderLine(product_id="p", quantity=1, price=1, item_id=each) for each in ids]
    made = orders.create_order("ann", given, order_id="o1")
    assert orders.get_order("o1") == made
    assert {item.item_id for item in made.items} == set(ids)


@pytest.mark.parametrize("count", [1, 97])
def test_an_order_has_up_to_97_items(orders, count):
    made = orders.create_order("ann", lines(count), order_id="o1")
    assert len(made.items) == count
    assert orders.get_order("o1") == made


@pytest.mark.parametrize(
    ("prices", "total"),
    [
        ([("0.1", 3), ("0.2", 1)], "0.5"),
        (
            [("99999999999999999999999999999999.1", 1), ("0.00001", 2)],
            "99999999999999999999999999999999.10002",
        ),
        ([("1E+100", 1), ("-1E+100", 1), ("1E-100", 7)], "7E-100"),
        ([("12345678901234567890123456789012345678", 1)], "12345678901234567890123456789012345678"),
    ],
)
def test_a_total_is_exact(orders, prices, total):
    given = [OrderLine(product_id="p", quantity=n, price=Decimal(price)) for price, n in prices]
    orders.create_order("ann", given, order_id="o1")
    assert orders.get_order("o1").order.total == Decimal(total)


@pytest.mark.parametrize("user_id", ["ann", "bob"])
def test_a_second_order_of_one_id_is_refused_whoever_has_the_first(orders, users, table, user_id):
    users.create_user(user_id="bob", name="Bob", email="bob@example.com")
    orders.create_order("ann", LINES, order_id="o1")
    items = table.items()
    with pytest.raises(AlreadyExists, match="there is an order orderId='o1' already"):
        orders.create_order(user_id, lines(1), order_id="o1")
    assert table.items() == items


def test_an_order_of_nobody_writes_nothing(orders, table):
    items = table.items()
    with pytest.raises(NotFound, match="there is no user userId='u9'"):
        orders.create_order("u9", LINES)
    assert table.items() == items


def test_creating_with_the_same_operation_id_again_gives_the_same_order(orders, clock, table):
    first = orders.create_order("ann", LINES, op="op-1")
    items = table.items()
    clock.sleep(10)
    assert orders.create_order("ann", LINES, op="op-1") == first
    assert table.items() == items


def test_a_conflict_and_a_lost_answer_to_creating_are_no_failure(orders, faults):
    faults.on("TransactWriteItems", CANCELLED_BY_CONFLICT, LOST)
    made = orders.create_order("ann", LINES)
    assert orders.get_order(made.order.order_id) == made
    bodies = faults.bodies("TransactWriteItems")
    assert len(bodies) == 3
    assert bodies[0] == bodies[1] == bodies[2]


def test_creating_is_repeated_with_what_an_unknown_outcome_tells(orders, faults):
    faults.on("TransactWriteItems", LOST)
    faults.always("TransactWriteItems", INTERNAL_ERROR)
    with pytest.raises(UnknownOutcome) as raised:
        orders.create_order("ann", LINES)
    faults.always("TransactWriteItems", None)
    made = orders.create_order("ann", LINES, **raised.value.repeat_with)
    assert [order.order_id for order in orders.list_user_orders("ann").items] == [
        made.order.order_id
    ]


def test_an_order_that_is_not_there_is_not_found(orders):
    with pytest.raises(NotFound, match="there is no order orderId='o9'"):
        orders.get_order("o9")


@pytest.mark.parametrize(
    ("key", "message"),
    [
        (("ORDER#o1", "METADATA"), "has 2 items and no pointer"),
        (("ORDER#o1", "ITEM#01"), "has 1 items and a pointer to 2"),
        (("USER#ann", "ORDER#o1"), "has a pointer to user 'ann', who has no such order"),
    ],
)
def test_an_order_that_lacks_a_piece_is_corrupt(orders, table, key, message):
    orders.create_order("ann", LINES, order_id="o1")
    table.delete(*key)
    with pytest.raises(CorruptItem, match=message):
        orders.get_order("o1")


def test_an_item_of_another_kind_in_an_order_is_corrupt(orders, table):
    orders.create_order("ann", LINES, order_id="o1")
    table.put(PK="ORDER#o1", SK="NOTE#1", entityType="note")
    with pytest.raises(CorruptItem, match="'note', neither pointer nor item"):
        orders.get_order("o1")


def test_an_order_that_is_seen_half_written_is_read_again(orders, table, faults, backend):
    made = orders.create_order("ann", LINES, order_id="o1")
    item = table.items()["ORDER#o1", "ITEM#02"]
    table.delete("ORDER#o1", "ITEM#02")
    put = before(lambda: backend.client.put_item(TableName=table.name, Item=item))
    faults.on("Query", None, put)
    assert orders.get_order("o1") == made
