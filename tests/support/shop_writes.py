"""Transactions of the shop, made of parts as a test needs them."""

from tablewright.data_access.errors import EmailTaken
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.repository.transactions import check, delete, put, update
from tablewright.data_access.shop.records import (
    EMAIL_GUARD,
    ORDER,
    ORDER_ITEM,
    ORDER_POINTER,
    USER,
    EmailGuard,
    Order,
    OrderItem,
    OrderPointer,
    User,
)
from tablewright.models.catalog import SHOP


class Writes(BaseRepository):
    """Writes whatever a test says."""

    model = SHOP


def user(clock, user_id="u1", email="a@b"):
    return User.of(
        user_id=user_id,
        name="Ann",
        email=email,
        status="active",
        version=1,
        created_at=clock.now(),
    )


def guard(email="a@b", user_id="u1"):
    return EmailGuard.of(email=email, user_id=user_id)


def create(repository, clock, op="op-1", **of_user):
    """Create a user with the guard of an e-mail."""
    made = user(clock, **of_user)
    return repository._transact(
        "create_user", op, put(USER, made), put(EMAIL_GUARD, guard(made.email, made.user_id))
    )


def change_email(repository, op="op-1", *, owner="u1", email="new@b", old="a@b", refused=None):
    """Change an e-mail as the pattern's three parts."""
    return repository._transact(
        "change_email",
        op,
        delete(
            EMAIL_GUARD,
            {"email": old},
            condition=Condition(text="#userId = :owner", values={"owner": owner}),
            refused=refused,
        ),
        put(EMAIL_GUARD, guard(email), refused=lambda _: EmailTaken("taken")),
        update(
            USER,
            {"userId": "u1"},
            Change(assign={"email": email}, add={"version": 1}),
            condition=Condition(text="#email = :old", values={"old": old}),
        ),
    )


def order_parts(clock, count, *, product_id="p", user_id="u1"):
    """Give the parts of an order with so many items."""
    order = Order.of(user_id=user_id, order_id="o", status="new", total=1, created_at=clock.now())
    made = [
        OrderItem.of(order_id="o", item_id=f"{n}", product_id=product_id, quantity=1, price=1)
        for n in range(count)
    ]
    return (
        check(USER, {"userId": user_id}),
        put(ORDER, order),
        put(ORDER_POINTER, OrderPointer.of(order_id="o", user_id=user_id, item_count=count)),
        *(put(ORDER_ITEM, item) for item in made),
    )


def stored(clock):
    """Return what may be there when an e-mail changes, of an operation `op-0`."""
    return {
        "old": EMAIL_GUARD.item(guard(), "op-0"),
        "new": EMAIL_GUARD.item(guard("new@b", "u9"), "op-0"),
        "user": USER.item(user(clock), "op-0"),
    }


def store(repository, item):
    """Put an item as it is."""
    repository._send("put_item", TableName=repository._table(USER), Item=item)
