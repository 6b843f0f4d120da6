"""Tables that a state knows already: under which URN, and how they come from there to here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tablewright.recorder.urns import alias_urns, name_of, qualified_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.adopt.candidate import Candidate
    from tablewright.operations.guard.reading.state import State
    from tablewright.recorder import Recording, Registration

_TABLE: Final = "aws:dynamodb/table:Table"


class Way(StrEnum):
    """How a table that a state has comes under its URN in this program."""

    HERE = "already there"
    ALIAS = "alias"
    MOVE = "state move"
    FORGET = "state delete, then import"


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Where a state has a table, and the way from there.

    `store_urn` is the URN that the component has there which is moved, or which `bearer` continues.
    """

    candidate: Candidate
    urn: str
    way: Way
    protected: bool = False
    store_urn: str = ""
    bearer: str = ""

    @property
    def stack(self) -> str:
        """The stack that has the table now."""
        return _stack_of(self.urn)[0]


def whereabouts(candidate: Candidate, state: State, program: Recording) -> Whereabouts | None:
    """Find a table in a state by its physical name; None where the state has it not."""
    for urn, side in state.resources.items():
        name = side.outputs.get("name") or side.inputs.get("name") or side.id
        if side.type == _TABLE and name == candidate.physical_name:
            way, store_urn, bearer = _way(urn, candidate.registration, state, program)
            return Whereabouts(
                candidate=candidate,
                urn=urn,
                way=way,
                protected=side.protect,
                store_urn=store_urn,
                bearer=bearer,
            )
    return None


def _way(urn: str, wanted: Registration, state: State, program: Recording) -> tuple[Way, str, str]:
    if urn == wanted.urn:
        return Way.HERE, "", ""
    if _stack_of(urn) != _stack_of(wanted.urn):
        store_urn = _of_stack(urn, _outermost(wanted, program).urn)
        same = urn == _of_stack(urn, wanted.urn) and store_urn in state.resources
        return (Way.MOVE, store_urn, "") if same else (Way.FORGET, "", "")
    for store, table in _components_above(wanted, program):
        old = _old_parent(urn, wanted, store)
        above = alias_urns(table.urn, store.urn, (), (old,)) if old else ()
        if urn in alias_urns(wanted.urn, table.urn, (), above):
            return Way.ALIAS, old, store.name
    return Way.FORGET, "", ""


def _components_above(
    wanted: Registration, program: Recording
) -> Iterator[tuple[Registration, Registration]]:
    """Give the store of a table and the component between, where there are these two."""
    table = program.by_urn(wanted.parent or "")
    if table.parent is not None and not table.custom:
        yield program.by_urn(table.parent), table


def _old_parent(urn: str, wanted: Registration, store: Registration) -> str:
    """Return the URN that the store had, if only its name or its own parent was another."""
    inner = qualified_type(wanted.urn).removeprefix(qualified_type(store.urn))
    ending = wanted.name.removeprefix(store.name)
    types, name = qualified_type(urn), name_of(urn)
    if not types.endswith(inner) or not name.endswith(ending) or types == inner:
        return ""
    stack, project = _stack_of(urn)
    return (
        f"urn:pulumi:{stack}::{project}::{types.removesuffix(inner)}::{name.removesuffix(ending)}"
    )


def _outermost(one: Registration, program: Recording) -> Registration:
    """Return the component that everything else above a resource is in."""
    parent = program.by_urn(one.parent) if one.parent else None
    return one if parent is None or parent.parent is None else _outermost(parent, program)


def _of_stack(there: str, urn: str) -> str:
    """Return a URN of this program as the stack of another URN would have it."""
    stack, project = _stack_of(there)
    return f"urn:pulumi:{stack}::{project}::{qualified_type(urn)}::{name_of(urn)}"


def _stack_of(urn: str) -> tuple[str, str]:
    stack, project, *_ = urn.removeprefix("urn:pulumi:").split("::")
    return stack, project
