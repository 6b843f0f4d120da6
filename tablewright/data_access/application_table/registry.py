"""Which record class is which entity of a model, and what the keys of one are composed of."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from tablewright.data_access.errors import CorruptItem, InvalidInput
from tablewright.data_access.repository.kinds import OPERATION_ID, Kind
from tablewright.data_access.repository.records import Record
from tablewright.data_access.transport.timing import timestamp
from tablewright.data_access.values.shown import shown
from tablewright.models import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.data_access.errors import DataAccessError
    from tablewright.data_access.repository.performer import Refusal
    from tablewright.data_access.values.codec import Item
    from tablewright.models import AccessPattern, DataModel

R = TypeVar("R", bound=Record)

ARGUMENTS: Final = frozenset({"op", "limit", "cursor", "upper"})
"""The methods' own arguments, beside which a key's fields are given by name."""


class Registry:
    """The kinds of a model by their record classes; raises ModelError for one that does not fit."""

    def __init__(self, model: DataModel, kinds: Mapping[type[Record], str]) -> None:
        self._model = model
        self._kinds: dict[type[Record], Kind[Any]] = {
            record: Kind(model, model.entity(entity), record) for record, entity in kinds.items()
        }
        for record, kind in self._kinds.items():
            _check(record, kind)

    def kind(self, record: type[R]) -> Kind[R]:
        """Return the kind of a record class; raises InvalidInput for one that has none."""
        kind = self._kinds.get(record) if isinstance(record, type) else None
        if kind is None:
            known = ", ".join(each.__name__ for each in self._kinds)
            raise InvalidInput(
                f"{shown(getattr(record, '__name__', record))} is no record of this table "
                f"({known}); register its class with an entity of the model"
            )
        return kind


def key_fields(kind: Kind[Any], given: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of the table's key by the names that templates have for them."""
    names = kind.table.key.names
    return _by_alias(kind, given, {f.name for n in names for f in kind.entity.keys[n].fields})


def condition_fields(
    kind: Kind[Any], pattern: AccessPattern, given: Mapping[str, object]
) -> dict[str, object]:
    """Return the fields of a key condition; a prefix that is not given is empty."""
    templates = [end for each in pattern.key for end in (each.template, each.upper) if end]
    fields = [field for template in templates for field in template.fields]
    prefixes = {field.name: "" for field in fields if field.prefix}
    return {**prefixes, **_by_alias(kind, given, {field.name for field in fields})}


def of_another_kind(kind: Kind[Any]) -> Refusal:
    """Return the refusal that says that an item is of another kind, where it is that."""

    def refused(item: Item | None) -> DataAccessError | None:
        try:
            kind.read(item or {})
        except CorruptItem as error:
            return error if item else None
        return None

    return refused


def _by_alias(kind: Kind[Any], given: Mapping[str, object], wanted: set[str]) -> dict[str, object]:
    aliases = {name: str(each.alias) for name, each in kind.record.model_fields.items()}
    takes = [name for name, alias in aliases.items() if alias in wanted]
    fields: dict[str, object] = {}
    for name, value in given.items():
        if name not in takes:
            raise InvalidInput(
                f"{kind.entity.name}: {name!r} is no field that is asked for here "
                f"(asked for: {', '.join(takes)})"
            )
        fields[aliases[name]] = timestamp(value) if isinstance(value, datetime) else value
    return fields


def _check(record: type[Record], kind: Kind[Any]) -> None:
    names = {str(each.alias): name for name, each in record.model_fields.items()}
    needed = {field.name for n in kind.table.key.names for field in kind.entity.keys[n].fields}
    missing = sorted(needed - set(names) - {OPERATION_ID})
    if missing:
        raise ModelError(
            f"record {record.__name__} lacks {missing}, of which the key of entity "
            f"{kind.entity.name!r} is composed; give it these fields"
        )
    taken = sorted(ARGUMENTS & {names.get(field, "") for field in kind.entity.fields})
    if taken:
        raise ModelError(
            f"record {record.__name__} has key fields called {taken}, as are arguments of the "
            "application table's methods; call them otherwise"
        )
