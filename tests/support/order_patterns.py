"""A model with every operation, comparison and kind of index, for the trials of patterns."""

from __future__ import annotations

from tablewright.models import (
    KEYS_ONLY,
    AccessPattern,
    Attribute,
    Comparator,
    DataModel,
    Entity,
    Index,
    Key,
    Operation,
    Projection,
    Stream,
    StreamView,
    TableSpec,
    WriteCondition,
)
from tablewright.models.keys import LAST
from tablewright.models.patterns import (
    batch_get,
    batch_write,
    begins_with,
    between,
    check_part,
    compare,
    create,
    delete,
    delete_part,
    equals,
    get,
    put_part,
    query,
    read_stream,
    replace,
    transact,
    update,
    update_part,
)

ORDERS = TableSpec(
    name="orders",
    key=Key.of("PK", "SK"),
    environment_variable="ORDERS",
    indexes=(
        Index(
            name="byStatus",
            key=Key.of("statusKey", "createdAt"),
            projection=Projection.include("total"),
        ),
        Index(name="byTotal", key=Key.of("PK", Attribute("total", "N")), local=True),
        Index(name="byDay", key=Key.of("day", "createdAt"), projection=KEYS_ONLY),
    ),
    ttl_attribute="expiresAt",
    stream=Stream(view=StreamView.NEW_IMAGE),
)
ORDER = Entity(
    "order",
    "orders",
    {
        "PK": "USER#<userId>",
        "SK": "ORDER#<orderId>",
        "statusKey": "STATUS#<status>#<orderId%4>",
        "createdAt": "<createdAt>#<orderId>",
        "total": "<total>",
        "day": "<day>",
    },
    attributes=("note", "status", "expiresAt"),
)
USER = Entity("user", "orders", {"PK": "USER#<userId>", "SK": "METADATA"}, ("name",))
SETTINGS = Entity("settings", "orders", {"PK": "SETTINGS", "SK": "METADATA"})
BY_STATUS = equals("statusKey", "STATUS#<status>#<orderId%4>")
OF_USER = equals("PK", "USER#<userId>")

_CHEAP_AND_DEAR = tuple(
    query(name, ORDER, "api", index="byTotal", key=(OF_USER, compare("total", by, "<total>")))
    for name, by in {
        "cheap": Comparator.LESS_THAN,
        "cheap_or_equal": Comparator.AT_MOST,
        "dear": Comparator.GREATER_THAN,
        "dear_or_equal": Comparator.AT_LEAST,
    }.items()
)
PATTERNS = (
    *_CHEAP_AND_DEAR,
    get("get_order", ORDER, "api"),
    get("get_settings", SETTINGS, "api"),
    batch_get("get_orders", ORDER, "api"),
    batch_get("get_all_settings", SETTINGS, "api"),
    create("create_settings", SETTINGS, "api"),
    create("create_order", ORDER, "api"),
    replace("replace_order", ORDER, "api"),
    update("change_order", ORDER, "api"),
    update("touch_order", ORDER, "api", condition=WriteCondition.NONE),
    delete("delete_order", ORDER, "api"),
    delete("delete_existing_order", ORDER, "api", condition=WriteCondition.EXISTS),
    batch_write("write_orders", ORDER, "api"),
    query("everything_of_user", (USER, ORDER), "api", key=(OF_USER,)),
    query("orders_of_user", ORDER, "api", key=(OF_USER, begins_with("SK", "ORDER#"))),
    query("one_order", ORDER, "api", key=(OF_USER, equals("SK", "ORDER#<orderId>"))),
    query("orders_like", ORDER, "api", key=(OF_USER, begins_with("SK", "ORDER#<orderId*>"))),
    query(
        "newest_by_status",
        ORDER,
        "api",
        index="byStatus",
        key=(BY_STATUS, between("createdAt", "<createdAt>", f"<createdAt>#{LAST}")),
        descending=True,
        attributes=("total", "createdAt"),
    ),
    query(
        "keys_of_day",
        ORDER,
        "api",
        index="byDay",
        key=(equals("day", "<day>"),),
        attributes=("PK", "SK"),
    ),
    query(
        "between_totals",
        ORDER,
        "api",
        index="byTotal",
        key=(OF_USER, between("total", "<total>", "<total>")),
    ),
    transact(
        "place_order",
        "api",
        parts=(
            check_part(USER),
            put_part(ORDER),
            update_part(ORDER),
            delete_part(ORDER, WriteCondition.NONE),
        ),
    ),
    read_stream("read_orders", "orders", "audit"),
    AccessPattern(
        name="scan",
        consumers=("api",),
        operation=Operation.SCAN,
        table="orders",
        index="byDay",
        attributes=("PK",),
        reason="a test",
    ),
    AccessPattern(
        name="describe", consumers=("api",), operation=Operation.DESCRIBE_TABLE, table="orders"
    ),
)
MODEL = DataModel(
    name="orders", tables=(ORDERS,), entities=(ORDER, USER, SETTINGS), patterns=PATTERNS
)
