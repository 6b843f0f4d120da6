"""Trial of TransactWriteItems: all parts or none, and each condition counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from tablewright.models import WriteCondition, limits
from tablewright.operations.patterns.rounds import rounds
from tablewright.operations.patterns.write import Write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.models import TransactionPart
    from tablewright.operations.patterns.case import Case

_CANCELLED = "TransactionCanceledException"
_REFUSED = "ConditionalCheckFailed"
_STEP = limits.TRANSACTION_ACTIONS


@dataclass(frozen=True)
class _Scenario:
    """A transaction and the position of the part that must fail, if any."""

    writes: list[Write]
    failing: int | None


def prove_transaction(case: Case) -> None:
    """Let every part hold, then each conditional part alone fail; check all items each time."""
    case.expect("an item of its own for every part")
    scenarios = list(_scenarios(case))
    by_writes = {id(scenario.writes): scenario for scenario in scenarios}
    for group in rounds([scenario.writes for scenario in scenarios]):
        case.expect("tables with the keys of the model")
        case.stage.put(w.before for writes in group for w in writes if w.taken)
        for writes in group:
            _try(case, by_writes[id(writes)])
        case.check_stage("every part's item changes, or none; no ghost item")
        case.stage.clear()


def _scenarios(case: Case) -> Iterator[_Scenario]:
    parts = case.pattern.parts
    yield _Scenario(_writes(case, None, 1), None)
    for position, part in enumerate(parts):
        if part.condition is not WriteCondition.NONE:
            yield _Scenario(_writes(case, position, 1 + _STEP * (position + 1)), position)


def _writes(case: Case, failing: int | None, number: int) -> list[Write]:
    """Compose the parts of one transaction, whose items share field values where they can."""
    writes: list[Write] = []
    others: set[tuple[str, ...]] = set()
    used: Counter[str] = Counter()
    for position, part in enumerate(case.pattern.parts):
        name = part.entity.name
        taken = _holds_when_taken(part) != (position == failing)
        write = _write(case, part, number + used[name], taken=taken)
        # One transaction takes an item once, so a second part of one entity is another item.
        while write.before.identity in others and used[name] < _STEP - 1:
            used[name] += 1
            write = _write(case, part, number + used[name], taken=taken)
        case.demand(
            write.before.identity not in others,
            f"two parts write the same item of entity {name!r}",
        )
        writes.append(write)
        others.add(write.before.identity)
    return writes


def _write(case: Case, part: TransactionPart, number: int, *, taken: bool) -> Write:
    return Write.of(case.samples, part.operation, part.condition, part.entity, number, taken=taken)


def _holds_when_taken(part: TransactionPart) -> bool:
    return part.condition is not WriteCondition.ABSENT


def _try(case: Case, scenario: _Scenario) -> None:
    case.expect(_outcome(case, scenario))
    actions: list[Any] = [
        w.action(case.stage.physical(w.before.table.name)) for w in scenario.writes
    ]
    try:
        case.emulator.dynamodb.transact_write_items(TransactItems=actions)
    except ClientError as error:
        if scenario.failing is None or error.response["Error"]["Code"] != _CANCELLED:
            raise
        codes = [str(reason.get("Code")) for reason in error.response["CancellationReasons"]]
        failed = [position for position, code in enumerate(codes) if code == _REFUSED]
        case.demand(failed == [scenario.failing], f"the reasons are {codes}")
    else:
        case.demand(scenario.failing is None, "it succeeded")
    for write in scenario.writes:
        changed = scenario.failing is None
        case.stage.expect(write.before, write.effect if changed else write.unchanged)
    case.proved()


def _outcome(case: Case, scenario: _Scenario) -> str:
    if scenario.failing is None:
        return f"all {len(scenario.writes)} parts succeed together"
    part = case.pattern.parts[scenario.failing]
    state = "there" if part.condition is WriteCondition.ABSENT else "not there"
    return (
        f"no part succeeds when part {scenario.failing + 1} ({part.operation} of "
        f"{part.entity.name}) is refused because its item is {state}"
    )
