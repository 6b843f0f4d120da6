"""Secondary indexes of a table: each one that is declared, and any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.models import Index, Key, TableSpec
    from tablewright.operations.verify.comparison import Comparison

_KINDS = {"GlobalSecondaryIndexes": False, "LocalSecondaryIndexes": True}


def check_indexes(
    resource: str,
    spec: TableSpec,
    table: Mapping[str, Any],
    into: Comparison,
) -> None:
    """Compare the indexes by name; one that is not declared is a difference too."""
    for kind, local in _KINDS.items():
        found = {entry["IndexName"]: entry for entry in table.get(kind) or ()}
        declared = {index.name: index for index in spec.indexes if index.local is local}
        for name, index in declared.items():
            _check_index(f"{resource} index {name}", index, found.get(name), into)
        for name in sorted(set(found) - set(declared)):
            into.undeclared(
                f"{resource} index {name}", "existence", "there, but no model declares it"
            )


def _check_index(
    resource: str,
    index: Index,
    found: Mapping[str, Any] | None,
    into: Comparison,
) -> None:
    into.compare(resource, "existence", "there", found and "there")
    if not found:
        return
    into.compare(resource, "key schema", key_schema(index.key), described_key(found))
    projection = found.get("Projection") or {}
    expected = [str(index.projection.kind), *sorted(index.projection.attributes)]
    actual = [
        projection.get("ProjectionType"),
        *sorted(projection.get("NonKeyAttributes") or ()),
    ]
    into.compare(resource, "projection", expected, actual)
    if not index.local:
        into.compare(resource, "status", "ACTIVE", found.get("IndexStatus"))


def key_schema(key: Key) -> list[str]:
    """Write a declared key: each attribute with its role, in order."""
    return [
        *(f"{attribute.name} HASH" for attribute in key.partition),
        *(f"{attribute.name} RANGE" for attribute in key.sort),
    ]


def described_key(described: Mapping[str, Any]) -> list[str]:
    """Write a deployed key in the same way."""
    return [f"{part['AttributeName']} {part['KeyType']}" for part in described["KeySchema"]]
