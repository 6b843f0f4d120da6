"""Property maps between the SDK's protobuf form and plain Python."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from google.protobuf import (  # type: ignore[import-untyped]  # its stubs are a package apart
    empty_pb2,
    struct_pb2,
)
from pulumi.runtime import rpc

from .registration import UNKNOWN

SIGNATURE: Final = rpc._special_sig_key  # noqa: SLF001 -- the protocol's marker, public nowhere
SECRET: Final = rpc._special_secret_sig  # noqa: SLF001 -- as above
RESOURCE: Final = rpc._special_resource_sig  # noqa: SLF001 -- as above

Empty = empty_pb2.Empty


def read(properties: struct_pb2.Struct) -> tuple[dict[str, Any], frozenset[str]]:
    """Return plain values, secrets unwrapped, and the names of the properties with a secret."""
    secrets: set[str] = set()
    plain = {}
    for name, value in sorted(properties.fields.items()):
        found: list[bool] = []
        plain[name] = _plain(value, found)
        if found:
            secrets.add(name)
    return plain, frozenset(secrets)


def write(properties: Mapping[str, Any], secrets: Iterable[str] = ()) -> struct_pb2.Struct:
    """Make the protobuf form; the properties named in `secrets` are wrapped as such."""
    wrapped = {name: _wire(value) for name, value in properties.items()}
    for name in secrets:
        if name in wrapped:
            wrapped[name] = {SIGNATURE: SECRET, "value": wrapped[name]}
    struct = struct_pb2.Struct()
    struct.update(wrapped)
    return struct


def _plain(value: struct_pb2.Value, secrets: list[bool]) -> Any:  # noqa: ANN401 -- JSON of any shape
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        text = value.string_value
        return UNKNOWN if text == rpc.UNKNOWN else text
    if kind == "bool_value":
        return value.bool_value
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() else number
    if kind == "list_value":
        return [_plain(item, secrets) for item in value.list_value.values]
    if kind == "struct_value":
        return _plain_object(value.struct_value, secrets)
    return None


def _plain_object(struct: struct_pb2.Struct, secrets: list[bool]) -> Any:  # noqa: ANN401 -- as above
    fields = struct.fields
    if SIGNATURE in fields:
        signature = fields[SIGNATURE].string_value
        if signature == SECRET:
            secrets.append(True)
            return _plain(fields["value"], secrets)
        if signature == RESOURCE:
            return fields["urn"].string_value
    return {name: _plain(item, secrets) for name, item in sorted(fields.items())}


def _wire(value: Any) -> Any:  # noqa: ANN401 -- as above
    if value is UNKNOWN:
        return rpc.UNKNOWN
    if isinstance(value, Mapping):
        return {str(name): _wire(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_wire(item) for item in value]
    return value
