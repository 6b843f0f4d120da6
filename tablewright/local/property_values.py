"""Property values between the provider protocol and plain Python.

The protocol knows one number type (floats), secrets as wrappers, and unknown values as a text;
handlers want whole numbers, bare values and `UNKNOWN`. A null in an object means "not set".
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pulumi.provider.experimental.property_value import Computed, PropertyValue
from pulumi.runtime.rpc import UNKNOWN as UNKNOWN_TEXT

from tablewright.recorder import UNKNOWN

LARGEST_WHOLE_NUMBER: Final = 2**53
"""The protocol's numbers are IEEE doubles, which count in whole steps up to here."""


def plain_map(values: Mapping[str, PropertyValue]) -> dict[str, Any]:
    """Turn a resource's properties into plain Python, without the nulls."""
    return {name: plain(value) for name, value in values.items() if value.value is not None}


def plain(value: PropertyValue) -> Any:  # noqa: ANN401 -- JSON of any shape
    """Turn one value into plain Python; secrets are unwrapped."""
    bare = value.value
    if isinstance(bare, Computed) or bare == UNKNOWN_TEXT:
        return UNKNOWN
    if isinstance(bare, float):
        return int(bare) if bare.is_integer() else bare
    if isinstance(bare, Mapping):
        return plain_map(bare)
    if isinstance(bare, Sequence) and not isinstance(bare, str):
        return [plain(item) for item in bare]
    return bare


def protocol_map(
    properties: Mapping[str, Any], *, secrets: Iterable[str] = ()
) -> dict[str, PropertyValue]:
    """Turn plain properties into the protocol's form; those named in `secrets` become secrets."""
    hidden = frozenset(secrets)
    return {
        name: protocol_value(value).with_secret(name in hidden)
        for name, value in properties.items()
        if value is not None
    }


def protocol_value(value: Any) -> PropertyValue:  # noqa: ANN401 -- JSON of any shape
    """Turn one plain value into the protocol's form."""
    if value is UNKNOWN:
        # Not `PropertyValue.computed()`: the SDK cannot marshal it.
        return PropertyValue(UNKNOWN_TEXT)
    if isinstance(value, int) and not isinstance(value, bool):
        return PropertyValue(_as_float(value))
    if isinstance(value, Mapping):
        return PropertyValue(protocol_map(value))
    if isinstance(value, list | tuple):
        return PropertyValue([protocol_value(item) for item in value])
    return PropertyValue(value)


def secret_names(*maps: Mapping[str, PropertyValue]) -> frozenset[str]:
    """Name the properties that hold a secret in any of the maps."""
    return frozenset(
        name for values in maps for name, value in values.items() if value.contains_secret()
    )


def has_unknown(value: Any) -> bool:  # noqa: ANN401 -- JSON of any shape
    """Tell whether a plain value is unknown, or holds something unknown."""
    if isinstance(value, Mapping):
        return any(has_unknown(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(has_unknown(item) for item in value)
    return value is UNKNOWN


def _as_float(value: int) -> float:
    if abs(value) > LARGEST_WHOLE_NUMBER:
        raise ValueError(
            f"the number {value} is beyond ±{LARGEST_WHOLE_NUMBER}, where the provider protocol "
            "loses digits; hand it over as a string"
        )
    return float(value)
