"""Python values as DynamoDB's attribute values, and back.

Exact on purpose: a float, a number that DynamoDB would round or refuse, and an empty set raise
before anything is sent. Numbers come back as int where they are whole, else as Decimal; DynamoDB
keeps their value, not their form (`1.50` returns as `1.5`).
Source: DynamoDB developer guide, "Supported data types and naming rules" and "Item sizes".
"""

from __future__ import annotations

from base64 import b64decode
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from tablewright.data_access.errors import CorruptItem, InvalidInput, NumberOutOfRange
from tablewright.data_access.values.shown import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

AttributeValue = dict[str, Any]
Item = dict[str, AttributeValue]

MOST_DIGITS: Final = 38
MOST_LEVELS: Final = 32
"""Lists and maps in each other."""
_FIRST_TOO_LONG: Final = 10**MOST_DIGITS
_SMALLEST: Final = Decimal("1E-130")
_LARGEST: Final = Decimal("9.9999999999999999999999999999999999999E+125")
_MOST_WHOLE_DIGITS: Final = 126


def encode_item(values: Mapping[str, object]) -> Item:
    """Return an item; what is None is left out, as DynamoDB has no better word for absent."""
    # Most of any item is strings, which need no call of their own; so below.
    return {
        name: {"S": value} if type(value) is str else encode(value, name)
        for name, value in values.items()
        if value is not None
    }


def decode_item(item: Mapping[str, AttributeValue]) -> dict[str, Any]:
    """Return an item's values; raises CorruptItem for a type that there is not."""
    values: dict[str, Any] = {}
    for name, value in item.items():
        if "S" in value:
            values[name] = value["S"]
        elif "N" in value:
            values[name] = _number(value["N"])
        else:
            values[name] = decode(value)
    return values


def encode(value: object, path: str = "value", depth: int = 0) -> AttributeValue:
    """Return one attribute value; raises InvalidInput with the path of what cannot be stored.

    `depth` is how many lists and maps it lies in.
    """
    encoder = _ENCODERS.get(type(value))
    if encoder is None:
        encoder = _inherited(value, path)
    return encoder(value, path, depth)


def decode(value: AttributeValue) -> Any:  # noqa: ANN401 -- whatever was stored
    """Return what was stored; bytes may arrive as base64 text from the fast path."""
    for tag, content in value.items():
        if tag in _DECODERS:
            return _DECODERS[tag](content)
    raise CorruptItem(f"an attribute value has the types {sorted(value)}, none of DynamoDB's")


def _inherited(value: object, path: str) -> Callable[[Any, str, int], AttributeValue]:
    """Return the encoder of a type that inherits from one that can be stored."""
    for known, encoder in _ENCODERS.items():
        if isinstance(value, known):
            return encoder
    if isinstance(value, float):
        raise InvalidInput(f"{path} is a float; give an int or a Decimal, which are exact")
    raise InvalidInput(f"{path} is of type {type(value).__name__}, which DynamoDB cannot store")


def number_text(value: int | Decimal, path: str = "value") -> str:
    """Return a number as DynamoDB takes it; raises NumberOutOfRange where it would be changed."""
    if isinstance(value, int):
        if -_FIRST_TOO_LONG < value < _FIRST_TOO_LONG:
            return f"{value:d}"
        # An int of millions of digits would take long to write out only to be refused.
        if value.bit_length() > _MOST_WHOLE_DIGITS * 4:
            raise NumberOutOfRange(f"{path} has more than {_MOST_WHOLE_DIGITS} digits")
        value = Decimal(value)
    if not value.is_finite():
        raise NumberOutOfRange(f"{path} is {value}; DynamoDB stores finite numbers alone")
    sign, digits, exponent = value.as_tuple()
    significant = "".join(map(str, digits)).lstrip("0")
    trimmed = significant.rstrip("0")
    if len(trimmed) > MOST_DIGITS:
        raise NumberOutOfRange(
            f"{path} has {len(trimmed)} digits; DynamoDB keeps {MOST_DIGITS}, so round it first"
        )
    if not trimmed:
        return "0"
    power = int(exponent) + len(significant) - len(trimmed)
    exact = Decimal((sign, tuple(map(int, trimmed)), power))
    if not _SMALLEST <= exact.copy_abs() <= _LARGEST:
        raise NumberOutOfRange(f"{path} is outside of 1E-130 to 9.9E+125, either sign")
    return str(exact) if power else f"{'-' if sign else ''}{trimmed}"


def _number(text: str) -> int | Decimal:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = Decimal(text)
    except ArithmeticError:
        raise CorruptItem("a stored number is none") from None
    whole = number.is_finite() and number == number.to_integral_value()
    return int(number) if whole else number


def _encode_set(value: set[Any] | frozenset[Any], path: str, _: int) -> AttributeValue:
    if not value:
        raise InvalidInput(f"{path} is an empty set, which DynamoDB refuses; leave it out")
    encoded = [encode(element, path) for element in value]
    tags = {tag for element in encoded for tag in element}
    if len(tags) != 1 or not tags <= {"S", "N", "B"}:
        raise InvalidInput(f"{path} is a set of other things than strings, numbers or bytes alone")
    tag = tags.pop()
    return {f"{tag}S": sorted(element[tag] for element in encoded)}


def _encode_map(value: Mapping[Any, Any], path: str, depth: int) -> AttributeValue:
    inside = _inside(path, depth)
    for name in value:
        if not isinstance(name, str) or not name:
            raise InvalidInput(
                f"{path} has the key {shown(name)}; a name is a string of one character or more"
            )
    return {"M": {name: encode(inner, f"{path}.{name}", inside) for name, inner in value.items()}}


def _encode_list(value: list[Any] | tuple[Any, ...], path: str, depth: int) -> AttributeValue:
    inside = _inside(path, depth)
    return {"L": [encode(inner, f"{path}[{at}]", inside) for at, inner in enumerate(value)]}


def _inside(path: str, depth: int) -> int:
    if depth == MOST_LEVELS:
        raise InvalidInput(
            f"{shown(path)} is nested deeper than the {MOST_LEVELS} levels that DynamoDB takes; "
            "store it as text, such as JSON"
        )
    return depth + 1


def _bytes(content: str | bytes) -> bytes:
    return b64decode(content) if isinstance(content, str) else bytes(content)


_ENCODERS: Final[dict[type, Callable[[Any, str, int], AttributeValue]]] = {
    str: lambda value, _path, _depth: {"S": str(value)},
    bool: lambda value, _path, _depth: {"BOOL": value},
    int: lambda value, path, _depth: {"N": number_text(value, path)},
    Decimal: lambda value, path, _depth: {"N": number_text(value, path)},
    dict: _encode_map,
    list: _encode_list,
    tuple: _encode_list,
    set: _encode_set,
    frozenset: _encode_set,
    bytes: lambda value, _path, _depth: {"B": value},
    bytearray: lambda value, _path, _depth: {"B": bytes(value)},
    type(None): lambda _value, _path, _depth: {"NULL": True},
}

_DECODERS: Final[dict[str, Callable[[Any], Any]]] = {
    "S": lambda content: content,
    "N": _number,
    "M": decode_item,
    "BOOL": lambda content: content,
    "L": lambda content: [decode(inner) for inner in content],
    "NULL": lambda _: None,
    "B": _bytes,
    "SS": frozenset,
    "NS": lambda content: frozenset(map(_number, content)),
    "BS": lambda content: frozenset(map(_bytes, content)),
}
