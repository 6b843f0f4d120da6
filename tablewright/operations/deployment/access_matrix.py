"""Who may do what: the item actions of every consumer, from the patterns that grant them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tablewright.models import Operation
from tablewright.models.grants import STREAM_ACTIONS
from tablewright.models.permissions import deployed_patterns, needed_actions
from tablewright.operations.verify.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tablewright.environment import Settings
    from tablewright.models import DataModel
    from tablewright.models.statements import ArnScope

_ROLES: Final = "attached to roles"


@dataclass(frozen=True, kw_only=True)
class AccessMatrix:
    """One model: a row for each table, index and stream, with the actions of each consumer."""

    model: str
    consumers: tuple[str, ...]
    rows: Mapping[str, Mapping[str, str]]


def access_matrices(settings: Settings) -> tuple[AccessMatrix, ...]:
    """Return the matrix of every model that the stack deploys."""
    # What is granted does not depend on the account; only streams that are there matter.
    stack = Stack(settings=settings, partition="aws", account="", region=settings.region or "")
    return tuple(_matrix(settings, model, stack.arns(model)) for model in settings.models)


def _matrix(settings: Settings, model: DataModel, scope: ArnScope) -> AccessMatrix:
    rows: dict[str, dict[str, str]] = {name: {} for name in _things(model, scope)}
    for consumer in model.consumers:
        for thing, actions in _actions_of(model, consumer, scope):
            before = rows[thing].get(consumer)
            rows[thing][consumer] = f"{before}; {actions}" if before else actions
        if roles := settings.roles_of(model.name, consumer):
            rows.setdefault(_ROLES, {})[consumer] = ", ".join(roles)
    return AccessMatrix(
        model=model.name,
        consumers=model.consumers,
        rows={thing: cells for thing, cells in rows.items() if cells},
    )


def _things(model: DataModel, scope: ArnScope) -> Iterator[str]:
    for table in model.tables:
        physical = scope.table_names[table.name]
        yield physical
        yield from (f"{physical} / {index.name}" for index in table.indexes)
        yield f"{physical} / stream"


def _actions_of(model: DataModel, consumer: str, scope: ArnScope) -> Iterator[tuple[str, str]]:
    patterns = deployed_patterns(model, consumer, scope)
    for target, actions in needed_actions(patterns).items():
        physical = scope.table_names[target.table]
        thing = f"{physical} / {target.index}" if target.index else physical
        tenant = f" (partition keys of {target.tenant_key})" if target.tenant_key else ""
        yield thing, f"{_short(actions)}{tenant}"
    streams = {p.table for p in patterns if p.operation is Operation.READ_STREAM}
    for table in sorted(streams):
        yield f"{scope.table_names[table]} / stream", _short(STREAM_ACTIONS)


def _short(actions: frozenset[str] | tuple[str, ...]) -> str:
    return ", ".join(sorted(action.partition(":")[2] for action in actions))
