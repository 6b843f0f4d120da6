"""The model of orders with other indexes."""

from dataclasses import replace

from tablewright.models import Index, Key, WarmThroughput
from tablewright.models.patterns import equals, query
from tablewright.operations.index_plan.composing import composed
from tests.support.plans import entity_with
from tests.support.small_models import BY_STATUS, ORDER, STATUS_KEY, model, table

BEFORE = model()
KEYS = {name: template.text for name, template in ORDER.keys.items()}
BY_DAY = Index(name="byDay", key=Key.of("GSI2PK"))
WARM = WarmThroughput(read_units=20_000, write_units=5_000)
COOLER = WarmThroughput(read_units=12_000, write_units=4_000)


def with_status_index(**changes):
    index = replace(BY_STATUS, **changes)
    attributes = () if index.projection.kind == "ALL" else ("GSI1PK",)
    listing = query(
        "list_by_status", ORDER, "api", index="byStatus", key=(STATUS_KEY,), attributes=attributes
    )
    keys = {name: KEYS[name] for name in ("PK", "SK", *index.key.names)}
    order = entity_with(ORDER, keys=keys)
    return composed("orders", [table(indexes=(index,))], [order], [listing])


def with_day_index(*patterns):
    """Return the model with a second index, which an attribute of its own is the key of."""
    order = entity_with(ORDER, keys={**KEYS, "GSI2PK": "DAY#<day>"})
    found = query("list_by_day", order, "worker", index="byDay", key=equals("GSI2PK", "DAY#<day>"))
    listing = query("list_by_status", order, "api", index="byStatus", key=(STATUS_KEY,))
    tables = [table(indexes=(BY_STATUS, BY_DAY))]
    return composed("orders", tables, [order], [*patterns, found, listing])


def renamed_index():
    listing = query("list_by_status", ORDER, "api", index="ordersByStatus", key=(STATUS_KEY,))
    index = replace(BY_STATUS, name="ordersByStatus")
    return model(listing, tables=(table(indexes=(index,)),))
