"""The shop (seed 002): users with unique e-mails, carts that expire, orders, products.

A pattern is named after the repository method that performs it, `method.step` where one method
performs several. The `storefront` sells; `fulfilment` ships, keeps the products and users.
"""

from __future__ import annotations

from tablewright.models.catalog.shop_tables import (
    CART,
    EMAIL_GUARD,
    ORDER,
    ORDER_ITEM,
    ORDER_POINTER,
    PRODUCT,
    SHOP_TABLE,
    USER,
)
from tablewright.models.keys import LAST
from tablewright.models.model import DataModel
from tablewright.models.patterns import (
    begins_with,
    between,
    check_part,
    create,
    delete,
    delete_part,
    equals,
    get,
    put_part,
    query,
    read_stream,
    transact,
    update,
    update_part,
)

_USER_PATTERNS = (
    transact("create_user", "storefront", parts=(put_part(USER), put_part(EMAIL_GUARD))),
    get("get_user", USER, "storefront", "fulfilment"),
    get("get_user_by_email", EMAIL_GUARD, "storefront"),
    transact(
        "change_email",
        "storefront",
        parts=(delete_part(EMAIL_GUARD), put_part(EMAIL_GUARD), update_part(USER)),
    ),
    # The guard stays where old and new e-mail differ by case alone.
    update("change_email.spelling", USER, "storefront"),
    update("set_user_status", USER, "fulfilment"),
    query(
        "list_users_by_status",
        USER,
        "fulfilment",
        index="GSI2",
        key=(equals("GSI2PK", "USERSTATUS#<status>#<userId%8>"),),
        # With every key, for a page over shards ends at another item in each.
        attributes=("PK", "SK", "GSI2PK", "GSI2SK", "name", "email", "status"),
    ),
)

_ORDER_PATTERNS = (
    # The last part repeats for every item of the order, at most 97 times.
    transact(
        "create_order",
        "storefront",
        parts=(check_part(USER), put_part(ORDER), put_part(ORDER_POINTER), put_part(ORDER_ITEM)),
    ),
    get("get_order", ORDER, "storefront", "fulfilment"),
    query(
        "get_order.pointer_and_items",
        (ORDER_POINTER, ORDER_ITEM),
        "storefront",
        "fulfilment",
        key=(equals("PK", "ORDER#<orderId>"),),
    ),
    query(
        "list_user_orders",
        ORDER,
        "storefront",
        "fulfilment",
        key=(equals("PK", "USER#<userId>"), begins_with("SK", "ORDER#")),
    ),
    query(
        "list_orders_by_date",
        ORDER,
        "storefront",
        "fulfilment",
        index="GSI1",
        key=(
            equals("GSI1PK", "USER#<userId>"),
            between("GSI1SK", "ORDER#<createdAt>", f"ORDER#<createdAt>#{LAST}"),
        ),
    ),
    update("update_order_status", ORDER, "fulfilment"),
)

_PRODUCT_PATTERNS = (
    create("create_product", PRODUCT, "fulfilment"),
    get("get_product", PRODUCT, "storefront", "fulfilment"),
)

_CART_PATTERNS = (
    create("create_cart", CART, "storefront"),
    get("get_cart", CART, "storefront"),
    update("add_or_remove_cart_item", CART, "storefront"),
    delete("delete_cart", CART, "storefront"),
)

SHOP = DataModel(
    name="shop",
    tables=(SHOP_TABLE,),
    entities=(USER, EMAIL_GUARD, ORDER, ORDER_POINTER, ORDER_ITEM, PRODUCT, CART),
    patterns=(
        *_USER_PATTERNS,
        *_ORDER_PATTERNS,
        *_PRODUCT_PATTERNS,
        *_CART_PATTERNS,
        read_stream("read_shop_stream", SHOP_TABLE.name, "events"),
    ),
)

__all__ = [
    "CART",
    "EMAIL_GUARD",
    "ORDER",
    "ORDER_ITEM",
    "ORDER_POINTER",
    "PRODUCT",
    "SHOP",
    "SHOP_TABLE",
    "USER",
]
