"""Scenarios of the shop."""

from datetime import timedelta

from tablewright.data_access.shop import (
    CartsRepository,
    OrderLine,
    OrdersRepository,
    ProductsRepository,
    UsersRepository,
)


def users(stage):
    """A user comes, is found, and changes e-mail and status."""
    users = UsersRepository(stage.connection)
    users.create_user(user_id="u1", name="One", email="One@example.com", op="op-1")
    users.create_user(user_id="u1", name="One", email="One@example.com", op="op-1")
    users.get_user("u1")
    users.get_user_by_email("one@example.com")
    users.change_email("u1", old_email="One@example.com", new_email="one@example.com")
    users.change_email("u1", old_email="one@example.com", new_email="uno@example.com")
    users.set_user_status("u1", status="asleep", version=3)
    users.set_user_status("u1", status="awake")


def users_by_status(stage):
    """Users of a status are listed over all shards, page by page, and followed."""
    users = UsersRepository(stage.connection)
    for number in range(3):
        users.create_user(user_id=f"u{number}", name="Some", email=f"u{number}@example.com")
    page = users.list_users_by_status("active", limit=2)
    users.list_users_by_status("active", limit=2, cursor=page.cursor)
    users.follow(page.items[0])


def orders(stage):
    """An order is placed, placed again by the same operation, found, listed and advanced."""
    UsersRepository(stage.connection).create_user(user_id="u1", name="One", email="u1@example.com")
    orders = OrdersRepository(stage.connection)
    lines = [OrderLine(product_id=f"p{number}", quantity=2, price=3) for number in range(2)]
    orders.create_order("u1", lines, order_id="o1", op="op-1")
    stage.clock.sleep(1000)
    orders.create_order("u1", lines, order_id="o1", op="op-1")
    orders.create_order("u1", lines[:1])
    orders.get_order("o1")
    page = orders.list_user_orders("u1", limit=1)
    orders.list_user_orders("u1", limit=1, cursor=page.cursor)
    now = stage.clock.now()
    orders.list_orders_by_date("u1", start=now - timedelta(days=1), end=now)
    orders.update_order_status("u1", "o1", from_status="new", to_status="sent")


def products(stage):
    """A product is offered and found."""
    products = ProductsRepository(stage.connection)
    products.create_product(product_id="p1", name="Thing", price=3, stock=2)
    products.get_product("p1")


def carts(stage):
    """A cart is filled, emptied and deleted."""
    carts = CartsRepository(stage.connection)
    carts.create_cart(cart_id="c1", expires_at=stage.clock.now() + timedelta(hours=1))
    carts.add_cart_item("c1", "p#1", quantity=2)
    carts.remove_cart_item("c1", "p#1")
    carts.get_cart("c1")
    carts.delete_cart("c1")


SCENARIOS = (users, users_by_status, orders, products, carts)
