"""What an emulator may overlook: keys, index keys, projections and TTL as they are declared.

moto takes an index key of the wrong type, and serves reads by key whatever the order of the key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tablewright.models import Entity, Index, Key, TableSpec
    from tablewright.operations.patterns.case import Case


def check_shape(case: Case) -> None:
    """Demand the keys, the index and the TTL attribute that the pattern's items rely on."""
    for name in case.pattern.tables:
        _check_key(case, case.model.table(name))
    if case.pattern.index is not None:
        _check_index(case, case.table.index(case.pattern.index))
    for entity in (*case.pattern.entities, *(part.entity for part in case.pattern.parts)):
        _check_expiry(case, entity)


def _check_key(case: Case, spec: TableSpec) -> None:
    described = case.emulator.table(case.stage.physical(spec.name))
    case.expect(f"table {spec.name!r} with the key {key_text(spec.key)}")
    actual = described_key(described, described)
    case.demand(actual == key_text(spec.key), f"its key is {actual}")


def _check_index(case: Case, index: Index) -> None:
    described = case.emulator.table(case.table_name)
    kind = "LocalSecondaryIndexes" if index.local else "GlobalSecondaryIndexes"
    found = next((i for i in described.get(kind) or () if i["IndexName"] == index.name), None)
    projected = {str(index.projection.kind), *index.projection.attributes}
    case.expect(
        f"index {index.name!r} with the key {key_text(index.key)} and projection "
        f"{sorted(projected)}"
    )
    if found is None:
        case.demand(found, "there is none of that name")
        return
    actual = described_key(described, found)
    case.demand(actual == key_text(index.key), f"its key is {actual}")
    projection = found["Projection"]
    held = {projection["ProjectionType"], *projection.get("NonKeyAttributes", ())}
    case.demand(held == projected, f"its projection is {sorted(held)}")
    case.proved()


def _check_expiry(case: Case, entity: Entity) -> None:
    """Demand that items with a TTL attribute do expire by it."""
    attribute = case.model.table(entity.table).ttl_attribute
    if attribute is None or attribute not in entity.attributes:
        return
    case.expect(f"items of {entity.name!r} that expire by {attribute!r} (TTL)")
    actual = case.emulator.ttl_attribute(case.stage.physical(entity.table))
    case.demand(actual == attribute, f"the table's TTL attribute is {actual or 'not set'}")
    case.proved()


def key_text(key: Key) -> str:
    """Write a declared key: attributes with roles and types, in order."""
    roles = [*((a, "HASH") for a in key.partition), *((a, "RANGE") for a in key.sort)]
    return ", ".join(f"{a.name} {role} {a.type}" for a, role in roles)


def described_key(table: dict[str, Any], of: dict[str, Any]) -> str:
    """Write the key of a described table, or of one of its indexes, in the same way."""
    types = {a["AttributeName"]: a["AttributeType"] for a in table["AttributeDefinitions"]}
    return ", ".join(
        f"{part['AttributeName']} {part['KeyType']} {types.get(part['AttributeName'], '?')}"
        for part in of["KeySchema"]
    )
