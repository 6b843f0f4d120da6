"""What an update of a record does to its item: its attributes, and the index keys made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.data_access.errors import InvalidInput
from tablewright.data_access.repository.conditions import NOTHING
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.values.codec import decode_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tablewright.data_access.repository.kinds import Kind
    from tablewright.data_access.repository.records import Record


def change_of(
    kind: Kind[Any], current: Record, changes: Mapping[str, object]
) -> tuple[Change, Condition]:
    """Return the change that gives a record's fields new values; None removes one.

    An index key that is composed of a changed field is composed anew, on the condition that what
    else it is composed of is still as it was read. Raises InvalidInput for a field that is not
    there, that is part of the key, or whose value the record refuses.
    """
    named = _attributes_of(kind, current, changes)
    values = {name: getattr(current, name) for name in type(current).model_fields}
    new = kind.record.of(**{**values, **changes})
    was, becomes = decode_item(kind.item(current)), decode_item(kind.item(new))
    changed = {name for name in (*was, *becomes) if was.get(name) != becomes.get(name)} | named
    index_keys, made_of = _recomposed(kind, changed)
    stored = {*kind.entity.attributes}
    read = made_of & stored
    if made_of - stored - {*kind.identity(current)}:
        read |= index_keys  # a field that is nowhere else
    return (
        Change(assign={name: becomes.get(name) for name in sorted(changed & stored | index_keys)}),
        _as_it_was(sorted(read), was),
    )


def _attributes_of(kind: Kind[Any], record: Record, changes: Mapping[str, object]) -> set[str]:
    if not changes:
        raise InvalidInput(f"{kind.entity.name}: there is nothing to change; give some fields")
    fields = type(record).model_fields
    unknown = sorted(set(map(str, changes)) - set(fields))
    if unknown:
        raise InvalidInput(f"{kind.entity.name} has no fields {unknown} (it has {sorted(fields)})")
    aliases = {str(fields[name].alias): name for name in changes}
    fixed = sorted(aliases[alias] for alias in kind.identity(record) if alias in aliases)
    if fixed:
        raise InvalidInput(
            f"{kind.entity.name}: {fixed} are part of its key and cannot change; delete it and "
            "put another"
        )
    return set(aliases)


def _recomposed(kind: Kind[Any], changed: set[str]) -> tuple[set[str], set[str]]:
    """Return the index keys that changed fields move, and every field that they are made of.

    An index holds an item by its whole key or not at all, so its attributes go together.
    """
    attributes: set[str] = set()
    fields: set[str] = set()
    for index in kind.table.indexes:
        own = {name for name in index.key.names if name in kind.entity.keys}
        needed = {field.name for name in own for field in kind.entity.keys[name].fields}
        if changed & needed:
            attributes |= own - {*kind.table.key.names}
            fields |= needed
    return attributes, fields


def _as_it_was(names: Iterable[str], was: Mapping[str, object]) -> Condition:
    condition = NOTHING
    for name in names:
        if name in was:
            same = Condition(text=f"#{name} = :was_{name}", values={f"was_{name}": was[name]})
        else:
            same = Condition(text=f"attribute_not_exists(#{name})")
        condition &= same
    return condition
