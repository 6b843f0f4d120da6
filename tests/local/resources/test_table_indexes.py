import pytest

from tablewright.local.resources.table import TableHandler
from tests.support.table_inputs import index, table_inputs

HANDLER = TableHandler()


def update(clients, old, new):
    HANDLER.create(clients, old)
    return HANDLER.update(clients, "files", old, new)


def test_several_index_changes_are_made_one_a_call_and_deletes_first(clients, log):
    old = table_inputs(index("byA", "x"), index("byB", "y"), index("byC", "z"))
    new = table_inputs(
        index("byA", "x", projectionType="KEYS_ONLY"), index("byC", "z"), index("byD", "w")
    )

    outputs = update(clients, old, new)

    assert log.index_changes == [
        [("Delete", "byA")],
        [("Delete", "byB")],
        [("Create", "byA")],
        [("Create", "byD")],
    ]
    assert [one["name"] for one in outputs["globalSecondaryIndexes"]] == ["byA", "byC", "byD"]
    assert outputs["globalSecondaryIndexes"][0]["projectionType"] == "KEYS_ONLY"


def test_attribute_definitions_follow_the_indexes(clients):
    old = table_inputs(index("byA", "x"), index("byB", "y"))
    new = table_inputs(index("byC", "z"))

    outputs = update(clients, old, new)

    assert [one["name"] for one in outputs["attributes"]] == ["sortKey", "userId", "z"]


def test_an_index_that_stays_is_not_touched(clients, log):
    same = index("byA", "x", sort=("y",), projectionType="INCLUDE", nonKeyAttributes=["p", "q"])
    reordered = {**same, "nonKeyAttributes": ["q", "p"]}

    update(clients, table_inputs(same), table_inputs(reordered))

    assert log.index_changes == []


@pytest.mark.parametrize(
    "changed",
    [
        index("byA", "y"),
        index("byA", "x", sort=("y",)),
        index("byA", "x", projectionType="INCLUDE", nonKeyAttributes=["p"]),
    ],
)
def test_another_shape_builds_the_index_anew(clients, log, changed):
    update(clients, table_inputs(index("byA", "x")), table_inputs(changed))

    assert log.index_changes == [[("Delete", "byA")], [("Create", "byA")]]


def test_lowered_warm_throughput_builds_the_index_anew_and_raised_does_not(clients, log):
    def warm(units):
        throughput = {"readUnitsPerSecond": units, "writeUnitsPerSecond": 5000}
        return table_inputs(index("byA", "x", warmThroughput=throughput))

    update(clients, warm(14000), warm(15000))
    assert log.index_changes == [[("Update", "byA")]]

    outputs = HANDLER.update(clients, "files", warm(15000), warm(13000))
    assert log.index_changes[1:] == [[("Delete", "byA")], [("Create", "byA")]]
    assert outputs["globalSecondaryIndexes"][0]["warmThroughput"]["readUnitsPerSecond"] == 13000


def test_a_changed_type_of_a_key_attribute_in_use_is_dropped_as_by_the_real_provider(clients):
    old = table_inputs(index("byA", "x"))
    new = table_inputs(index("byA", "x"), index("byB", "y"))
    new["attributes"] = [{**one, "type": "N"} for one in new["attributes"]]

    outputs = update(clients, old, new)

    types = {one["name"]: one["type"] for one in outputs["attributes"]}
    assert types == {"userId": "S", "sortKey": "S", "x": "S", "y": "N"}


def test_the_older_form_of_an_index_key_reads_the_same(clients):
    older = {"name": "byA", "hashKey": "x", "rangeKey": "y", "projectionType": "ALL"}
    newer = table_inputs(index("byA", "x", sort=("y",)))
    inputs = {**newer, "globalSecondaryIndexes": [older]}

    _, outputs = HANDLER.create(clients, inputs)

    found = outputs["globalSecondaryIndexes"][0]
    assert found["keySchemas"] == newer["globalSecondaryIndexes"][0]["keySchemas"]
    assert (found["hashKey"], found["rangeKey"]) == ("x", "y")
