"""Plans from a stack's exported state, as recorded from a real engine and provider."""

import pytest

from tablewright.models.catalog import FILE_SHARING
from tests.support.exported_states import RECORDED, like_the_model, planned_from, state_with
from tests.support.plans import kinds


def test_a_state_that_is_as_the_model_says_needs_no_plan():
    assert planned_from(like_the_model()).steps == ()


def test_a_projection_that_was_narrower_is_an_index_under_a_new_name():
    assert kinds(planned_from(RECORDED)) == [
        ("add-index", "fileIdIndexV2"),
        ("switch-patterns", "fileIdIndexV2"),
        ("release-index", "fileIdIndex"),
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
        ("files", old_name, [*BUILT, ("release-index", "byFileId"), ("drop-index", "byFileId")]),
        (
            "files",
            old_key,
            [
                ("add-index", "fileIdIndexV2"),
                ("switch-patterns", "fileIdIndexV2"),
                ("release-index", "fileIdIndex"),
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
                ("release-index", "userFileSizeIndex"),
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
    made = planned_from(state_with(table, change, like_the_model()))
    assert (kinds(made), made.impossible) == (steps, ())


def test_consumers_keep_their_permission_on_the_index_that_is_deployed():
    made = planned_from(state_with("files", old_name, like_the_model()))
    for step in made.steps[:2]:
        indexes = {p.index for p in step.model.patterns_of("cleanup") if p.table == "files"}
        assert {"byFileId", "fileIdIndex"} <= indexes


def spelled_by_role(inputs):
    for index in inputs["globalSecondaryIndexes"]:
        keys = {each["keyType"]: each["attributeName"] for each in index.pop("keySchemas")}
        index |= {"hashKey": keys["HASH"], "rangeKey": keys.get("RANGE")}


def test_an_index_key_is_the_same_in_both_spellings():
    assert planned_from(state_with("files", spelled_by_role, like_the_model())).steps == ()


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
    made = planned_from(state_with("files", change, like_the_model()))
    assert made.steps == ()
    assert [says in each.what for each in made.impossible] == [True]


def test_a_stack_that_was_never_deployed_needs_no_plan():
    made = planned_from({"deployment": {"resources": []}})
    assert (made.steps, made.impossible) == ((), ())
    assert len(made.notes) == len(FILE_SHARING.tables)


def only_an_extra_index(inputs):
    extra_index(inputs)
    inputs["globalSecondaryIndexes"] = inputs["globalSecondaryIndexes"][2:]


def test_an_index_whose_readers_nobody_knows_goes_after_everything_new_is_there():
    made = planned_from(state_with("files", only_an_extra_index, like_the_model()))
    assert kinds(made) == [
        ("add-index", "fileIdIndex"),
        ("add-index", "userFileSizeIndex"),
        ("drop-index", "zMime"),
    ]
