"""A user's orders are listed by id or by date, page by page."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tablewright.data_access.errors import InvalidCursor, InvalidInput
from tablewright.data_access.repository.pages import walk
from tablewright.data_access.shop import OrderLine

LINES = [OrderLine(product_id="tea", quantity=1, price=1)]
MILLISECOND = timedelta(milliseconds=1)


@pytest.fixture(autouse=True)
def created(users, orders, clock):
    """Orders of ann at 0, 0.5, 1.5 and 1.5 seconds, and one of bob."""
    for user_id in ("ann", "bob"):
        users.create_user(user_id=user_id, name=user_id, email=f"{user_id}@example.com")
    start = clock.now()
    for order_id, seconds in (("d", 0), ("c", 0.5), ("b", 1), ("a#", 0)):
        clock.sleep(seconds)
        orders.create_order("ann", LINES, order_id=order_id)
    orders.create_order("bob", LINES, order_id="e")
    return start


def ids(page):
    return [order.order_id for order in getattr(page, "items", page)]


@pytest.mark.parametrize("limit", [1, 3, 4, 50])
def test_a_users_orders_are_listed_by_id(orders, limit):
    pages = walk(lambda cursor: orders.list_user_orders("ann", limit=limit, cursor=cursor))
    assert ids(pages) == ["a#", "b", "c", "d"]
    assert ids(orders.list_user_orders("bob")) == ["e"]
    assert ids(orders.list_user_orders("u9")) == []


def test_the_orders_of_a_user_whose_id_begins_alike_are_not_listed(orders, users):
    users.create_user(user_id="an", name="An", email="an@example.com")
    assert ids(orders.list_user_orders("an")) == []


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (0, 1500, ["d", "c", "a#", "b"]),
        (0, 0, ["d"]),
        (1, 500, ["c"]),
        (1, 499, []),
        (500, 1500, ["c", "a#", "b"]),
        (1500, 1500, ["a#", "b"]),
        (1501, 9999, []),
        (-9999, -1, []),
    ],
)
def test_orders_of_a_period_are_listed_by_date_both_ends_included(
    orders, created, start, end, found
):
    period = {"start": created + start * MILLISECOND, "end": created + end * MILLISECOND}
    assert ids(orders.list_orders_by_date("ann", **period)) == found
    pages = walk(lambda cursor: orders.list_orders_by_date("ann", limit=1, cursor=cursor, **period))
    assert ids(pages) == found


def test_a_full_second_sorts_before_its_fractions(orders, created):
    page = orders.list_orders_by_date("ann", start=created, end=created + timedelta(seconds=1))
    assert ids(page) == ["d", "c"]


def test_a_period_may_be_given_in_any_zone(orders, created):
    zone = timezone(timedelta(hours=-5))
    moment = created.astimezone(zone)
    assert ids(orders.list_orders_by_date("ann", start=moment, end=moment)) == ["d"]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC) + MILLISECOND, datetime(2026, 1, 1, tzinfo=UTC)),
        (datetime(2026, 1, 1), datetime(2026, 1, 2, tzinfo=UTC)),  # noqa: DTZ001 -- refused
        (None, datetime(2026, 1, 2, tzinfo=UTC)),
        (datetime(2026, 1, 1, tzinfo=UTC), "tomorrow"),
        (
            datetime.min.replace(tzinfo=timezone(timedelta(hours=5))),
            datetime.max.replace(tzinfo=UTC),
        ),
    ],
)
def test_a_period_that_is_none_is_refused_unsent(orders, faults, start, end):
    with pytest.raises(InvalidInput):
        orders.list_orders_by_date("ann", start=start, end=end)
    assert faults.attempts == []


def test_a_cursor_is_of_one_user_and_one_period(orders, created):
    period = {"start": created, "end": created + timedelta(seconds=2)}
    other = {**period, "end": created + timedelta(seconds=3)}
    by_id = orders.list_user_orders("ann", limit=1).cursor
    by_date = orders.list_orders_by_date("ann", limit=1, **period).cursor
    assert ids(orders.list_orders_by_date("ann", limit=1, cursor=by_date, **period)) == ["c"]
    for read in (
        lambda: orders.list_user_orders("bob", cursor=by_id),
        lambda: orders.list_user_orders("ann", cursor=by_date),
        lambda: orders.list_user_orders("ann", cursor=by_id[:-2]),
        lambda: orders.list_orders_by_date("ann", cursor=by_id, **period),
        lambda: orders.list_orders_by_date("bob", cursor=by_date, **period),
        lambda: orders.list_orders_by_date("ann", cursor=by_date, **other),
    ):
        with pytest.raises(InvalidCursor):
            read()


@pytest.mark.parametrize("user_id", ["", None, 7, "\ud800"])
def test_a_user_id_that_cannot_be_a_key_is_refused_unsent(orders, faults, created, user_id):
    with pytest.raises(InvalidInput):
        orders.list_user_orders(user_id)
    with pytest.raises(InvalidInput):
        orders.list_orders_by_date(user_id, start=created, end=created)
    assert faults.attempts == []
