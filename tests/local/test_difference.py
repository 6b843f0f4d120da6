"""The expected paths and kinds are those of previews recorded with the real AWS provider."""

import json

import pytest

from tablewright.local.difference import differences, same
from tablewright.recorder import UNKNOWN

REPLACING = ("name", "hashKey", "rangeKey", "localSecondaryIndexes")


def index(name, *keys, projection="ALL"):
    schemas = [
        {"attributeName": key, "keyType": kind}
        for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)
    ]
    return {"name": name, "keySchemas": schemas, "projectionType": projection}


def attributes(*names, **types):
    return [{"name": name, "type": types.get(name, "S")} for name in names]


BY_FILE = index("fileIdIndex", "fileId")
BY_SIZE = index("userFileSizeIndex", "userId", "fileSize")
TABLE = {
    "name": "dropify-prod-files",
    "billingMode": "PAY_PER_REQUEST",
    "hashKey": "userId",
    "rangeKey": "sortKey",
    "attributes": attributes("userId", "sortKey", "fileId", "fileSize", fileSize="N"),
    "globalSecondaryIndexes": [BY_FILE, BY_SIZE],
    "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35},
    "tags": {"Environment": "prod"},
}

RECORDED = [
    ("no change", {}, {}),
    ("a tag", {"tags": {"Environment": "prod", "CostCenter": "42"}}, {"tags.CostCenter": "add"}),
    ("table renamed", {"name": "dropify-prod-shares"}, {"name": "update-replace"}),
    (
        "recovery off",
        {"pointInTimeRecovery": {"enabled": False}},
        {
            "pointInTimeRecovery.enabled": "update",
            "pointInTimeRecovery.recoveryPeriodInDays": "delete",
        },
    ),
    (
        "provisioned",
        {"billingMode": "PROVISIONED", "readCapacity": 5, "writeCapacity": 5},
        {"billingMode": "update", "readCapacity": "add", "writeCapacity": "add"},
    ),
    (
        "index projection",
        {
            "globalSecondaryIndexes": [
                index("fileIdIndex", "fileId", projection="KEYS_ONLY"),
                BY_SIZE,
            ]
        },
        {"globalSecondaryIndexes[0].projectionType": "update"},
    ),
    (
        "index key",
        {"globalSecondaryIndexes": [index("fileIdIndex", "fileId", "userId"), BY_SIZE]},
        {"globalSecondaryIndexes[0].keySchemas[1]": "add"},
    ),
    (
        "index renamed",
        {"globalSecondaryIndexes": [index("byFileId", "fileId"), BY_SIZE]},
        {"globalSecondaryIndexes[0].name": "update"},
    ),
    (
        "index added",
        {
            "attributes": [*TABLE["attributes"], {"name": "mimeType", "type": "S"}],
            "globalSecondaryIndexes": [BY_FILE, BY_SIZE, index("z", "userId", "mimeType")],
        },
        {"attributes[4]": "add", "globalSecondaryIndexes[2]": "add"},
    ),
    (
        "index removed",
        {"attributes": TABLE["attributes"][:3], "globalSecondaryIndexes": [BY_FILE]},
        {"attributes[3]": "delete", "globalSecondaryIndexes[1]": "delete"},
    ),
    (
        "local index",
        {
            "attributes": [*TABLE["attributes"], {"name": "mimeType", "type": "S"}],
            "localSecondaryIndexes": [{"name": "byMime", "rangeKey": "mimeType"}],
        },
        {"attributes[4]": "add", "localSecondaryIndexes": "add-replace"},
    ),
    (
        "partition key",
        {
            "hashKey": "ownerId",
            "attributes": attributes("ownerId", "sortKey", "fileId", "fileSize", fileSize="N"),
            "globalSecondaryIndexes": [BY_FILE, index("userFileSizeIndex", "ownerId", "fileSize")],
        },
        {
            "attributes[0].name": "update",
            "globalSecondaryIndexes[1].keySchemas[0].attributeName": "update",
            "hashKey": "update-replace",
        },
    ),
    (
        "type of a key attribute alone",
        {"attributes": attributes("userId", "sortKey", "fileId", "fileSize")},
        {},
    ),
]


def told(old, new, **options):
    return {
        str(change): change.kind + ("-replace" if change.replaces else "")
        for change in differences(old, new, replace_on=REPLACING, **options)
    }


@pytest.mark.parametrize(
    ("change", "expected"), [case[1:] for case in RECORDED], ids=[case[0] for case in RECORDED]
)
def test_a_change_is_told_as_the_aws_provider_tells_it(change, expected):
    assert told(TABLE, TABLE | change) == expected


def test_an_index_that_sorts_first_does_not_make_the_others_look_changed():
    first = index("aIndex", "fileId")
    assert told(TABLE, TABLE | {"globalSecondaryIndexes": [first, BY_FILE, BY_SIZE]}) == {
        "globalSecondaryIndexes[0]": "add"
    }


def test_the_order_of_a_set_is_no_change_and_that_of_a_list_is():
    assert told(TABLE, TABLE | {"globalSecondaryIndexes": [BY_SIZE, BY_FILE]}) == {}
    assert told({"queries": ["a", "b"]}, {"queries": ["b", "a"]}) == {
        "queries[0]": "update",
        "queries[1]": "update",
    }


def test_a_value_known_only_at_the_deployment_counts_as_a_change():
    assert told(TABLE, TABLE | {"name": UNKNOWN}) == {"name": "update-replace"}
    assert told({"alarmActions": ["a"]}, {"alarmActions": [UNKNOWN]}) == {
        "alarmActions[0]": "update"
    }


def test_ignored_changes_are_left_out():
    changed = {"tags": {"Environment": "x", "Owner": "y"}, "billingMode": "PROVISIONED"}
    assert told(TABLE, TABLE | changed, ignore=["tags.Owner", "billingMode"]) == {
        "tags.Environment": "update"
    }
    assert told(TABLE, TABLE | changed, ignore=["*"]) == {}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (None, [], True),
        ([], {}, True),
        ([], [None], False),
        (True, 1, False),
        (1, 1.0, True),
        ("", None, False),
        (json.dumps({"a": 1, "b": [2]}), '{"b":[2],"a":1}', True),
        ('{"a": 1}', '{"a": 2}', False),
        ("{no json", "{no  json", False),
    ],
)
def test_two_values_are_the_same_when_they_mean_the_same_to_aws(old, new, expected):
    assert same(old, new) is expected
