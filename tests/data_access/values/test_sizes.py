"""Keys and items keep DynamoDB's limits in bytes."""

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablewright.data_access.errors import InvalidInput, ItemTooLarge, KeyTooLong
from tablewright.data_access.values.codec import encode_item
from tablewright.data_access.values.sizes import _base64_text, check_item, check_key, size_of

scalars = st.one_of(
    st.none(), st.booleans(), st.text(), st.binary(), st.integers(-(10**38) + 1, 10**38 - 1)
)
sets = st.one_of(
    st.frozensets(st.text(), min_size=1),
    st.frozensets(st.binary(), min_size=1),
    st.frozensets(st.integers(-99, 99), min_size=1),
)
values = st.recursive(
    st.one_of(scalars, sets),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(min_size=1), inner)),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("values", "size"),
    [
        ({"ab": "cde"}, 5),
        ({"é": "é"}, 4),
        ({"n": 1234567}, 1 + 6),
        ({"n": -12}, 1 + 3),
        ({"t": True}, 2),
        ({"z": [None]}, 1 + 3 + 1 + 1),
        ({"b": b"12345"}, 6),
        ({"l": ["ab", "c"]}, 1 + 3 + (2 + 1) + (1 + 1)),
        ({"m": {"ab": "c"}}, 1 + 3 + (2 + 1 + 1)),
        ({"s": {"ab", "c"}}, 1 + 3),
    ],
)
def test_an_item_is_measured_as_it_is_billed(values, size):
    assert size_of(encode_item(values)) == size


def test_an_item_may_have_400_kb_and_no_byte_more():
    check_item(encode_item({"a": "x" * (400 * 1024 - 1)}), "file")
    with pytest.raises(ItemTooLarge, match="file: the item has 409,601 bytes"):
        check_item(encode_item({"a": "x" * (400 * 1024)}), "file")


@pytest.mark.parametrize(("sort", "most"), [(False, 2048), (True, 1024)])
def test_a_key_is_measured_in_bytes(sort, most):
    check_key("é" * (most // 2), "PK", sort=sort)
    with pytest.raises(KeyTooLong, match=f"has {most + 2:,} bytes; .* at most {most:,}"):
        check_key("é" * (most // 2 + 1), "PK", sort=sort)


@pytest.mark.parametrize(("key", "told"), [("", "is empty"), ("a\ud800", "half a character")])
def test_a_key_that_is_none_is_refused(key, told):
    with pytest.raises(InvalidInput, match=told):
        check_key(key, "PK", sort=False)


def test_half_a_character_in_an_item_is_refused():
    with pytest.raises(InvalidInput, match="half a character"):
        check_item({"a": {"S": "\ud800"}}, "file")


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.dictionaries(st.text(min_size=1), values, min_size=1, max_size=4))
def test_json_is_never_shorter_than_what_is_billed(of):
    """So an item whose JSON fits needs no counting."""
    item = encode_item(of)
    assert size_of(item) <= len(orjson.dumps(item, default=_base64_text))


def nested(depth):
    value = {"S": "x"}
    for _ in range(depth):
        value = {"L": [value]}
    return {"a": value}


@pytest.mark.parametrize(
    "item", [{"a": {"B": b"x" * 399_000}}, {"a": {"S": '"' * 399_000}}, nested(300)]
)
def test_an_item_whose_json_says_nothing_is_counted(item):
    check_item(item, "file")


def test_binary_values_are_measured_raw():
    check_item({"a": {"B": b"x" * (400 * 1024 - 1)}}, "file")
    with pytest.raises(ItemTooLarge):
        check_item({"a": {"B": b"x" * (400 * 1024)}}, "file")
