"""Changes of what the caller names, under the version that the caller saw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tablewright.data_access.errors import InvalidInput
from tablewright.data_access.repository.conditions import NOTHING
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.values.codec import encode_item
from tablewright.data_access.values.shown import shown
from tablewright.data_access.values.sizes import check_item

if TYPE_CHECKING:
    from collections.abc import Collection


def only(changes: Collection[str], allowed: Collection[str], instead: str) -> None:
    """Refuse to change nothing, or what may not be changed; `instead` says what to do then."""
    others = sorted(set(changes) - set(allowed))
    if others:
        raise InvalidInput(f"{', '.join(others)} cannot be changed here; {instead}")
    if not changes:
        raise InvalidInput(f"nothing to change; give one of {', '.join(allowed)}")


def check_bytes(name: str, value: object, *, least: int | None = 0) -> None:
    """Refuse what is no whole number of bytes."""
    words = "a whole number of bytes" if least is None else f"{least} or more whole bytes"
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidInput(f"{name}={shown(value)}; give {words}")
    if least is not None and value < least:
        raise InvalidInput(f"{name}={shown(value)}; give {words}")


def versioned(assign: Mapping[str, object]) -> Change:
    """Set attributes, and count the item's version on."""
    return Change(assign=assign, compute={"version": "#version + :one"}, using={"one": 1})


def of_version(version: int | None) -> Condition:
    """Demand a version, where one is given."""
    if version is None:
        return NOTHING
    return Condition(text="#version = :seen", values={"seen": version})


def preferred(preferences: Mapping[str, object]) -> Change:
    """Set or remove keys of the map `preferences`, whatever they are called."""
    if not isinstance(preferences, Mapping) or not preferences:
        raise InvalidInput("give at least one preference, by its name")
    for name in preferences:
        if not isinstance(name, str) or not name:
            raise InvalidInput(
                f"preference {shown(name)}: a name is a string of one character or more"
            )
    check_item(encode_item(preferences), "preferences")
    aliases = {f"p{number}": name for number, name in enumerate(preferences)}
    kept = {alias: preferences[name] for alias, name in aliases.items()}
    return Change(
        assign={f"preferences.#{alias}": None for alias in kept if kept[alias] is None},
        compute={f"preferences.#{a}": f":{a}" for a in kept if kept[a] is not None},
        using={alias: value for alias, value in kept.items() if value is not None},
        names=aliases,
    )
