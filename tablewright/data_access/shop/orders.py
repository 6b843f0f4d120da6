"""Orders: written whole or not at all, found by user, date or their own id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tablewright.data_access.errors import AlreadyExists, CorruptItem, NotFound, VersionConflict
from tablewright.data_access.repository import transactions
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.repository.kinds import ENTITY_TYPE
from tablewright.data_access.repository.performs import performs
from tablewright.data_access.repository.records import Id, Record, Timestamp
from tablewright.data_access.shop.order_lines import checked, items_of, total_of
from tablewright.data_access.shop.records import (
    ORDER,
    ORDER_ITEM,
    ORDER_POINTER,
    USER,
    Order,
    OrderItem,
    OrderPointer,
    OrderWithItems,
)
from tablewright.models.catalog import shop as model

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tablewright.data_access.repository.pages import Page
    from tablewright.data_access.shop.order_lines import OrderLine
    from tablewright.data_access.values.codec import Item

_ATTEMPTS: Final = 2
_PIECES: Final = {kind.entity.name: kind for kind in (ORDER_POINTER, ORDER_ITEM)}


class Period(Record):
    """From when until when, both included."""

    start: Timestamp
    end: Timestamp


class StatusChange(Record):
    """From which status to which."""

    from_status: Id
    to_status: Id


class OrdersRepository(BaseRepository):
    """Creates, finds and advances orders."""

    model = model.SHOP

    @performs("create_order", "get_order.pointer_and_items", "get_order")
    def create_order(
        self,
        user_id: str,
        lines: Sequence[OrderLine],
        *,
        order_id: str | None = None,
        status: str = "new",
        op: str | None = None,
    ) -> OrderWithItems:
        """Create an order with 1 to 97 items and return it, its total computed from them.

        Raises NotFound where there is no such user, AlreadyExists for an id that is taken by
        whomever, and TooManyItems before anything is sent.
        """
        op = op or self._connection.new_id()
        given = checked(lines)
        order = Order.of(
            user_id=user_id,
            order_id=op if order_id is None else order_id,
            status=status,
            total=total_of(given),
            created_at=self._connection.now(),
        )
        items = items_of(order.order_id, given)
        pointer = OrderPointer.of(order_id=order.order_id, user_id=user_id, item_count=len(items))
        taken = AlreadyExists(f"there is an order orderId={order.order_id!r} already")
        earlier = self._transact(
            "create_order",
            op,
            transactions.check(USER, {"userId": user_id}),
            transactions.put(ORDER, order, refused=lambda _: taken),
            transactions.put(ORDER_POINTER, pointer, refused=lambda _: taken),
            *(transactions.put(ORDER_ITEM, item) for item in items),
        )
        if earlier is None:
            return OrderWithItems(order=order, items=items)
        with self._behind_write(f"order {order.order_id!r} was created", op=op):
            return self.get_order(order.order_id)

    @performs("get_order.pointer_and_items", "get_order")
    def get_order(self, order_id: str) -> OrderWithItems:
        """Return an order and its items by its id alone.

        Raises NotFound where nothing of it is there, and CorruptItem where only a part is: orders
        are written whole and never deleted.
        """
        # A Query may see half of a transaction, so what is missing is looked for once more
        # (developer guide, "Transaction isolation levels").
        for _ in range(_ATTEMPTS):
            pointer, items = self._pieces(order_id)
            if pointer is not None and pointer.item_count == len(items):
                break
        if pointer is None and not items:
            raise NotFound(f"there is no order orderId={order_id!r}")
        if pointer is None or pointer.item_count != len(items):
            promised = "no pointer" if pointer is None else f"a pointer to {pointer.item_count}"
            raise CorruptItem(f"order orderId={order_id!r} has {len(items)} items and {promised}")
        order = self._get("get_order", ORDER, {"userId": pointer.user_id, "orderId": order_id})
        if order is None:
            raise CorruptItem(
                f"order orderId={order_id!r} has a pointer to user {pointer.user_id!r}, who has "
                "no such order"
            )
        return OrderWithItems(order=order, items=items)

    @performs("list_user_orders")
    def list_user_orders(
        self, user_id: str, *, limit: int = 50, cursor: str | None = None
    ) -> Page[Order]:
        """List a user's orders by their ids; made-up ids sort by time."""
        asked = self._query("list_user_orders", ORDER, {"userId": user_id})
        return asked.page(limit=limit, cursor=cursor)

    @performs("list_orders_by_date")
    def list_orders_by_date(
        self,
        user_id: str,
        *,
        start: datetime,
        end: datetime,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[Order]:
        """List a user's orders from `start` until `end`, both included, oldest first.

        A new order appears a little later. Raises InvalidInput where `start` is after `end`.
        """
        period = Period.of(start=start, end=end).attributes()
        low, high = ({"userId": user_id, "createdAt": period[name]} for name in ("start", "end"))
        return self._query("list_orders_by_date", ORDER, low, high).page(limit=limit, cursor=cursor)

    @performs("update_order_status")
    def update_order_status(
        self,
        user_id: str,
        order_id: str,
        *,
        from_status: str,
        to_status: str,
        op: str | None = None,
    ) -> Order:
        """Set an order's status if it is still `from_status`, and return the order.

        Raises NotFound, or VersionConflict where the status is another.
        """
        wanted = StatusChange.of(from_status=from_status, to_status=to_status)

        def refused(item: Item | None) -> VersionConflict | None:
            if item is None:
                return None
            status = ORDER.read(item).status
            return VersionConflict(f"order orderId={order_id!r} is {status!r}, not {from_status!r}")

        return self._update(
            "update_order_status",
            ORDER,
            {"userId": user_id, "orderId": order_id},
            Change(assign={"status": wanted.to_status}),
            op=op or self._connection.new_id(),
            condition=Condition(text="#status = :from", values={"from": wanted.from_status}),
            refused=refused,
        )

    def _pieces(self, order_id: str) -> tuple[OrderPointer | None, tuple[OrderItem, ...]]:
        asked = self._query("get_order.pointer_and_items", _piece, {"orderId": order_id})
        pieces = list(asked.each())
        pointers = [piece for piece in pieces if isinstance(piece, OrderPointer)]
        items = tuple(piece for piece in pieces if isinstance(piece, OrderItem))
        return (pointers[0] if pointers else None), items


def _piece(item: Item) -> Any:  # noqa: ANN401 -- a pointer or an item
    name = item.get(ENTITY_TYPE, {}).get("S")
    kind = _PIECES.get(str(name))
    if kind is None:
        raise CorruptItem(f"an item of an order is {name!r}, neither pointer nor item")
    return kind.read(item)
