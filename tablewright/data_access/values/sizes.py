"""How much an item takes, and the limits in bytes that keys and items must keep.

Source: DynamoDB developer guide, "Item sizes and formats" and "Constraints".
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, Final

import orjson

from tablewright.data_access.errors import InvalidInput, ItemTooLarge, KeyTooLong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.data_access.values.codec import AttributeValue, Item

MOST_ITEM_BYTES: Final = 400 * 1024
MOST_PARTITION_KEY_BYTES: Final = 2048
MOST_SORT_KEY_BYTES: Final = 1024
_OF_A_COLLECTION: Final = 3
_OF_AN_ELEMENT: Final = 1


def size_of(item: Mapping[str, AttributeValue]) -> int:
    """Return an item's size in bytes, names included, as DynamoDB bills it; numbers rounded up."""
    return sum(len(name.encode()) + _size(value) for name, value in item.items())


def check_item(item: Item, kind: str) -> None:
    """Raise ItemTooLarge for an item that DynamoDB would refuse."""
    if _surely_fits(item):
        return
    try:
        size = size_of(item)
    except UnicodeEncodeError:
        raise InvalidInput(f"{kind}: a string holds half a character (a lone surrogate)") from None
    if size > MOST_ITEM_BYTES:
        raise ItemTooLarge(
            f"{kind}: the item has {size:,} bytes with its attribute names; DynamoDB takes "
            f"{MOST_ITEM_BYTES:,}. Keep large content in S3 and its key here"
        )


def _surely_fits(item: Item) -> bool:
    """Tell whether even the item's JSON fits, which is never shorter than what DynamoDB counts."""
    try:
        return len(orjson.dumps(item, default=_base64_text)) <= MOST_ITEM_BYTES
    except TypeError:
        return False  # half a character, or nested deeper than JSON is written


def _base64_text(value: bytes) -> str:
    return b64encode(value).decode()


def check_key(value: str, attribute: str, *, sort: bool) -> None:
    """Raise for a composed key attribute that DynamoDB would refuse."""
    most = MOST_SORT_KEY_BYTES if sort else MOST_PARTITION_KEY_BYTES
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        raise InvalidInput(f"key {attribute!r} holds half a character (a lone surrogate)") from None
    if not size:
        raise InvalidInput(f"key {attribute!r} is empty; DynamoDB refuses an empty key")
    if size > most:
        which = "sort" if sort else "partition"
        raise KeyTooLong(
            f"key {attribute!r} has {size:,} bytes; a {which} key has at most {most:,}"
        )


def _size(value: AttributeValue) -> int:
    ((tag, content),) = value.items()
    if tag == "M":
        inner = sum(
            len(name.encode()) + _size(each) + _OF_AN_ELEMENT for name, each in content.items()
        )
        return _OF_A_COLLECTION + inner
    if tag == "L":
        return _OF_A_COLLECTION + sum(_size(each) + _OF_AN_ELEMENT for each in content)
    if tag in {"SS", "NS", "BS"}:
        return sum(_scalar(tag[0], each) for each in content)
    return _scalar(tag, content)


def _scalar(tag: str, content: Any) -> int:  # noqa: ANN401 -- what the type's tag holds
    if tag == "S":
        return len(str(content).encode())
    if tag == "N":
        # Two digits a byte, one for the exponent, one for the sign.
        digits = sum(each.isdigit() for each in str(content))
        return (digits + 1) // 2 + 2
    if tag == "B":
        raw: bytes = b64decode(content) if isinstance(content, str) else content
        return len(raw)
    return 1
