"""What a write demands of the item that is there, tried on items in every state."""

import pytest

from tablewright.data_access.repository.conditions import ALIVE_AT, demanded, is_of, once
from tablewright.data_access.repository.expressions import Change, of_condition, of_update
from tablewright.data_access.repository.kinds import Kind
from tablewright.data_access.repository.records import Id, Record
from tablewright.models import DataModel, Entity, Key, TableSpec, WriteCondition
from tablewright.models.patterns import create

NOW = 1_000
TABLE = TableSpec(
    name="things", key=Key.of("PK"), environment_variable="THINGS", ttl_attribute="expiresAt"
)
ENDING = Entity("ending", "things", {"PK": "ENDING#<id>"}, ("entityType", "expiresAt"))
MARKED = Entity("marked", "things", {"PK": "MARKED#<id>"}, ("entityType", "deletingAt"))
BOTH = Entity("both", "things", {"PK": "BOTH#<id>"}, ("entityType", "expiresAt", "deletingAt"))
PLAIN = Entity("plain", "things", {"PK": "PLAIN#<id>"}, ("entityType",))
ENTITIES = {entity.name: entity for entity in (ENDING, MARKED, BOTH, PLAIN)}
MODEL = DataModel(
    name="things",
    tables=(TABLE,),
    entities=tuple(ENTITIES.values()),
    patterns=tuple(create(f"create_{name}", each, "api") for name, each in ENTITIES.items()),
)


class Thing(Record):
    id: Id


KINDS = {name: Kind(MODEL, entity, Thing) for name, entity in ENTITIES.items()}
ALIVE, EXPIRED = {"expiresAt": {"N": str(NOW + 1)}}, {"expiresAt": {"N": str(NOW)}}
DELETING = {"deletingAt": {"S": "2026-01-01T00:00:00.000Z"}}


@pytest.fixture
def holds(backend):
    """Tell whether a condition holds for an item that is there, or for none."""
    table = next(iter(backend.tables(MODEL).values()))
    key = {"PK": {"S": "K"}}

    def holds(condition, item):
        backend.client.delete_item(TableName=table, Key=key)
        if item is not None:
            backend.client.put_item(TableName=table, Item=key | item)
        try:
            backend.client.put_item(TableName=table, Item=key, **of_condition(condition))
        except backend.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    return holds


@pytest.mark.parametrize(
    ("kind", "item", "exists", "absent"),
    [
        ("plain", None, False, True),
        ("plain", {}, True, False),
        ("plain", EXPIRED | DELETING, True, False),
        ("ending", None, False, True),
        ("ending", {}, True, False),
        ("ending", ALIVE, True, False),
        ("ending", EXPIRED, False, True),
        ("ending", {"expiresAt": {"N": "1"}}, False, True),
        ("marked", None, False, True),
        ("marked", {}, True, False),
        ("marked", DELETING, False, False),
        ("both", ALIVE, True, False),
        ("both", ALIVE | DELETING, False, False),
        ("both", EXPIRED, False, True),
    ],
)
def test_an_item_is_there_while_it_counts(holds, kind, item, exists, absent):
    assert holds(demanded(KINDS[kind], WriteCondition.EXISTS, NOW), item) is exists
    assert holds(demanded(KINDS[kind], WriteCondition.ABSENT, NOW), item) is absent
    assert holds(demanded(KINDS[kind], WriteCondition.NONE, NOW), item) is True


@pytest.mark.parametrize(
    ("item", "exists"),
    [(DELETING, True), (DELETING | EXPIRED, False), (None, False), (ALIVE, True)],
)
def test_a_marked_item_is_there_for_whoever_means_it(holds, item, exists):
    condition = demanded(KINDS["both"], WriteCondition.EXISTS, NOW, marked=True)
    assert holds(condition, item) is exists


def test_the_time_has_an_alias_of_its_own():
    for condition in (WriteCondition.EXISTS, WriteCondition.ABSENT):
        assert demanded(KINDS["ending"], condition, NOW).values == {ALIVE_AT: NOW}
        assert demanded(KINDS["plain"], condition, NOW).values == {}


@pytest.mark.parametrize(
    ("item", "held"),
    [({}, True), ({"operationId": {"S": "p"}}, True), ({"operationId": {"S": "o"}}, False)],
    ids=str,
)
def test_an_operation_applies_unless_it_was_the_last(holds, item, held):
    _, condition = once(Change(assign={"a": 1}), "o")
    assert holds(condition, item) is held


def test_an_operation_leaves_its_id_with_all_of_its_change():
    change = Change(
        assign={"a": 1},
        compute={"map.#k": "#n + :by"},
        using={"by": 2},
        add={"c": 3},
        names={"k": "x y"},
    )
    stamped, condition = once(change, "o")
    request = of_update(stamped, condition)
    assert request["UpdateExpression"] == (
        "SET #a = :a, #operationId = :operationId, #map.#k = #n + :by ADD #c :c"
    )
    assert request["ExpressionAttributeNames"]["#k"] == "x y"
    assert request["ExpressionAttributeValues"][":operationId"] == {"S": "o"}


@pytest.mark.parametrize(
    ("item", "found"),
    [
        (None, False),
        ({}, False),
        ({"operationId": {"S": "p"}}, False),
        ({"operationId": {"N": "1"}}, False),
        ({"operationId": {"S": "o"}}, True),
    ],
    ids=str,
)
def test_an_item_is_of_the_operation_whose_id_it_bears(item, found):
    assert is_of(item, "o") is found
