from __future__ import annotations

import dataclasses

import pytest

from tablewright.models import (
    Attribute,
    AttributeType,
    Comparator,
    Entity,
    Index,
    Key,
    ModelError,
)
from tablewright.models.keys import LAST
from tablewright.models.patterns import begins_with, between, compare, equals, query
from tests.support import small_models

ORDER = Entity(
    "order",
    "orders",
    {
        "PK": "USER#<userId>",
        "SK": "AT#<createdAt>#<orderId>",
        "size": "<size>",
        "shop": "<shop>",
        "month": "<month>",
        "day": "<day>",
    },
)
USER = equals("PK", "USER#<userId>")
SIZE = Attribute("size", AttributeType.NUMBER)
DATE = Key(Key.of("shop").partition, Key.of("month", "day").attributes)
INDEXES = {
    "bySize": Index(name="bySize", key=Key.of("PK", SIZE), local=True),
    "byDate": Index(name="byDate", key=DATE),
}
SHOP = equals("shop", "<shop>")
MONTH = equals("month", "<month>")


def declare(*key, index=None):
    """Return a model of one query; indexes that it does not use are not there."""
    pattern = query("pattern", ORDER, "api", key=key, index=index)
    return declare_pattern(pattern)


def declare_pattern(pattern):
    unused = [
        dataclasses.replace(known, kept_because="another test uses it")
        for name, known in INDEXES.items()
        if name != pattern.index
    ]
    used = [INDEXES[pattern.index]] if pattern.index else []
    table = small_models.table(indexes=(*used, *unused))
    return small_models.model(pattern, tables=(table,), entities=(ORDER,))


SERVABLE = {
    "a whole partition": ((USER,), None),
    "one sort key": ((USER, equals("SK", "AT#<createdAt>#<orderId>")), None),
    "a beginning": ((USER, begins_with("SK", "AT#<createdAt>#")), None),
    "a prefix of a field": ((USER, begins_with("SK", "AT#<createdAt*>")), None),
    "a range": ((USER, between("SK", "AT#<createdAt>", "AT#<createdAt>")), None),
    "a range with its whole end": (
        (USER, between("SK", "AT#<createdAt>", f"AT#<createdAt>#{LAST}")),
        None,
    ),
    "all since": ((USER, compare("SK", Comparator.AT_LEAST, "AT#<createdAt>")), None),
    "a number compared": ((USER, compare("size", Comparator.LESS_THAN, "<size>")), "bySize"),
    "a range of numbers": ((USER, between("size", "<size>", "<size>")), "bySize"),
    "a number equalled": ((USER, equals("size", "<size>")), "bySize"),
    "some sort key attributes from the left": ((SHOP, MONTH), "byDate"),
    "all sort key attributes, the last compared": (
        (SHOP, MONTH, begins_with("day", "<day*>")),
        "byDate",
    ),
}
UNSERVABLE = {
    "no partition key": (
        (equals("SK", "AT#<createdAt>#<orderId>"),),
        None,
        r"is on \['SK'\], but the table has the key \['PK', 'SK'\]; name the partition key \(PK\)",
    ),
    "nothing": ((), None, r"its key condition is on \[\], but the table has the key"),
    "an attribute that is no key": (
        (USER, equals("total", "<total>")),
        None,
        r"its key condition is on \['PK', 'total'\]",
    ),
    "the table's key on an index": (
        (USER,),
        "byDate",
        r"is on \['PK'\], but index 'byDate' has the key \['shop', 'month', 'day'\]",
    ),
    "a gap in the sort key attributes": (
        (SHOP, equals("day", "<day>")),
        "byDate",
        r"is on \['shop', 'day'\], but index 'byDate' has the key",
    ),
    "a compared partition key": (
        (begins_with("PK", "USER#"),),
        None,
        r"'PK' is compared by begins_with; only the last sort key attribute may be",
    ),
    "a comparison before the last": (
        (SHOP, begins_with("month", "<month*>"), equals("day", "<day>")),
        "byDate",
        r"'month' is compared by begins_with; only the last sort key attribute may be",
    ),
    "the beginning of a number": (
        (USER, begins_with("size", "<size>")),
        "bySize",
        r"'size' is a number, which has no beginning; compare it by BETWEEN",
    ),
    "a BETWEEN without an end": (
        (USER, compare("SK", Comparator.BETWEEN, "AT#<createdAt>")),
        None,
        r"'SK' is compared by BETWEEN without an upper end; BETWEEN has one",
    ),
    "an end without a BETWEEN": (
        (USER, dataclasses.replace(between("SK", "AT#", "AT#"), comparator=Comparator.AT_MOST)),
        None,
        r"'SK' is compared by <= with an upper end; BETWEEN has one",
    ),
    "a range whose end matches nothing": (
        (USER, between("SK", "AT#<createdAt>", f"UNTIL#<createdAt>#{LAST}")),
        None,
        r"looks for SK BETWEEN 'UNTIL#<createdAt>#', but that key of entity 'order' is 'AT#",
    ),
    "a range whose beginning matches nothing": (
        (USER, between("SK", "FROM#<createdAt>", f"AT#<createdAt>#{LAST}")),
        None,
        r"looks for SK BETWEEN 'FROM#<createdAt>', but that key of entity 'order' is 'AT#",
    ),
    "a beginning that matches nothing": (
        (USER, begins_with("SK", "ORDER#")),
        None,
        r"looks for SK begins_with 'ORDER#', but that key of entity 'order' is 'AT#.*mend",
    ),
    "a whole key that is only a beginning": (
        (USER, equals("SK", "AT#<createdAt>")),
        None,
        r"looks for SK = 'AT#<createdAt>', but that key of entity 'order' is 'AT#",
    ),
    "a shard of a sort key": (
        (USER, equals("SK", "AT#<createdAt>#<orderId%8>")),
        None,
        r"a shard belongs in a partition key, not in a sort key",
    ),
}


