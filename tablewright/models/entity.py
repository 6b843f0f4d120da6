"""Entities: the kinds of item that share a table, and how each composes its keys."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from tablewright.models import names
from tablewright.models.keys import KeyTemplate

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, eq=False)
class Entity:
    """One kind of item: its key template for every key attribute that it carries.

    `keys` maps attribute to template, the table's key first; an index whose attributes are left
    out does not contain the entity (a sparse index). `attributes` names what else the item holds.
    """

    name: str
    table: str
    keys: Mapping[str, KeyTemplate]
    attributes: tuple[str, ...] = ()

    def __init__(
        self, name: str, table: str, keys: Mapping[str, str], attributes: tuple[str, ...] = ()
    ) -> None:
        names.check_not_empty(f"table {table!r}: an entity", name)
        templates = {attribute: KeyTemplate(text) for attribute, text in keys.items()}
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "table", table)
        object.__setattr__(self, "keys", MappingProxyType(templates))
        object.__setattr__(self, "attributes", attributes)

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that a key of the entity is composed of, in order of first use."""
        fields = (field.name for template in self.keys.values() for field in template.fields)
        return tuple(dict.fromkeys(fields))
