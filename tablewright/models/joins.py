"""The checks that join a model: entities fit their tables, and every index is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.models.errors import ModelError
from tablewright.models.servable import check_pattern
from tablewright.models.table import AttributeType

if TYPE_CHECKING:
    from tablewright.models.entity import Entity
    from tablewright.models.model import DataModel
    from tablewright.models.table import TableSpec


def check(model: DataModel) -> None:
    """Refuse a model whose tables cannot serve a pattern, or have an index or TTL without use."""
    for entity in model.entities:
        check_entity(model.table(entity.table), entity)
    for pattern in model.patterns:
        check_pattern(model, pattern)
    for table in model.tables:
        check_indexes_are_used(model, table)
        check_ttl_attribute_is_held(model, table)


def check_entity(table: TableSpec, entity: Entity) -> None:
    """Refuse an entity without the table's whole key, or with half an index's."""
    where = f"table {table.name!r}: entity {entity.name!r}"
    types = {attribute.name: attribute.type for attribute in table.attributes}
    for name, template in entity.keys.items():
        if name not in types:
            raise ModelError(
                f"{where} composes {name!r}, which is a key of neither the table nor an index; "
                "list it under attributes instead"
            )
        if any(field.prefix for field in template.fields):
            raise ModelError(
                f"{where}: {name!r} is composed by {template.text!r}; a prefix field <…*> is for "
                "begins_with alone: write the whole field"
            )
        if types[name] is not AttributeType.STRING and len(template.parts) > 1:
            raise ModelError(
                f"{where}: {name!r} is of type {types[name]}, so its template {template.text!r} "
                "must be a single field"
            )
    missing = [name for name in table.key.names if name not in entity.keys]
    if missing:
        raise ModelError(
            f"{where} does not compose {missing[0]!r}; every item carries the table's whole key: "
            "add its template"
        )
    for index in table.indexes:
        own = set(index.key.names) - set(table.key.names)
        present = own & set(entity.keys)
        if present and present != own:
            raise ModelError(
                f"{where} composes {sorted(present)} but not {sorted(own - present)}, so index "
                f"{index.name!r} would leave it out; give it all of them or none"
            )


def check_indexes_are_used(model: DataModel, table: TableSpec) -> None:
    """Refuse an index that no pattern uses and that does not say why it is kept."""
    used = {
        pattern.index for pattern in model.patterns_on(table.name) if pattern.table == table.name
    }
    for index in table.indexes:
        if index.name not in used and not index.kept_because:
            raise ModelError(
                f"table {table.name!r}: index {index.name!r} serves no access pattern, and is "
                "paid for by every write; remove it, declare its pattern, or say kept_because=…"
            )
        if index.name in used and index.kept_because:
            raise ModelError(
                f"table {table.name!r}: index {index.name!r} serves a pattern and still says "
                f"kept_because={index.kept_because!r}; drop that"
            )


def check_ttl_attribute_is_held(model: DataModel, table: TableSpec) -> None:
    """Refuse a TTL attribute that no entity of the table has; a table may have no entity yet."""
    name = table.ttl_attribute
    if name is None:
        return
    entities = [entity for entity in model.entities if entity.table == table.name]
    if entities and not any(name in entity.attributes for entity in entities):
        raise ModelError(
            f"table {table.name!r}: no entity has the TTL attribute {name!r}, so its items would "
            "never expire; list it in the attributes of the entities that expire, or drop it"
        )
