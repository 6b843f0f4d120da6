"""Requests of the shop with one mistake each, and what the drift test says of it."""

from tests.support.repository_scenarios_requests import (
    first_shard,
    in_item,
    in_part,
    longer_token,
    rewriting,
    setting,
    shortened,
    swapped,
    valued,
    without,
)

CREATE_PRODUCT = "shop.ProductsRepository.create_product"
GET_PRODUCT = "shop.ProductsRepository.get_product"
CREATE_CART = "shop.CartsRepository.create_cart"
ADD_CART_ITEM = "shop.CartsRepository.add_cart_item"
CREATE_ORDER = "shop.OrdersRepository.create_order"
LIST_ORDERS = "shop.OrdersRepository.list_user_orders"
LIST_BY_DATE = "shop.OrdersRepository.list_orders_by_date"
CREATE_USER = "shop.UsersRepository.create_user"
SET_STATUS = "shop.UsersRepository.set_user_status"
LIST_BY_STATUS = "shop.UsersRepository.list_users_by_status"

MISTAKES = {
    "another table": (GET_PRODUCT, setting(TableName="dropify-dev-others"), "is on dropify-dev-o"),
    "another index": (LIST_BY_DATE, setting(IndexName="GSI2"), "queries GSI2, not GSI1"),
    "the table for an index": (LIST_BY_DATE, without("IndexName"), "queries None, not GSI1"),
    "another direction": (LIST_ORDERS, setting(ScanIndexForward=False), "the other direction"),
    "an eventual read": (GET_PRODUCT, setting(ConsistentRead=False), "is eventual"),
    "a strong read of an index": (LIST_BY_DATE, setting(ConsistentRead=True), "is strong"),
    "no projection": (LIST_BY_STATUS, without("ProjectionExpression"), "for the attributes"),
    "another projection": (
        LIST_BY_STATUS,
        rewriting("ProjectionExpression", ", #status", ""),
        "asks for the attributes",
    ),
    "a shard that there is not": (
        LIST_BY_STATUS,
        valued(":GSI2PK", {"S": "USERSTATUS#active#8"}),
        "compares GSI2PK",
    ),
    "one shard alone": (LIST_BY_STATUS, first_shard, "leaves ['USERSTATUS#active#1',"),
    "another comparator": (
        LIST_ORDERS,
        rewriting("KeyConditionExpression", r"begins_with\((#SK), (:SK)\)", r"\1 >= \2"),
        "does not demand SK begins_with",
    ),
    "half a key condition": (
        LIST_ORDERS,
        rewriting("KeyConditionExpression", " AND .*", ""),
        "a key condition of 1 parts",
    ),
    "a key of another entity": (LIST_ORDERS, valued(":SK", {"S": "ITEM#"}), "compares SK"),
    "a prefix that ends within a part": (LIST_ORDERS, valued(":SK", {"S": "ORD"}), "compares SK"),
    "an end of a range that leaves some out": (
        LIST_BY_DATE,
        valued(":GSI1SK_upper", {"S": "ORDER#2026-01-01T00:00:00.000Z"}),
        "compares GSI1SK",
    ),
    "a filter": (LIST_ORDERS, setting(FilterExpression="#PK = :PK"), "says FilterExpression"),
    "a separator that is not escaped": (
        GET_PRODUCT,
        setting(Key={"PK": {"S": "PRODUCT#a#b"}, "SK": {"S": "METADATA"}}),
        "not composed by PRODUCT#<productId>",
    ),
    "half a key": (GET_PRODUCT, setting(Key={"PK": {"S": "PRODUCT#a"}}), "the key is of ['PK']"),
    "a creation without condition": (
        CREATE_PRODUCT,
        without("ConditionExpression"),
        "demands none of product, not attribute_not_exists",
    ),
    "a creation over what is there": (
        CREATE_PRODUCT,
        setting(ConditionExpression="attribute_exists(#PK)"),
        "demands attribute_exists of product",
    ),
    "a condition that is an alternative": (
        CREATE_PRODUCT,
        setting(ConditionExpression="attribute_not_exists(#PK) OR attribute_exists(#PK)"),
        "demands none of product",
    ),
    "a condition that is denied": (
        CREATE_PRODUCT,
        setting(ConditionExpression="NOT attribute_not_exists(#PK)"),
        "demands none of product",
    ),
    "a creation that an expired item keeps out": (
        CREATE_CART,
        rewriting("ConditionExpression", " OR .*", ""),
        "demands none of cart",
    ),
    "an update of what has expired": (
        ADD_CART_ITEM,
        rewriting("ConditionExpression", r"#expiresAt > ", "#expiresAt <> "),
        "demands none of cart",
    ),
    "an update without condition": (SET_STATUS, without("ConditionExpression"), "demands none"),
    "an attribute that is not declared": (
        CREATE_PRODUCT,
        in_item("colour", {"S": "red"}),
        "writes colour, which product does not declare",
    ),
    "an update of one that is not declared": (
        SET_STATUS,
        setting(
            UpdateExpression="SET #colour = :one",
            ExpressionAttributeNames={"#colour": "colour", "#PK": "PK"},
            ExpressionAttributeValues={":one": {"N": "1"}},
            ConditionExpression="attribute_exists(#PK)",
        ),
        "writes colour, which user does not declare",
    ),
    "another shard than the item's own": (
        SET_STATUS,
        valued(":GSI2PK", {"S": "USERSTATUS#asleep#0"}),
        "GSI2PK is set to",
    ),
    "an item without its sort key": (
        CREATE_PRODUCT,
        lambda request: {**request, "Item": without("SK")(request["Item"])},
        "key SK is missing",
    ),
    "a plain name": (
        SET_STATUS,
        rewriting("UpdateExpression", "#status = ", "status = "),
        "'status' where a name is expected; alias every name",
    ),
    "a literal": (
        SET_STATUS,
        rewriting("UpdateExpression", "= :status", "= 1"),
        "'1' where a name is expected; alias every name and value",
    ),
    "an alias too many": (
        GET_PRODUCT,
        setting(ExpressionAttributeNames={"#name": "name"}),
        "does not use ['#name']",
    ),
    "parts in another order": (CREATE_ORDER, swapped, "part 1 PK is"),
    "parts that are missing": (CREATE_ORDER, shortened, "has 2 parts, not 4"),
    "a part without condition": (
        CREATE_ORDER,
        in_part(-1, without("ConditionExpression")),
        "demands none of order_item",
    ),
    "a check of nothing": (
        CREATE_ORDER,
        in_part(0, rewriting("ConditionExpression", "attribute_exists", "attribute_not_exists")),
        "part 0 demands attribute_not_exists of user",
    ),
    "an item whose keys disagree": (
        CREATE_USER,
        in_part(0, in_item("GSI2SK", {"S": "USER#somebody"})),
        "GSI2SK has userId 'somebody'",
    ),
    "a client token of 37 characters": (CREATE_ORDER, longer_token, "token of 37 characters"),
}
