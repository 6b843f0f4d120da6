"""The conditions that every write carries: what the pattern demands, what is live, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tablewright.data_access.errors import InvalidInput
from tablewright.data_access.repository.expressions import Change, Condition
from tablewright.data_access.repository.kinds import DELETING_AT, OPERATION_ID
from tablewright.models import WriteCondition

if TYPE_CHECKING:
    from tablewright.data_access.repository.kinds import Kind
    from tablewright.data_access.values.codec import Item

NOTHING: Final = Condition()
ALIVE_AT: Final = "aliveAt"
"""The alias of the time by which an item must not have expired."""


def demanded(
    kind: Kind[Any], condition: WriteCondition, now: int, *, marked: bool = False
) -> Condition:
    """Return what an access pattern demands of the item that is there.

    An item that has expired counts as absent although DynamoDB may still have it, as does one
    whose deletion has begun, unless `marked` ones are meant too.
    """
    if condition is WriteCondition.NONE:
        return NOTHING
    key, ttl = kind.partition_key, kind.ttl
    if condition is WriteCondition.ABSENT:
        absent = f"attribute_not_exists(#{key})"
        if ttl is None:
            return Condition(text=absent)
        return Condition(text=f"{absent} OR #{ttl} <= :{ALIVE_AT}", values={ALIVE_AT: now})
    demands = Condition(text=f"attribute_exists(#{key})")
    if kind.can_be_marked and not marked:
        demands &= Condition(text=f"attribute_not_exists(#{DELETING_AT})")
    if ttl is not None:
        alive = f"attribute_not_exists(#{ttl}) OR #{ttl} > :{ALIVE_AT}"
        demands &= Condition(text=alive, values={ALIVE_AT: now})
    return demands


def once(
    change: Change, operation_id: str, stamp: str | None = OPERATION_ID
) -> tuple[Change, Condition]:
    """Return a change that leaves the operation's id, and the condition that it is not there.

    `stamp` is the attribute that keeps the id; None for a change that something else makes once.
    """
    if stamp is None:
        return change, NOTHING
    stamped = Change(
        assign={**change.assign, stamp: operation_id},
        compute=change.compute,
        using=change.using,
        add=change.add,
        names=change.names,
    )
    text = f"attribute_not_exists(#{stamp}) OR #{stamp} <> :{stamp}"
    return stamped, Condition(text=text, values={stamp: operation_id})


def is_of(item: Item | None, operation_id: str, stamp: str | None = OPERATION_ID) -> bool:
    """Tell whether an item was last written by this operation."""
    return item is not None and stamp is not None and item.get(stamp) == {"S": operation_id}


def check_operation_id(operation_id: object) -> None:
    """Refuse what could not be found again as it was given."""
    if not isinstance(operation_id, str):
        raise InvalidInput(
            f"an operation id of type {type(operation_id).__name__}; give a string, or nothing"
        )
    try:
        operation_id.encode()
    except UnicodeEncodeError:
        raise InvalidInput("an operation id holds half a character (a lone surrogate)") from None
