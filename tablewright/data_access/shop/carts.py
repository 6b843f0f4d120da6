"""Carts: what somebody may buy, until it expires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.data_access.errors import InvalidInput
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.expressions import Change
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.repository.records import Id, Record
from tablewright.data_access.shop.records import CART, PRODUCT, Cart, Quantity
from tablewright.models.catalog import shop as model

if TYPE_CHECKING:
    from datetime import datetime


class CartLine(Record):
    """So many of a product."""

    product_id: Id
    quantity: Quantity


class CartsRepository(BaseRepository):
    """Creates, fills and empties carts; one that has expired counts as absent.

    A cart keeps its products in a map, and every change names one product of it, so that changes
    at the same time lose nothing.
    """

    model = model.SHOP

    @performs("create_cart")
    def create_cart(
        self, *, cart_id: str | None = None, expires_at: datetime, op: str | None = None
    ) -> Cart:
        """Create an empty cart and return it; raises AlreadyExists for an id that is taken."""
        op = op or self._connection.new_id()
        cart = Cart.of(cart_id=op if cart_id is None else cart_id, items={}, expires_at=expires_at)
        now = self._connection.now()
        if cart.expires_at <= now:
            raise InvalidInput(f"expires_at is {cart.expires_at}, which is past at {now}")
        return self._put("create_cart", CART, cart, op=op)

    @performs("get_cart")
    def get_cart(self, cart_id: str) -> Cart:
        """Return a cart; raises NotFound, also for one that has expired."""
        return self._require("get_cart", CART, {"cartId": cart_id})

    @performs("add_or_remove_cart_item")
    def add_cart_item(
        self, cart_id: str, product_id: str, *, quantity: int = 1, op: str | None = None
    ) -> Cart:
        """Add so many of a product to those in the cart, and return the cart; raises NotFound.

        Repeated with the same `op` it counts once, unless the cart was changed in between.
        """
        line = CartLine.of(product_id=product_id, quantity=quantity)
        added = Change(
            compute={"items.#product": "if_not_exists(#items.#product, :zero) + :quantity"},
            using={"zero": 0, "quantity": line.quantity},
            names={"product": line.product_id},
        )
        return self._change(cart_id, line.product_id, added, op)

    @performs("add_or_remove_cart_item")
    def remove_cart_item(self, cart_id: str, product_id: str, *, op: str | None = None) -> Cart:
        """Remove a product from the cart, however many, and return the cart; raises NotFound.

        A product that is not in the cart is no error.
        """
        line = CartLine.of(product_id=product_id, quantity=1)
        removed = Change(assign={"items.#product": None}, names={"product": line.product_id})
        return self._change(cart_id, line.product_id, removed, op)

    @performs("delete_cart")
    def delete_cart(self, cart_id: str) -> None:
        """Delete a cart; one that is absent already is no error."""
        self._delete("delete_cart", CART, {"cartId": cart_id})

    def _change(self, cart_id: str, product_id: str, change: Change, op: str | None) -> Cart:
        PRODUCT.key({"productId": product_id})  # refuses what is no id of a product
        return self._update(
            "add_or_remove_cart_item",
            CART,
            {"cartId": cart_id},
            change,
            op=op or self._connection.new_id(),
        )
