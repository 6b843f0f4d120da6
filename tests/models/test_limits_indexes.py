from __future__ import annotations

import pytest

from tablewright.models import (
    Attribute,
    AttributeType,
    Index,
    Key,
    ModelError,
    Projection,
    WarmThroughput,
)
from tests.support import small_models

ENOUGH = WarmThroughput(read_units=12_000, write_units=4_000)
PARTITION_ONLY = Key.of("PK")


def gsis(count):
    return tuple(Index(name=f"index{n}", key=Key.of(f"GSI{n}PK")) for n in range(count))


def lsis(count):
    indexes = range(count)
    return tuple(Index(name=f"local{n}", key=Key.of("PK", f"L{n}"), local=True) for n in indexes)


def wide(partition, sort):
    return Key(
        tuple(Attribute(f"p{n}") for n in range(partition)),
        tuple(Attribute(f"s{n}") for n in range(sort)),
    )


def one(**arguments):
    return (Index(**({"name": "byStatus", "key": Key.of("GSI1PK")} | arguments)),)


def including(*counts):
    return tuple(
        Index(
            name=f"index{n}",
            key=Key.of(f"GSI{n}PK"),
            projection=Projection.include(*(f"attribute{i}" for i in range(count))),
        )
        for n, count in enumerate(counts)
    )


AT_THE_LIMIT = {
    "a name of 3 characters": one(name="abc"),
    "a name of 255 characters": one(name="i" * 255),
    "20 global indexes": gsis(20),
    "5 local indexes": lsis(5),
    "20 global and 5 local indexes": (*gsis(20), *lsis(5)),
    "4 + 4 key attributes": one(key=wide(4, 4)),
    "4 partition key attributes": one(key=wide(4, 0)),
    "100 projected attributes": including(60, 40),
    "warm throughput at the floor": one(warm_throughput=ENOUGH),
    "an attribute of one type in two keys": (
        *one(key=Key.of("SK")),
        Index(name="other", key=Key.of("SK", "PK")),
    ),
}
OVER_THE_LIMIT = {
    "a name of 2 characters": (
        one(name="ab"),
        r"index 'ab' has 2 characters; AWS takes 3 to 255; lengthen",
    ),
    "a name of 256 characters": (
        one(name="i" * 256),
        r"index 'i+' has 256 characters; AWS takes 3 to 255; shorten",
    ),
    "a name with a slash": (one(name="by/status"), r"index 'by/status': AWS takes .*; rename"),
    "21 global indexes": (
        gsis(21),
        r"21 global secondary indexes; AWS takes at most 20; overload",
    ),
    "6 local indexes": (lsis(6), r"6 local secondary indexes; AWS takes at most 5; overload"),
    "two of one name": (one() * 2, r"2 indexes are called 'byStatus'; give each its own name"),
    "5 partition key attributes": (
        one(key=wide(5, 0)),
        r"index 'byStatus' has 5 partition .* takes 1 to 4; drop or combine",
    ),
    "5 sort key attributes": (
        one(key=wide(1, 5)),
        r"index 'byStatus' has 5 sort .* takes 0 to 4; drop or combine",
    ),
    "no partition key": (
        one(key=wide(0, 1)),
        r"index 'byStatus' has 0 partition .* takes 1 to 4",
    ),
    "an attribute twice in one key": (
        one(key=Key.of("status", "status")),
        r"index 'byStatus': an attribute stands twice .*name each once",
    ),
    "2 sort key attributes of a local index": (
        one(key=Key(PARTITION_ONLY.partition, wide(0, 2).sort), local=True),
        r"index 'byStatus' has 2 sort .* takes 1 to 1",
    ),
    "2 partition key attributes of a local index": (
        one(key=wide(2, 1), local=True),
        r"index 'byStatus' has 2 partition .* takes 1 to 1",
    ),
    "a local index without a sort key": (
        one(key=PARTITION_ONLY, local=True),
        r"index 'byStatus' has 0 sort .* takes 1 to 1",
    ),
    "a local index of another partition key": (
        one(key=Key.of("status", "SK"), local=True),
        r"index 'byStatus' is local with partition key 'status'; it must share .*'PK'",
    ),
    "a local index's own warm throughput": (
        one(key=Key.of("PK", "L"), local=True, warm_throughput=ENOUGH),
        r"index 'byStatus' is local and shares the table's throughput; drop",
    ),
    "an attribute of two types": (
        one(key=Key.of(Attribute("SK", AttributeType.NUMBER))),
        r"attribute 'SK' is S in one key and N in another; an attribute has one type",
    ),
    "101 projected attributes": (
        including(60, 41),
        r"INCLUDE projections name 101 non-key attributes in all; AWS takes 100; project fewer",
    ),
    "warm throughput under the floor": (
        one(warm_throughput=WarmThroughput(read_units=12_000, write_units=3_999)),
        r"index 'byStatus': warm throughput of 3999 write .* floor is 4,000; raise",
    ),
}


@pytest.mark.parametrize("indexes", AT_THE_LIMIT.values(), ids=AT_THE_LIMIT)
def test_indexes_at_the_limit_are_taken(indexes):
    assert small_models.table(indexes=indexes).indexes == indexes


@pytest.mark.parametrize(("indexes", "message"), OVER_THE_LIMIT.values(), ids=OVER_THE_LIMIT)
def test_indexes_over_the_limit_are_refused_with_table_and_remedy(indexes, message):
    with pytest.raises(ModelError, match=rf"^table 'orders': .*{message}"):
        small_models.table(indexes=indexes)


def test_a_local_index_needs_a_table_with_a_sort_key():
    with pytest.raises(
        ModelError,
        match=r"^table 'orders': index 'local0' is local, but the table has no sort key; give",
    ):
        small_models.table(key=PARTITION_ONLY, indexes=lsis(1))
