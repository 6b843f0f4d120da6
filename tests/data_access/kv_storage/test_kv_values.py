"""A key holds any value that DynamoDB can, exactly."""

from decimal import Decimal

import pytest

from tablewright.data_access.errors import (
    InvalidInput,
    ItemTooLarge,
    NumberOutOfRange,
)
from tests.support.faults import Faults


@pytest.fixture
def keys(namespaces, keys):
    namespaces.create_namespace("n", "u#1")
    return keys


@pytest.mark.parametrize(
    "value",
    [
        "",
        "text",
        0,
        False,
        b"",
        b"\x00\xff",
        10**37,
        Decimal("1.5"),
        Decimal("1E-130"),
        {},
        [],
        {"name": "Ann", "tags": frozenset({"a", "b"}), "none": None, "deep": [{"n": [1, None]}]},
        frozenset({1, Decimal("2.5")}),
    ],
    ids=lambda value: repr(value)[:20],
)
@pytest.mark.parametrize("write", ["create_key", "put_key"])
def test_a_value_comes_back_as_it_was_stored(keys, write, value):
    stored = getattr(keys, write)("n", "k", value)
    found = keys.get_key("n", "k")
    assert found == stored
    assert (found.value, type(found.value)) == (value, type(value))
    assert keys.put_key("n", "k", value).value == value


@pytest.mark.parametrize("write", ["create_key", "put_key"])
def test_a_value_near_the_limit_is_stored_whole(keys, write):
    if write == "put_key":
        keys.create_key("n", "k", "small")
    getattr(keys, write)("n", "k", "é" * 200_000)
    assert keys.get_key("n", "k").value == "é" * 200_000
    keys.put_key("n", "k", "small")
    assert keys.get_key("n", "k").value == "small"


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (None, InvalidInput, "a value of None is none; delete the key"),
        (1.5, InvalidInput, "value is a float"),
        ({"a": [1.5]}, InvalidInput, r"value\.a\[0\] is a float"),
        (float("nan"), InvalidInput, "value is a float"),
        (Decimal("NaN"), NumberOutOfRange, "finite"),
        (10**38 + 1, NumberOutOfRange, "39 digits"),
        (frozenset(), InvalidInput, "an empty set"),
        ({1: 2}, InvalidInput, "a name is a string"),
        (object(), InvalidInput, "of type object"),
        ("\ud800", InvalidInput, "half a character"),
        ("x" * 409_600, ItemTooLarge, "DynamoDB takes 409,600.*S3"),
        ("é" * 204_800, ItemTooLarge, "DynamoDB takes 409,600.*S3"),
    ],
)
@pytest.mark.parametrize("write", ["create_key", "put_key"])
def test_a_value_that_cannot_be_stored_is_refused_before_anything_is_sent(  # noqa: PLR0917 -- a table
    keys, backend, write, value, error, message
):
    with Faults(backend.client) as faults, pytest.raises(error, match=message):
        getattr(keys, write)("n", "k", value)
    assert not faults.attempts
