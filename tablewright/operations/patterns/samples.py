"""Sample items: deterministic field values, composed by the entities' own key templates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from tablewright.models import AttributeType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tablewright.models import DataModel, Entity, TableSpec

Item: TypeAlias = dict[str, Any]
"""An item, or its key, as the low-level client takes it: attribute to typed value."""

MARKER = "sampleRevision"
"""An attribute that no model declares: only a projection of ALL may return it."""

_STEP = 9
_FAR_FUTURE = "4000000000"  # epoch seconds, before 2100 as DynamoDB demands


@dataclass(frozen=True)
class Placed:
    """An item and the table that it belongs to."""

    table: TableSpec
    item: Item

    @property
    def key(self) -> Item:
        """The item's key in its table."""
        return {name: self.item[name] for name in self.table.key.names}

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells the item from every other of the stack."""
        values = (str(value) for typed in self.key.values() for value in typed.values())
        return (self.table.name, *values)


@dataclass(frozen=True)
class Samples:
    """Makes the values of one access pattern; another tag makes none of the same."""

    model: DataModel
    tag: str

    @cached_property
    def _numeric(self) -> frozenset[str]:
        return frozenset(
            field.name
            for entity in self.model.entities
            for attribute in self.model.table(entity.table).attributes
            if attribute.type is AttributeType.NUMBER and attribute.name in entity.keys
            for field in entity.keys[attribute.name].fields
        )

    def is_number(self, field: str) -> bool:
        """Tell whether the field becomes a key attribute of type N."""
        return field in self._numeric

    def value(self, field: str, number: int) -> str:
        """Return the field's value of that number; a greater number sorts later.

        Numbers have one to three digits, so that their order as text is another one.
        """
        if self.is_number(field):
            return str(_STEP * number)
        return f"{field}-{self.tag}-{number:03}"

    def values(
        self, fields: Iterable[str], number: int, fixed: Mapping[str, str] | None = None
    ) -> dict[str, str]:
        """Return a value for each field: the fixed one, or the one of that number."""
        return {field: self.value(field, number) for field in fields} | dict(fixed or {})

    def place(self, entity: Entity, values: Mapping[str, str], *, revision: int = 1) -> Placed:
        """Compose an item with its whole key and every attribute that the entity declares."""
        table = self.model.table(entity.table)
        types = {attribute.name: attribute.type for attribute in table.attributes}
        item: Item = {MARKER: {"N": str(revision)}}
        for name in entity.attributes:
            item[name] = self._attribute(table, name, values, revision)
        for name, template in entity.keys.items():
            item[name] = typed(types[name], template.render(values))
        return Placed(table, item)

    def number(self, entity: Entity, number: int, *, revision: int = 1) -> Placed:
        """Compose the entity's item whose fields all have the value of that number."""
        return self.place(entity, self.values(entity.fields, number), revision=revision)

    def _attribute(
        self, table: TableSpec, name: str, values: Mapping[str, str], revision: int
    ) -> Item:
        if name == table.ttl_attribute:
            return {"N": _FAR_FUTURE}
        if name in values:
            return {"N" if self.is_number(name) else "S": values[name]}
        return {"S": f"{name} of revision {revision}"}


def typed(kind: AttributeType, value: str) -> Item:
    """Write a key attribute's value in its declared type."""
    return {str(kind): value.encode() if kind is AttributeType.BINARY else value}


def without_index(placed: Placed, index_key: Iterable[str]) -> Placed:
    """Leave out the attributes that would put the item in an index (a sparse index)."""
    left_out = set(index_key) - set(placed.table.key.names)
    kept = {name: value for name, value in placed.item.items() if name not in left_out}
    return Placed(placed.table, kept)
