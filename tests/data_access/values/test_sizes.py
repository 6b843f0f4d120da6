"""Keys and items keep DynamoDB's limits in bytes."""

import pytest

from tablewright.data_access.errors import InvalidInput, ItemTooLarge, KeyTooLong
from tablewright.data_access.values.codec import encode_item
from tablewright.data_access.values.sizes import check_item, check_key, size_of


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
