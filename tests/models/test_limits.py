from __future__ import annotations

import pytest

from tablewright.models import (
    Attribute,
    AttributeType,
    Key,
    ModelError,
    WarmThroughput,
    limits,
)
from tablewright.models.patterns import put_part, transact
from tests.support import small_models


def wide(partition, sort):
    return Key(
        tuple(Attribute(f"p{n}") for n in range(partition)),
        tuple(Attribute(f"s{n}") for n in range(sort)),
    )


def warm(read, write):
    return {"warm_throughput": WarmThroughput(read_units=read, write_units=write)}


AT_THE_LIMIT = {
    "a name of 3 characters": {"name": "abc"},
    "a name of 255 characters": {"name": "a" * 255},
    "a name of every allowed kind": {"name": "aZ9_.-"},
    "a key attribute's name of 255 bytes": {"key": Key.of("k" * 255)},
    "one partition key and one sort key": {"key": wide(1, 1)},
    "a TTL attribute's name of 255 bytes": {"ttl_attribute": "t" * 255},
    "a TTL attribute that is no key": {"ttl_attribute": "expiresAt"},
    "warm throughput at the floor": warm(12_000, 4_000),
    "an item of 1 byte": {"item_size": 1},
    "an item of 400 KB": {"item_size": 409_600},
}
OVER_THE_LIMIT = {
    "a name of 2 characters": (
        {"name": "ab"},
        r"table 'ab' has 2 characters; AWS takes 3 to 255; lengthen",
    ),
    "a name of 256 characters": (
        {"name": "a" * 256},
        r"table 'a+' has 256 characters; AWS takes 3 to 255; shorten",
    ),
    "a name with a space": ({"name": "my orders"}, r"table 'my orders': AWS takes .*; rename"),
    "a name with a line break": ({"name": "orders\n"}, r"table 'orders\\n': .*; rename"),
    "a name with an umlaut": ({"name": "aufträge"}, r"table 'aufträge': .*; rename"),
    "2 partition key attributes": (
        {"key": wide(2, 0)},
        r"table 'orders': its key has 2 partition and 0 sort .* takes 1 and at most 1",
    ),
    "2 sort key attributes": (
        {"key": wide(1, 2)},
        r"table 'orders': its key has 1 partition and 2 sort .* takes 1 and at most 1",
    ),
    "no partition key": (
        {"key": wide(0, 1)},
        r"table 'orders': its key has 0 partition and 1 sort .* takes 1 and at most 1",
    ),
    "a TTL attribute's name of 256 bytes": (
        {"ttl_attribute": "t" * 256},
        r"attribute 't+': its name has 256 bytes; .* 1 to 255; rename",
    ),
    "a TTL attribute that is the table's key": (
        {"ttl_attribute": "SK"},
        r"table 'orders': TTL attribute 'SK' is a key attribute; expire by a number",
    ),
    "a TTL attribute that is an index's key": (
        {"ttl_attribute": "GSI1PK"},
        r"table 'orders': TTL attribute 'GSI1PK' is a key attribute; expire by a number",
    ),
    "warm read throughput under the floor": (
        warm(11_999, 4_000),
        r"table 'orders': warm throughput of 11999 read .* floor is 12,000; raise",
    ),
    "warm write throughput under the floor": (
        warm(12_000, 3_999),
        r"table 'orders': warm throughput of 3999 write .* floor is 4,000; raise",
    ),
    "an item over 400 KB": (
        {"item_size": 409_601},
        r"table 'orders': items of 409,601 bytes; .* 1 to 409,600; keep large values in S3",
    ),
    "an item of no bytes": (
        {"item_size": 0},
        r"table 'orders': items of 0 bytes; an item has 1 to 409,600",
    ),
}


@pytest.mark.parametrize("arguments", AT_THE_LIMIT.values(), ids=AT_THE_LIMIT)
def test_a_table_at_the_limit_is_taken(arguments):
    made = small_models.table(**({"indexes": ()} | arguments))
    assert all(getattr(made, name) == value for name, value in arguments.items())


@pytest.mark.parametrize(("arguments", "message"), OVER_THE_LIMIT.values(), ids=OVER_THE_LIMIT)
def test_a_table_over_the_limit_is_refused_with_the_remedy(arguments, message):
    with pytest.raises(ModelError, match=message):
        small_models.table(**arguments)


@pytest.mark.parametrize("name", ["k", "k" * 255, "ü" * 127])
def test_an_attribute_name_of_up_to_255_bytes_is_taken(name):
    assert Attribute(name).name == name


@pytest.mark.parametrize(("name", "size"), [("", 0), ("k" * 256, 256), ("ü" * 128, 256)])
def test_an_attribute_name_is_measured_in_bytes(name, size):
    with pytest.raises(ModelError, match=rf"its name has {size} bytes; .* 1 to 255; rename"):
        Attribute(name)


@pytest.mark.parametrize("letter", ["S", "N", "B"])
def test_a_key_attribute_is_a_string_a_number_or_binary(letter):
    assert Attribute("key", letter).type is AttributeType(letter)


@pytest.mark.parametrize("letter", ["BOOL", "SS", "s", ""])
def test_another_type_cannot_be_a_key(letter):
    with pytest.raises(ModelError, match=rf"attribute 'key': type '{letter}' .*use 'S'"):
        Attribute("key", letter)


@pytest.mark.parametrize("days", [1, 35])
def test_a_pitr_window_at_the_limit_is_taken(days):
    limits.check_pitr_window("table 'orders'", days)


@pytest.mark.parametrize("days", [-1, 0, 36])
def test_a_pitr_window_over_the_limit_is_refused(days):
    message = rf"table 'orders': a PITR window of {days} days; .*1 to 35; choose"
    with pytest.raises(ModelError, match=message):
        limits.check_pitr_window("table 'orders'", days)


def test_a_managed_policy_at_the_limit_is_taken():
    limits.check_managed_policy("dropify-dev-shop-storefront", 6_144)


def test_a_managed_policy_over_the_limit_is_refused():
    message = r"'dropify-dev-shop-storefront': 6,145 characters; .*6,144; spread"
    with pytest.raises(ModelError, match=message):
        limits.check_managed_policy("dropify-dev-shop-storefront", 6_145)


def test_a_vpc_endpoint_policy_at_the_limit_is_taken():
    limits.check_endpoint_policy(20_480)


def test_a_vpc_endpoint_policy_over_the_limit_is_refused():
    with pytest.raises(ModelError, match=r"20,481 characters; AWS takes 20,480; spread"):
        limits.check_endpoint_policy(20_481)


def test_names_that_differ_are_taken():
    limits.check_unique("table", ["files", "users"])


def test_a_name_declared_twice_is_refused():
    with pytest.raises(ModelError, match=r"table 'files' is declared 2 times; give each its own"):
        limits.check_unique("table", ["files", "users", "files"])


def order_parts(count):
    return transact("create_order", "api", parts=(put_part(small_models.ORDER),) * count)


@pytest.mark.parametrize("count", [1, 100])
def test_a_transaction_at_the_limit_is_taken(count):
    model = small_models.model(order_parts(count))
    assert len(model.pattern("create_order").parts) == count


@pytest.mark.parametrize("count", [0, 101])
def test_a_transaction_over_the_limit_is_refused(count):
    message = rf"model 'orders': .*'create_order' has {count} parts; a transaction takes 1 to 100"
    with pytest.raises(ModelError, match=message):
        small_models.model(order_parts(count))
