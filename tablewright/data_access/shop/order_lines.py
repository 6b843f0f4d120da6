"""What is ordered: checked, numbered and summed exactly before anything is written."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from typing import TYPE_CHECKING, Final

from tablewright.data_access.errors import InvalidInput, TooManyItems
from tablewright.data_access.repository import transactions
from tablewright.data_access.repository.records import Amount, Id, Record
from tablewright.data_access.shop.records import OrderItem, Quantity
from tablewright.data_access.values.codec import number_text
from tablewright.models.keys import encode

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ITEMS: Final = transactions.MOST_ACTIONS - 3
"""Items of one order: a transaction also takes the user, the order and its pointer."""
_EXACT: Final = Context(prec=1000)
"""Digits enough for any sum of so many numbers that DynamoDB can store."""


class OrderLine(Record):
    """What to order: so many of a product, at this price each.

    `item_id` is the line's number, `01` to `97`, unless it is given.
    """

    product_id: Id
    quantity: Quantity
    price: Amount
    item_id: Id | None = None


class _Lines(Record):
    lines: tuple[OrderLine, ...]


def checked(lines: Sequence[OrderLine]) -> tuple[OrderLine, ...]:
    """Return the lines of an order; raises InvalidInput or TooManyItems."""
    given = _Lines.of(lines=lines).lines
    if not 1 <= len(given) <= MOST_ITEMS:
        kind = TooManyItems if given else InvalidInput
        raise kind(f"an order of {len(given)} items; an order has 1 to {MOST_ITEMS}")
    return given


def total_of(lines: Sequence[OrderLine]) -> Decimal:
    """Return what the lines cost together, never rounded; raises NumberOutOfRange."""
    for number, line in enumerate(lines, start=1):
        # Numbers far out of range would take long to sum, only to be refused.
        number_text(line.quantity, f"quantity of line {number}")
        number_text(line.price, f"price of line {number}")
    with localcontext(_EXACT):
        return sum((line.price * line.quantity for line in lines), Decimal())


def items_of(order_id: str, lines: Sequence[OrderLine]) -> tuple[OrderItem, ...]:
    """Return the items of an order by their ids; raises InvalidInput where two have one id."""
    items = [
        OrderItem.of(
            order_id=order_id,
            item_id=line.item_id or f"{number:02}",
            product_id=line.product_id,
            quantity=line.quantity,
            price=line.price,
        )
        for number, line in enumerate(lines, start=1)
    ]
    ids = [item.item_id for item in items]
    if len(set(ids)) < len(ids):
        raise InvalidInput("two items of an order have one item_id; give each its own")
    # As DynamoDB sorts keys: by their bytes, once "#" and "%" are escaped.
    return tuple(sorted(items, key=lambda item: encode(item.item_id).encode()))
