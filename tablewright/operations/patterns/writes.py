"""Trials of writes on single items: what they change, and that a refused one changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from tablewright.models import Operation, WriteCondition
from tablewright.operations.patterns.reads import neighbours
from tablewright.operations.patterns.rounds import rounds
from tablewright.operations.patterns.write import Write

if TYPE_CHECKING:
    from tablewright.operations.patterns.case import Case

_FREE, _TAKEN, _NEIGHBOUR = 1, 2, 3
_BATCHED = (Operation.PUT_ITEM, Operation.DELETE_ITEM)
_REFUSED = "ConditionalCheckFailedException"


def prove_write(case: Case) -> None:
    """Write where nothing is and where an item is; check the items and all neighbours."""
    entity = case.pattern.entities[0]
    writes = [
        Write.of(
            case.samples,
            case.pattern.operation,
            case.pattern.condition,
            entity,
            number,
            taken=number == _TAKEN,
        )
        for number in (_FREE, _TAKEN)
    ]
    for group in rounds([[write] for write in writes]):
        _try_round(case, [write for scenario in group for write in scenario])


def _try_round(case: Case, writes: list[Write]) -> None:
    entity = case.pattern.entities[0]
    own = {write.before.identity for write in writes}
    around = [
        case.samples.number(entity, _NEIGHBOUR),
        *neighbours(case, entity, _FREE, _TAKEN),
    ]
    case.expect(f"a table with the key {list(case.table.key.names)}")
    case.stage.put(
        [
            *(placed for placed in around if placed.identity not in own),
            *(write.before for write in writes if write.taken),
        ]
    )
    for write in writes:
        _try(case, write)
    case.check_stage("only the item of an allowed write changes; no ghost item, no neighbour")
    case.stage.clear()


def _try(case: Case, write: Write) -> None:
    """Perform the write; DynamoDB must allow it exactly when its condition holds."""
    outcome = "succeeds" if write.allowed else f"is refused ({_REFUSED})"
    case.expect(f"{write.operation} of an item that is {_state(write)} {outcome}")
    parameters = write.request(case.table_name)
    dynamodb = case.emulator.dynamodb
    try:
        if write.operation is Operation.PUT_ITEM:
            dynamodb.put_item(**parameters)
        elif write.operation is Operation.UPDATE_ITEM:
            dynamodb.update_item(**parameters)
        else:
            dynamodb.delete_item(**parameters)
    except ClientError as error:
        if write.allowed or error.response["Error"]["Code"] != _REFUSED:
            raise
    else:
        case.demand(write.allowed, "it succeeded")
    case.stage.expect(write.before, write.effect if write.allowed else write.unchanged)
    case.proved()


def _state(write: Write) -> str:
    return "there" if write.taken else "not there"


def prove_batch_write(case: Case) -> None:
    """Put and delete in a batch, among neighbours that stay."""
    entity = case.pattern.entities[0]
    trials = [(op, taken) for op in _BATCHED for taken in (False, True)]
    writes = [
        Write.of(case.samples, operation, WriteCondition.NONE, entity, number, taken=taken)
        for number, (operation, taken) in enumerate(trials, start=1)
    ]
    # An entity whose key has no field has one item only, and a batch takes an item once.
    for group in rounds([[write] for write in writes]):
        _try_batch(case, [write for scenario in group for write in scenario], len(writes))


def _try_batch(case: Case, writes: list[Write], numbers: int) -> None:
    entity = case.pattern.entities[0]
    own = {write.before.identity for write in writes}
    around = neighbours(case, entity, *range(1, numbers + 2))
    case.expect(f"a table with the key {list(case.table.key.names)}")
    case.stage.put(
        [
            *(placed for placed in around if placed.identity not in own),
            *(write.before for write in writes if write.taken),
        ]
    )
    states = [f"{w.operation} of an item that is {_state(w)}" for w in writes]
    case.expect(f"one batch: {', '.join(states)}")
    requests: list[Any] = [
        {"PutRequest": {"Item": write.after.item}}
        if write.operation is Operation.PUT_ITEM
        else {"DeleteRequest": {"Key": write.before.key}}
        for write in writes
    ]
    answer = case.emulator.dynamodb.batch_write_item(RequestItems={case.table_name: requests})
    left = answer.get("UnprocessedItems")
    case.demand(not left, f"left undone: {left}")
    for write in writes:
        case.stage.expect(write.before, write.effect)
    case.proved()
    case.check_stage("only the items of the batch change")
    case.stage.clear()
