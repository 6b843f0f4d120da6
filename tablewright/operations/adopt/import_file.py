"""What `pulumi import --file` reads: each table, below the components that the program gives it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tablewright.local.schema import provider_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tablewright.operations.adopt.candidate import Candidate
    from tablewright.recorder import Recording, Registration

_STACK: Final = "pulumi:pulumi:Stack"


def written(candidates: Iterable[Candidate], program: Recording) -> str:
    """Write the file; parents come first, once each.

    `name` is only what entries call each other, `logicalName` the name in the URN. A component
    that the state has already is passed over by the engine.
    """
    entries: dict[str, dict[str, Any]] = {}
    for candidate in candidates:
        table = candidate.registration
        for parent in _parents(table, program):
            entries.setdefault(parent.urn, _component(parent, program))
        entries[table.urn] = {
            **_named(table, program),
            "id": candidate.physical_name,
            "version": provider_version(),
        }
    return json.dumps({"resources": list(entries.values())}, indent=2) + "\n"


def _parents(registration: Registration, program: Recording) -> Iterator[Registration]:
    """Give the components above a resource, the outermost first."""
    if registration.parent is None:
        return
    parent = program.by_urn(registration.parent)
    if parent.type != _STACK:
        yield from _parents(parent, program)
        yield parent


def _component(registration: Registration, program: Recording) -> dict[str, Any]:
    return {**_named(registration, program), "component": True}


def _named(registration: Registration, program: Recording) -> dict[str, Any]:
    parents = list(_parents(registration, program))
    return {
        "type": registration.type,
        "name": _reference(registration),
        "logicalName": registration.name,
        **({"parent": _reference(parents[-1])} if parents else {}),
    }


def _reference(registration: Registration) -> str:
    """Name an entry within the file; a component and its table share their logical name."""
    kind = registration.type.rpartition(":")[2]
    word = f"{registration.name}-{kind}" + ("" if registration.custom else "-component")
    return "".join(c if c.isalnum() else "_" for c in word)