@pytest.mark.parametrize(("key", "index"), SERVABLE.values(), ids=SERVABLE)
def test_a_key_condition_that_the_key_can_serve_is_taken(key, index):
    assert declare(*key, index=index).pattern("pattern").key == key


@pytest.mark.parametrize(("key", "index", "message"), UNSERVABLE.values(), ids=UNSERVABLE)
def test_a_key_condition_that_the_key_cannot_serve_is_refused(key, index, message):
    with pytest.raises(ModelError, match=rf"^table 'orders': access pattern 'pattern'.*{message}"):
        declare(*key, index=index)


def test_an_entity_outside_a_sparse_index_cannot_be_found_there():
    absent = Entity("absent", "orders", {"PK": "X#<x>", "SK": "X"})
    pattern = query("pattern", absent, "api", key=(SHOP,), index="byDate")
    table = small_models.table(indexes=(INDEXES["byDate"],))
    with pytest.raises(ModelError, match=r"looks for shop = '<shop>', .*'absent' has none"):
        small_models.model(pattern, tables=(table,), entities=(absent,))


def test_a_local_index_may_be_read_strongly():
    pattern = query("pattern", ORDER, "api", key=(USER,), index="bySize")
    strong = dataclasses.replace(pattern, strong=True)
    assert declare_pattern(strong).pattern("pattern").strong


SPREAD = Index(
    name="spread",
    key=Key(Key.of("shop").partition + Key.of("month").partition, Key.of("day").attributes),
)


def of_sale(shop, month):
    """Return a model of one query by both attributes of an index's partition key."""
    sale = Entity(
        "sale",
        "orders",
        {"PK": "SALE#<id>", "SK": "SALE", "shop": shop, "month": month, "day": "<day>"},
    )
    pattern = query(
        "pattern", sale, "api", index="spread", key=(equals("shop", shop), equals("month", month))
    )
    table = small_models.table(indexes=(SPREAD,))
    return small_models.model(pattern, tables=(table,), entities=(sale,))


@pytest.mark.parametrize(
    ("shop", "month", "shards"),
    [
        ("<shop>#<id%8>", "<month>#<day%4>", "<day%4>, <id%8>"),
        ("<shop>#<id%8>", "<month>#<id%4>", "<id%4>, <id%8>"),
        ("<shop>#<id%8>#<day%4>", "<month>", "<day%4>, <id%8>"),
    ],
)
def test_shards_of_two_kinds_in_one_key_condition_are_refused(shop, month, shards):
    with pytest.raises(ModelError, match=rf"'pattern': .* has 2 shards \({shards}\); .*by one"):
        of_sale(shop, month)


def test_one_shard_may_stand_in_both_partition_key_attributes():
    assert of_sale("<shop>#<id%8>", "<month>#<id%8>").pattern("pattern").fan_in == 8
