"""Values come back as they went in, as boto3 would have written and read them, or are refused."""

import math
from base64 import b64encode
from collections import OrderedDict
from decimal import Decimal
from enum import IntEnum, StrEnum

import pytest
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from hypothesis import given, settings
from hypothesis import strategies as st

from tablewright.data_access.errors import CorruptItem, InvalidInput, NumberOutOfRange
from tablewright.data_access.values.codec import (
    decode,
    decode_item,
    encode,
    encode_item,
    number_text,
)

numbers = st.one_of(
    st.integers(-(10**38) + 1, 10**38 - 1),
    st.decimals(
        allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12
    ),
    st.builds(
        lambda digits, power: Decimal(digits).scaleb(power),
        st.integers(-(10**38) + 1, 10**38 - 1),
        st.integers(-90, 80),
    ),
)
scalars = st.one_of(st.none(), st.booleans(), st.text(), st.binary(), numbers)
sets = st.one_of(
    st.frozensets(st.text(), min_size=1),
    st.frozensets(st.binary(), min_size=1),
    st.frozensets(st.integers(-(10**9), 10**9), min_size=1),
)
values = st.recursive(
    st.one_of(scalars, sets),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(min_size=1), inner)),
    max_leaves=10,
)
QUICK = settings(max_examples=150, deadline=None, derandomize=True, database=None)


@QUICK
@given(values)
def test_what_is_stored_comes_back(value):
    assert decode(encode(value)) == value


@QUICK
@given(values)
def test_boto3_reads_what_we_write(value):
    assert comparable(TypeDeserializer().deserialize(encode(value))) == comparable(value)


@QUICK
@given(st.one_of(st.booleans(), st.text(), st.binary(), st.integers(-(10**37), 10**37), sets))
def test_we_read_what_boto3_writes(value):
    assert comparable(decode(TypeSerializer().serialize(value))) == comparable(value)


def comparable(value):
    """Return a value whatever classes a library wraps it in."""
    if isinstance(value, dict):
        return {name: comparable(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [comparable(inner) for inner in value]
    if isinstance(value, set | frozenset):
        return {comparable(inner) for inner in value}
    if hasattr(value, "value") and isinstance(value.value, bytes | bytearray):
        return bytes(value.value)
    return value


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (-0, "0"),
        (Decimal("-0.00"), "0"),
        (7, "7"),
        (-7, "-7"),
        (Decimal("1.50"), "1.5"),
        (Decimal("1E+3"), "1E+3"),
        (10**125, "1E+125"),
        (10**38 - 1, "9" * 38),
        (Decimal("1E-130"), "1E-130"),
        (Decimal(f"0.{'0' * 50}1"), "1E-51"),
    ],
)
def test_a_number_is_written_exactly(number, text):
    assert number_text(number) == text
    assert Decimal(text) == number


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (10**38 + 1, "39 digits"),
        (Decimal("1." + "1" * 38), "39 digits"),
        (10**126, "outside of"),
        (Decimal("1E-131"), "outside of"),
        (-(10**140), "outside of"),
        (Decimal("NaN"), "finite"),
        (Decimal("-Infinity"), "finite"),
    ],
)
def test_a_number_that_would_be_changed_is_refused(number, told):
    with pytest.raises(NumberOutOfRange, match=told):
        encode({"price": number})


def test_a_huge_number_is_refused_without_being_written_out():
    with pytest.raises(NumberOutOfRange, match="more than 126 digits"):
        number_text(10**100_000)


def test_the_digits_that_count_are_those_that_differ():
    assert number_text(int("9" * 38 + "0" * 80)) == f"{'9.' + '9' * 37}E+117"


class Color(StrEnum):
    RED = "red"


class Level(IntEnum):
    HIGH = 3


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Color.RED, {"S": "red"}),
        (Level.HIGH, {"N": "3"}),
        (OrderedDict(a=1), {"M": {"a": {"N": "1"}}}),
        (("a", None), {"L": [{"S": "a"}, {"NULL": True}]}),
        ({3, 1, 2}, {"NS": ["1", "2", "3"]}),
        (bytearray(b"x"), {"B": b"x"}),
        (True, {"BOOL": True}),
    ],
)
def test_a_value_is_written_by_what_it_is(value, written):
    assert encode(value) == written


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (1.5, "item.price is a float"),
        (math.nan, "item.price is a float"),
        (set(), "empty set"),
        ({1, "a"}, "a set of other things"),
        ({True}, "a set of other things"),
        ({("a",)}, "a set of other things"),
        (object(), "of type object"),
        ([{"deep": 1.5}], r"item\.price\[0\]\.deep is a float"),
        ({1: "a"}, "has the key 1"),
        ({"": "a"}, "has the key ''"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_path(value, told):
    with pytest.raises(InvalidInput, match=told):
        encode({"price": value}, "item")


def test_what_is_absent_is_left_out_of_an_item():
    assert encode_item({"a": 1, "b": None}) == {"a": {"N": "1"}}


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        ({"N": "1.50"}, Decimal("1.5")),
        ({"N": "2.00"}, 2),
        ({"N": "1E+2"}, 100),
        ({"B": b64encode(b"\x00\xff").decode()}, b"\x00\xff"),
        ({"BS": [b64encode(b"a").decode(), b"b"]}, frozenset({b"a", b"b"})),
        ({"NS": ["1", "1.5"]}, frozenset({1, Decimal("1.5")})),
        ({"NULL": True}, None),
    ],
)
def test_what_was_stored_is_read_by_its_type(stored, value):
    found = decode(stored)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("stored", [{}, {"X": "1"}, {"N": "many"}, {"L": [{"Y": 1}]}])
def test_what_no_type_explains_is_a_corrupt_item(stored):
    with pytest.raises(CorruptItem):
        decode_item({"a": stored})
