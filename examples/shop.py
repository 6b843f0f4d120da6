"""Register with a unique e-mail, fill a cart, place an order and follow it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from tablewright.data_access import connect
from tablewright.data_access.errors import EmailTaken, VersionConflict
from tablewright.data_access.shop import (
    CartsRepository,
    OrderLine,
    OrdersRepository,
    ProductsRepository,
    UsersRepository,
)


def main() -> None:
    """Run against the table that the environment names."""
    connection = connect()
    users, products = UsersRepository(connection), ProductsRepository(connection)
    carts, orders = CartsRepository(connection), OrdersRepository(connection)

    email = f"Ada.{connection.new_id()}@example.com"
    user = users.create_user(name="Ada", email=email)
    try:
        users.create_user(name="Somebody else", email=email.upper())
    except EmailTaken as error:
        print(f"refused: {error}")

    book = products.create_product(name="Notebook", price=Decimal("4.50"), stock=10)
    cart = carts.create_cart(expires_at=datetime.now(UTC) + timedelta(hours=1))
    carts.add_cart_item(cart.cart_id, book.product_id, quantity=3)

    line = OrderLine(product_id=book.product_id, quantity=3, price=book.price)
    placed = orders.create_order(user.user_id, [line]).order
    carts.delete_cart(cart.cart_id)
    print(f"ordered for {placed.total}")
    orders.update_order_status(
        user.user_id, placed.order_id, from_status="new", to_status="shipped"
    )
    try:
        orders.update_order_status(
            user.user_id, placed.order_id, from_status="new", to_status="cancelled"
        )
    except VersionConflict as error:
        print(f"refused: {error}")
    print(f"now {orders.get_order(placed.order_id).order.status}")


if __name__ == "__main__":
    main()
