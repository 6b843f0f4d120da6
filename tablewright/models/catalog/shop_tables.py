"""The table and entities of the shop (seed 002)."""

from __future__ import annotations

from tablewright.models.entity import Entity
from tablewright.models.table import Index, Key, Projection, Stream, TableSpec

SHOP_TABLE = TableSpec(
    name="shop",
    key=Key.of("PK", "SK"),
    environment_variable="SHOP_TABLE_NAME",
    indexes=(
        Index(name="GSI1", key=Key.of("GSI1PK", "GSI1SK")),
        Index(
            name="GSI2",
            key=Key.of("GSI2PK", "GSI2SK"),
            projection=Projection.include("name", "email", "status"),
        ),
    ),
    ttl_attribute="expiresAt",
    stream=Stream(),
)

# A status has few values, so one partition each would be hot: eight shards.
USER = Entity(
    "user",
    SHOP_TABLE.name,
    {
        "PK": "USER#<userId>",
        "SK": "METADATA",
        "GSI2PK": "USERSTATUS#<status>#<userId%8>",
        "GSI2SK": "USER#<userId>",
    },
    attributes=(
        "entityType",
        "operationId",
        "name",
        "email",
        "status",
        "version",
        "createdAt",
    ),
)
# Uniqueness needs an item whose key is the e-mail itself (case-folded).
EMAIL_GUARD = Entity(
    "email_guard",
    SHOP_TABLE.name,
    {"PK": "EMAIL#<email>", "SK": "METADATA"},
    attributes=("entityType", "operationId", "userId"),
)
ORDER = Entity(
    "order",
    SHOP_TABLE.name,
    {
        "PK": "USER#<userId>",
        "SK": "ORDER#<orderId>",
        "GSI1PK": "USER#<userId>",
        "GSI1SK": "ORDER#<createdAt>#<orderId>",
    },
    attributes=("entityType", "operationId", "status", "total", "createdAt"),
)
# Orders lie under their user, so an order is found by its id alone only through this item. It
# tells how many items there are, for a Query may see a transaction half written.
ORDER_POINTER = Entity(
    "order_pointer",
    SHOP_TABLE.name,
    {"PK": "ORDER#<orderId>", "SK": "METADATA"},
    attributes=("entityType", "operationId", "userId", "itemCount"),
)
ORDER_ITEM = Entity(
    "order_item",
    SHOP_TABLE.name,
    {"PK": "ORDER#<orderId>", "SK": "ITEM#<itemId>"},
    attributes=("entityType", "operationId", "productId", "quantity", "price"),
)
PRODUCT = Entity(
    "product",
    SHOP_TABLE.name,
    {"PK": "PRODUCT#<productId>", "SK": "METADATA"},
    attributes=("entityType", "operationId", "name", "price", "stock"),
)
CART = Entity(
    "cart",
    SHOP_TABLE.name,
    {"PK": "CART#<cartId>", "SK": "METADATA"},
    attributes=("entityType", "operationId", "items", "expiresAt"),
)
