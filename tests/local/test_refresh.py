import pytest

from tablewright.local.refresh import imported_inputs, refreshed_inputs

DECLARED = {
    "name": "files",
    "attributes": [{"name": "userId", "type": "S"}, {"name": "fileId", "type": "S"}],
    "globalSecondaryIndexes": [
        {"name": "byFile", "projectionType": "INCLUDE", "nonKeyAttributes": ["b", "a"]}
    ],
    "ttl": {"attributeName": "expiresAt", "enabled": True},
    "tags": {"Owner": "x"},
    "tableClass": "STANDARD",
}
FOUND = {
    "arn": "arn:aws:dynamodb:us-east-1:123456789012:table/files",
    "name": "files",
    "attributes": [{"name": "fileId", "type": "S"}, {"name": "userId", "type": "S"}],
    "globalSecondaryIndexes": [
        {
            "name": "byFile",
            "projectionType": "INCLUDE",
            "nonKeyAttributes": ["a", "b"],
            "readCapacity": 0,
        }
    ],
    "ttl": {"attributeName": "expiresAt", "enabled": True},
    "tags": {"Owner": "x"},
    "readCapacity": 0,
    "streamViewType": "",
}


def test_defaults_computed_values_and_another_order_are_no_drift():
    assert refreshed_inputs(DECLARED, FOUND) == DECLARED


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        ("ttl", {"attributeName": "", "enabled": False}, {"attributeName": "", "enabled": False}),
        ("tags", {"Owner": "x", "Added": "y"}, {"Owner": "x", "Added": "y"}),
        ("attributes", [{"name": "fileId", "type": "S"}], [{"name": "fileId", "type": "S"}]),
        (
            "globalSecondaryIndexes",
            [*FOUND["globalSecondaryIndexes"], {"name": "new", "readCapacity": 0}],
            [*DECLARED["globalSecondaryIndexes"], {"name": "new"}],
        ),
        (
            "globalSecondaryIndexes",
            [{"name": "byFile", "projectionType": "ALL", "nonKeyAttributes": []}],
            [{"name": "byFile", "projectionType": "ALL", "nonKeyAttributes": []}],
        ),
    ],
)
def test_what_was_changed_behind_the_engines_back_reaches_the_inputs(name, found, expected):
    assert refreshed_inputs(DECLARED, FOUND | {name: found}) == DECLARED | {name: expected}


def test_an_import_leaves_the_region_to_the_provider():
    assert imported_inputs({"name": "files", "region": "us-east-1"}, {"name", "region"}) == {
        "name": "files"
    }


def test_an_import_declares_what_is_set_and_may_be_set():
    names = {"name", "attributes", "globalSecondaryIndexes", "streamViewType", "readCapacity"}
    assert imported_inputs(FOUND, names) == {
        "name": "files",
        "attributes": FOUND["attributes"],
        "globalSecondaryIndexes": [
            {"name": "byFile", "projectionType": "INCLUDE", "nonKeyAttributes": ["a", "b"]}
        ],
    }
