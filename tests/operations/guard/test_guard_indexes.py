"""Changes of indexes that no recording holds: what each is called, and what is harmless."""

import pytest

from tablewright.operations.guard.finding import Kind
from tests.support.files_table import FILES, indexes, judged, urn_of
from tests.support.guard_scenes import UNKNOWN_TEXT, Deployed
from tests.support.recording import MANAGED_POLICY

OUTAGE = Kind.INDEX_OUTAGE
UNCLEAR, NOTE = Kind.NOT_UNDERSTOOD, Kind.NOTE
WARM = {"readUnitsPerSecond": 12000, "writeUnitsPerSecond": 4000}
SPELLED = {"keySchemas": None, "hashKey": "fileId"}
IN_ANOTHER_ORDER = list(reversed(indexes()))
INCLUDED = {"projectionType": "INCLUDE", "nonKeyAttributes": ["a", "b"]}
CASES = {
    "an index in another order": ({}, {"globalSecondaryIndexes": IN_ANOTHER_ORDER}, set()),
    "an index whose key is spelled in the old way": (
        {"globalSecondaryIndexes": indexes(fileIdIndex=SPELLED)},
        {"globalSecondaryIndexes": indexes()},
        set(),
    ),
    "an index whose key is another in the old spelling": (
        {"globalSecondaryIndexes": indexes(fileIdIndex={**SPELLED, "hashKey": "userId"})},
        {"globalSecondaryIndexes": indexes()},
        {(OUTAGE, "fileIdIndex")},
    ),
    "projected attributes in another order": (
        {"globalSecondaryIndexes": indexes(fileIdIndex=INCLUDED)},
        {
            "globalSecondaryIndexes": indexes(
                fileIdIndex={**INCLUDED, "nonKeyAttributes": ["b", "a"]}
            )
        },
        set(),
    ),
    "another projected attribute": (
        {"globalSecondaryIndexes": indexes(fileIdIndex=INCLUDED)},
        {
            "globalSecondaryIndexes": indexes(
                fileIdIndex={**INCLUDED, "nonKeyAttributes": ["a", "b", "c"]}
            )
        },
        {(OUTAGE, "fileIdIndex")},
    ),
    "several indexes at once": (
        {},
        {
            "globalSecondaryIndexes": indexes(
                fileIdIndex={"projectionType": "KEYS_ONLY"}, userFileSizeIndex=None
            )
        },
        {(OUTAGE, "fileIdIndex"), (OUTAGE, "userFileSizeIndex")},
    ),
    "a lowered warm throughput of an index": (
        {"globalSecondaryIndexes": indexes(fileIdIndex={"warmThroughput": WARM})},
        {
            "globalSecondaryIndexes": indexes(
                fileIdIndex={"warmThroughput": {**WARM, "readUnitsPerSecond": 11999}}
            )
        },
        {(OUTAGE, "fileIdIndex")},
    ),
    "a raised warm throughput of an index": (
        {"globalSecondaryIndexes": indexes(fileIdIndex={"warmThroughput": WARM})},
        {
            "globalSecondaryIndexes": indexes(
                fileIdIndex={"warmThroughput": {**WARM, "readUnitsPerSecond": 13000}}
            )
        },
        set(),
    ),
    "an index of which a part is not known": (
        {},
        {"globalSecondaryIndexes": indexes(fileIdIndex={"projectionType": UNKNOWN_TEXT})},
        {(UNCLEAR, "globalSecondaryIndexes")},
    ),
    "indexes that are no list": (
        {},
        {"globalSecondaryIndexes": "x"},
        {(UNCLEAR, "globalSecondaryIndexes")},
    ),
    "an index that is no object": (
        {},
        {"globalSecondaryIndexes": ["x"]},
        {(UNCLEAR, "globalSecondaryIndexes")},
    ),
    "a key that holds nothing": (
        {},
        {"globalSecondaryIndexes": indexes(fileIdIndex={"keySchemas": [None]})},
        {(UNCLEAR, "globalSecondaryIndexes")},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_change_of_an_index_is_called_what_it_is(case):
    before, after, expected = CASES[case]
    assert judged(before, after) == expected


def test_local_indexes_in_another_order_are_the_same():
    one, other = ({"name": n, "rangeKey": n, "projectionType": "ALL"} for n in "ab")
    before = {"localSecondaryIndexes": [one, other]}
    assert judged(before, {"localSecondaryIndexes": [other, one]}) == set()


def test_an_index_that_goes_with_its_patterns_is_an_outage_while_a_policy_allows_it():
    scene = Deployed("prod")
    table, former = scene.resources[urn_of(FILES)], {"name": "former", "projectionType": "ALL"}
    gone = scene.step("update", urn_of(FILES))
    table["inputs"]["globalSecondaryIndexes"].append(former)
    gone["oldState"]["inputs"] = table["inputs"]
    assert [(each.kind, each.cause) for each in scene.judged(gone)] == [(NOTE, "former")]

    (policy,) = [p for p in scene.of_type(MANAGED_POLICY) if p["inputs"]["name"].endswith("g-api")]
    narrowed = scene.step("update", policy["urn"])
    document = policy["inputs"]["policy"]
    policy["inputs"]["policy"] = document.replace("/userFileSizeIndex", "/former", 1)
    narrowed["oldState"]["inputs"] = policy["inputs"]
    found = {each.cause: each for each in scene.judged(gone, narrowed)}
    assert found["former"].kind is OUTAGE
    assert policy["inputs"]["name"] in found["former"].fails
