"""Repositories of the shop: users, orders, products, carts."""

from tablewright.data_access.shop.carts import CartsRepository
from tablewright.data_access.shop.order_lines import OrderLine
from tablewright.data_access.shop.orders import OrdersRepository
from tablewright.data_access.shop.products import ProductsRepository
from tablewright.data_access.shop.records import (
    Cart,
    Order,
    OrderItem,
    OrderWithItems,
    Product,
    User,
    UserSummary,
)
from tablewright.data_access.shop.users import UsersRepository

__all__ = [
    "Cart",
    "CartsRepository",
    "Order",
    "OrderItem",
    "OrderLine",
    "OrderWithItems",
    "OrdersRepository",
    "Product",
    "ProductsRepository",
    "User",
    "UserSummary",
    "UsersRepository",
]
