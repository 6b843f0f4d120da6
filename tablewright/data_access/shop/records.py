"""The shop's records, and how an e-mail is compared."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.records import (
    Amount,
    Count,
    Expiry,
    Id,
    Integer,
    Record,
    Text,
    Timestamp,
)
from tablewright.models.catalog import shop as model

Email = Annotated[Text, StringConstraints(pattern=r"^\S+@\S+$")]
"""An address as its owner writes it; only whoever sends to it learns whether it is one."""
Quantity = Annotated[Integer, Field(ge=1)]


class User(Record):
    """Who buys; `email` is as it was given."""

    user_id: Id
    name: Text
    email: Email
    status: Id
    version: Count
    created_at: Timestamp


class UserSummary(Record):
    """What the index by status holds of a user, some time after it was so."""

    user_id: Id
    name: Text
    email: Email
    status: Id


class EmailGuard(Record):
    """Says whose an e-mail is; `email` is as `comparable` makes it."""

    email: Id
    user_id: Id


class Order(Record):
    """An order of a user, without its items."""

    user_id: Id
    order_id: Id
    status: Text
    total: Amount
    created_at: Timestamp


class OrderPointer(Record):
    """Says whose an order is, and how many items it has."""

    order_id: Id
    user_id: Id
    item_count: Count


class OrderItem(Record):
    """One item of an order, at the price of that time."""

    order_id: Id
    item_id: Id
    product_id: Id
    quantity: Quantity
    price: Amount


class OrderWithItems(Record):
    """An order and all of its items, in the order of their ids."""

    order: Order
    items: tuple[OrderItem, ...]


class Product(Record):
    """What there is to buy."""

    product_id: Id
    name: Text
    price: Amount
    stock: Count


class Cart(Record):
    """What somebody may buy until it expires: how many by product id."""

    cart_id: Id
    items: dict[Id, Quantity]
    expires_at: Expiry


USER: Final = Kind(model.SHOP, model.USER, User)
USER_SUMMARY: Final = Kind(
    model.SHOP,
    model.USER,
    UserSummary,
    attributes=model.SHOP.pattern("list_users_by_status").attributes,
)
EMAIL_GUARD: Final = Kind(model.SHOP, model.EMAIL_GUARD, EmailGuard)
ORDER: Final = Kind(model.SHOP, model.ORDER, Order)
ORDER_POINTER: Final = Kind(model.SHOP, model.ORDER_POINTER, OrderPointer)
ORDER_ITEM: Final = Kind(model.SHOP, model.ORDER_ITEM, OrderItem)
PRODUCT: Final = Kind(model.SHOP, model.PRODUCT, Product)
CART: Final = Kind(model.SHOP, model.CART, Cart)


def comparable(email: str) -> str:
    """Return the one spelling of all that differ by case or by how accents are composed.

    Source: The Unicode Standard, D145 (canonical caseless matching); then composed, for shortness.
    """
    folded = unicodedata.normalize("NFD", email).casefold()
    return unicodedata.normalize("NFC", folded)
