"""Plans from a stack's exported state, as recorded from a real engine and provider."""

import json
from copy import deepcopy

import pytest

from tablewright.models.catalog import FILE_SHARING
from tablewright.operations.guard import state as states
from tablewright.operations.guard.preview import NotUnderstoodError
from tablewright.operations.index_plan.exported import deployed, tables_of
from tablewright.operations.index_plan.planner import plan
from tests.support.plans import declared, kinds
from tests.support.recorded_previews import FOLDER

NOW = declared(FILE_SHARING, prefix="dropify-prod")
RECORDED = json.loads((FOLDER / "state.json").read_text())
TYPE = "aws:dynamodb/table:Table"


def changed(table, change, side=RECORDED):
    """Return the state with the inputs of a table changed by a function."""
    document = deepcopy(side)
    for resource in document["deployment"]["resources"]:
        if resource["type"] == TYPE and resource["inputs"]["name"] == f"dropify-prod-{table}":
            change(resource["inputs"])
    return document


def like_the_model(document=RECORDED):
    """Return the state with what the recorded program declares otherwise than the model."""

    def links(inputs):
        inputs["globalSecondaryIndexes"][0].pop("nonKeyAttributes")
        inputs["globalSecondaryIndexes"][0]["projectionType"] = "ALL"

    return changed("share-links", links, document)


def planned(document, now=NOW):
    tables = tables_of(states.read(json.dumps(document), "the state"))
    return plan(deployed(tables, now), now, stack="prod")


def test_a_state_that_is_as_the_model_says_needs_no_plan():
    assert planned(like_the_model()).steps == ()


def test_a_projection_that_was_narrower_is_an_index_under_a_new_name():
    assert kinds(planned(RECORDED)) == [
        ("add-index", "fileIdIndexV2"),
        ("switch-patterns", "fileIdIndexV2"),
        ("drop-index", "fileIdIndex"),
    ]


def old_name(inputs):
    inputs["globalSecondaryIndexes"][0]["name"] = "byFileId"


def old_key(inputs):
    inputs["globalSecondaryIndexes"][0]["keySchemas"].append(
        {"attributeName": "userId", "keyType": "RANGE"}
    )


def extra_index(inputs):
    inputs["attributes"].append({"name": "mimeType", "type": "S"})
    inputs["globalSecondaryIndexes"].append(
        {"name": "zMime", "hashKey": "mimeType", "projectionType": "KEYS_ONLY"}
    )


def no_index(inputs):
    inputs["globalSecondaryIndexes"].pop(0)


def number_as_text(inputs):
    inputs["attributes"][3]["type"] = "S"


def ttl(inputs):
    inputs["ttl"] = {"attributeName": "validUntil", "enabled": True}


def warmer(inputs):
    inputs["globalSecondaryIndexes"][0]["warmThroughput"] = {
        "readUnitsPerSecond": 20_000,
        "writeUnitsPerSecond": 5_000,
    }


BUILT = [("add-index", "fileIdIndex"), ("switch-patterns", "fileIdIndex")]


@pytest.mark.parametrize(
    ("table", "change", "steps"),
    [
        ("files", old_name, [*BUILT, ("drop-index", "byFileId")]),
        (
            "files",
            old_key,
            [
                ("add-index", "fileIdIndexV2"),
                ("switch-patterns", "fileIdIndexV2"),
                ("drop-index", "fileIdIndex"),
            ],
        ),
        ("files", extra_index, [("drop-index", "zMime")]),
        ("files", no_index, [("add-index", "fileIdIndex")]),
        (
            "files",
            number_as_text,
            [
                ("add-index", "userFileSizeIndexV2"),
                ("switch-patterns", "userFileSizeIndexV2"),
                ("drop-index", "userFileSizeIndex"),
            ],
        ),
        (
            "share-links",
            ttl,
            [
                ("write-both-ttl-attributes", "expiresAt"),
                ("disable-ttl", "validUntil"),
                ("enable-ttl", "expiresAt"),
            ],
        ),
        ("files", warmer, []),
    ],
)
def test_what_is_deployed_otherwise_is_planned(table, change, steps):
    made = planned(changed(table, change, like_the_model()))
    assert (kinds(made), made.impossible) == (steps, ())


def test_consumers_keep_their_permission_on_the_index_that_is_deployed():
    made = planned(changed("files", old_name, like_the_model()))
    for step in made.steps[:2]:
        indexes = {p.index for p in step.model.patterns_of("cleanup") if p.table == "files"}
        assert {"byFileId", "fileIdIndex"} <= indexes


def spelled_by_role(inputs):
    for index in inputs["globalSecondaryIndexes"]:
        keys = {each["keyType"]: each["attributeName"] for each in index.pop("keySchemas")}
        index |= {"hashKey": keys["HASH"], "rangeKey": keys.get("RANGE")}


def test_an_index_key_is_the_same_in_both_spellings():
    assert planned(changed("files", spelled_by_role, like_the_model())).steps == ()


def other_key(inputs):
    inputs["hashKey"] = "fileId"


def other_local_indexes(inputs):
    inputs["localSecondaryIndexes"] = [
        {"name": "byMime", "rangeKey": "fileId", "projectionType": "ALL"}
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (other_key, "the table's key changes from fileId + sortKey to userId + sortKey"),
        (other_local_indexes, "local secondary indexes change"),
    ],
)
def test_what_would_replace_a_deployed_table_has_no_plan(change, says):
    made = planned(changed("files", change, like_the_model()))
    assert made.steps == ()
    assert [says in each.what for each in made.impossible] == [True]


def test_a_stack_that_was_never_deployed_needs_no_plan():
    made = planned({"deployment": {"resources": []}})
    assert (made.steps, made.impossible) == ((), ())
    assert len(made.notes) == len(FILE_SHARING.tables)


@pytest.mark.parametrize(
    "broken",
    [
        lambda inputs: inputs.update(attributes=[{"name": "userId"}]),
        lambda inputs: inputs.update(attributes="all"),
        lambda inputs: inputs["globalSecondaryIndexes"][0].update(projectionType="SOME"),
        lambda inputs: inputs["globalSecondaryIndexes"][0].update(keySchemas=[{"keyType": "X"}]),
        lambda inputs: inputs.update(streamEnabled=True, streamViewType="ALL"),
        lambda inputs: inputs.update(warmThroughput={"readUnitsPerSecond": "many"}),
    ],
)
def test_a_table_that_is_not_understood_is_an_error(broken):
    with pytest.raises(NotUnderstoodError, match="files"):
        planned(changed("files", broken))


def test_a_table_without_a_name_is_an_error():
    def nameless(inputs):
        del inputs["name"]

    document = changed("files", nameless)
    for resource in document["deployment"]["resources"]:
        if resource["type"] == TYPE:
            resource["outputs"].pop("name")
    with pytest.raises(NotUnderstoodError, match="has no name"):
        tables_of(states.read(json.dumps(document), "the state"))
