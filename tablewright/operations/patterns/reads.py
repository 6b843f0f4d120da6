"""Trials of reads by key: GetItem, BatchGetItem, and the two that no consumer should need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.operations.patterns.conditions import projection
from tablewright.operations.patterns.samples import Placed

if TYPE_CHECKING:
    from tablewright.models import Entity
    from tablewright.operations.patterns.case import Case
    from tablewright.operations.patterns.samples import Item

_ALL = "all attributes"
_READ, _NEIGHBOUR, _ABSENT = 1, 2, 3
_BATCH = 3


def neighbours(case: Case, entity: Entity, *numbers: int) -> list[Placed]:
    """Return items that share as much as they can with those of these numbers: every other kind."""
    others = (e for e in case.model.entities if e.table == entity.table and e is not entity)
    return [case.samples.number(other, n) for other in others for n in numbers]


def prove_get(case: Case) -> None:
    """Read one item among neighbours, and find nothing where nothing is."""
    entity = case.pattern.entities[0]
    wanted = case.samples.number(entity, _READ)
    case.expect(f"a table with the key {list(case.table.key.names)}")
    around = [case.samples.number(entity, _NEIGHBOUR), *neighbours(case, entity, _READ)]
    case.stage.put((*around, wanted))
    case.expect(f"the one item {wanted.key} with {_attributes(case)}")
    got = _get(case, wanted)
    expected = _needed(case, wanted)
    case.demand(got == expected, f"got {got}")
    case.proved()
    absent = case.samples.number(entity, _ABSENT)
    if not case.stage.has(absent):
        case.expect(f"nothing under the key {absent.key}")
        got = _get(case, absent)
        case.demand(got is None, f"got {got}")
        case.proved()


def prove_batch_get(case: Case) -> None:
    """Read several items among neighbours, and leave out what is not there."""
    entity = case.pattern.entities[0]
    # An entity whose key has no field has one item only, and a batch takes a key once.
    numbered = [case.samples.number(entity, number) for number in range(1, _BATCH + 1)]
    wanted = list({placed.identity: placed for placed in numbered}.values())
    absent = case.samples.number(entity, _BATCH + 1)
    asked = list({placed.identity: placed for placed in (*wanted, absent)}.values())
    case.expect(f"a table with the key {list(case.table.key.names)}")
    around = neighbours(case, entity, *range(1, _BATCH + 1))
    case.stage.put((*around, case.samples.number(entity, _BATCH + 2), *wanted))
    case.expect(f"exactly {len(wanted)} items for {len(asked)} keys with {_attributes(case)}")
    request: Any = {
        "Keys": [placed.key for placed in asked],
        "ConsistentRead": case.pattern.strong,
        **projection(case.pattern.attributes),
    }
    answer = case.emulator.dynamodb.batch_get_item(RequestItems={case.table_name: request})
    got = answer["Responses"].get(case.table_name, [])
    expected = [_needed(case, placed) for placed in wanted]
    case.demand(sorted(map(repr_of, got)) == sorted(map(repr_of, expected)), f"got {got}")
    case.proved()


def prove_scan(case: Case) -> None:
    """Read the whole table or index, page by page, and find what was put there."""
    entities = case.pattern.entities or tuple(
        entity for entity in case.model.entities if entity.table == case.pattern.table
    )
    key = set(case.table.key_of(case.pattern.index).names)
    placed = [case.samples.number(entity, _READ) for entity in entities]
    case.stage.put(placed)
    expected = {one.identity for one in placed if key <= set(one.item)}
    case.expect(f"{len(expected)} items among all")
    parameters: dict[str, Any] = {"TableName": case.table_name}
    if case.pattern.index is not None:
        parameters["IndexName"] = case.pattern.index
    pages = case.emulator.dynamodb.get_paginator("scan").paginate(**parameters)
    got = {Placed(case.table, item).identity for page in pages for item in page["Items"]}
    case.demand(expected <= got, f"missing: {sorted(expected - got)}")
    case.proved()


def prove_describe(case: Case) -> None:
    """Ask for the table's description."""
    case.expect("a table that is ACTIVE")
    answer = case.emulator.dynamodb.describe_table(TableName=case.table_name)
    status = answer["Table"].get("TableStatus")
    case.demand(status == "ACTIVE", f"it is {status}")
    case.proved()


def repr_of(item: Item) -> str:
    """Write an item so that equal items are written alike."""
    return repr(sorted(item.items()))


def _attributes(case: Case) -> str:
    return f"the attributes {list(case.pattern.attributes)}" if case.pattern.attributes else _ALL


def _needed(case: Case, placed: Placed) -> Item:
    wanted = case.pattern.attributes
    return {name: value for name, value in placed.item.items() if not wanted or name in wanted}


def _get(case: Case, placed: Placed) -> Item | None:
    answer = case.emulator.dynamodb.get_item(
        TableName=case.table_name,
        Key=placed.key,
        ConsistentRead=case.pattern.strong,
        **projection(case.pattern.attributes),
    )
    return answer.get("Item")
