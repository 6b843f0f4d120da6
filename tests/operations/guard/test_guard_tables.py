"""Changes of tables that no recording holds: what each is called, and that nothing is missed."""

from copy import deepcopy

import pytest

from tablewright.operations.guard.finding import Kind
from tests.support.guard_scenes import CIPHERTEXT, KEY, REGION, UNKNOWN_TEXT, Deployed, deployed
from tests.support.recording import MANAGED_POLICY, TABLE

LOSS, OUTAGE, WEAKENED = Kind.DATA_LOSS, Kind.INDEX_OUTAGE, Kind.RECOVERY_WEAKENED
BROKEN, UNCLEAR, NOTE = Kind.CONTRACT_BROKEN, Kind.NOT_UNDERSTOOD, Kind.NOTE
FILES = "dropify-prod-files"
WARM = {"readUnitsPerSecond": 12000, "writeUnitsPerSecond": 4000}


def scene_with(**inputs):
    """A stack whose table of files is deployed with other inputs; None takes one away."""
    scene = deployed("prod", everything=True).alone(urn_of(FILES))
    resource = deepcopy(scene.resources[urn_of(FILES)])
    resource["inputs"] = {
        k: v for k, v in {**resource["inputs"], **inputs}.items() if v is not None
    }
    scene.resources = {urn_of(FILES): resource}
    return scene


def urn_of(name):
    scene = deployed("prod", everything=True)
    return next(each["urn"] for each in scene.of_type(TABLE) if each["id"] == name)


def deployed_input(name):
    return deepcopy(deployed("prod", everything=True).resources[urn_of(FILES)]["inputs"][name])


def indexes(**changes):
    """The indexes of the table of files, some of them changed by name; None takes one away."""
    found = {each["name"]: each for each in deployed_input("globalSecondaryIndexes")}
    for name, change in changes.items():
        found[name] = None if change is None else {**found.get(name, {}), **change}
    return [{k: v for k, v in each.items() if v is not None} for each in found.values() if each]


def replica(**changes):
    (one,) = deployed_input("replicas")
    return [{k: v for k, v in {**one, **changes}.items() if v is not None}]


def judged(before, after, operation="update"):
    scene = scene_with(**before)
    return {
        (each.kind, each.cause)
        for each in scene.judged(scene.step(operation, urn_of(FILES), **after))
    }


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
    "indexes that are no list": ({}, {"globalSecondaryIndexes": "x"}, {(UNCLEAR, "globalSecondaryIndexes")}),
    "an index that is no object": ({}, {"globalSecondaryIndexes": ["x"]}, {(UNCLEAR, "globalSecondaryIndexes")}),
    "a key that holds nothing": (
        {},
        {"globalSecondaryIndexes": indexes(fileIdIndex={"keySchemas": [None]})},
        {(UNCLEAR, "globalSecondaryIndexes")},
    ),
    "a lowered warm throughput": (
        {"warmThroughput": WARM},
        {"warmThroughput": {**WARM, "writeUnitsPerSecond": 3999}},
        {(LOSS, "warmThroughput")},
    ),
    "a raised warm throughput": ({"warmThroughput": WARM}, {"warmThroughput": {"readUnitsPerSecond": 20000, "writeUnitsPerSecond": 4000}}, set()),
    "a warm throughput left out": ({"warmThroughput": WARM}, {"warmThroughput": None}, set()),
    "another way to pay": ({}, {"billingMode": "PROVISIONED", "readCapacity": 5, "writeCapacity": 5}, {(NOTE, "billingMode")}),
    "a replica removed": ({}, {"replicas": []}, {(LOSS, "replica-eu-west-1")}),
    "a replica with another key": ({}, {"replicas": replica(kmsKeyArn=KEY)}, {(LOSS, "replica-eu-west-1")}),
    "a replica in another region": ({}, {"replicas": replica(regionName="eu-west-2")}, {(LOSS, "replica-eu-west-1"), (NOTE, "replica-eu-west-2")}),
    "a replica of another consistency": ({}, {"replicas": replica(consistencyMode="STRONG")}, {(LOSS, "replica-eu-west-1")}),
    "a replica whose consistency is spelled out": ({}, {"replicas": replica(consistencyMode="EVENTUAL")}, set()),
    "recovery of a replica off": ({}, {"replicas": replica(pointInTimeRecovery=False)}, {(WEAKENED, "replica-eu-west-1")}),
    "a witness": ({}, {"globalTableWitness": {"regionName": "eu-west-3"}}, {(UNCLEAR, "globalTableWitness")}),
    "recovery of as many days as the default": ({"pointInTimeRecovery": {"enabled": True}}, {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35}}, set()),
    "recovery of fewer days than the default": ({"pointInTimeRecovery": {"enabled": True}}, {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 34}}, {(WEAKENED, "pointInTimeRecovery")}),
    "a recovery window that is not known": ({}, {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": UNKNOWN_TEXT}}, {(UNCLEAR, "pointInTimeRecovery")}),
    "another key": ({}, {"serverSideEncryption": {"enabled": True, "kmsKeyArn": f"{KEY}0"}}, {(WEAKENED, "serverSideEncryption")}),
    "a key that is not known": ({}, {"serverSideEncryption": {"enabled": True, "kmsKeyArn": UNKNOWN_TEXT}}, {(UNCLEAR, "serverSideEncryption")}),
    "AWS's own key": ({}, {"serverSideEncryption": {"enabled": True}}, {(WEAKENED, "serverSideEncryption")}),
    "time to live off": ({"ttl": {"attributeName": "at", "enabled": True}}, {"ttl": {"attributeName": "at", "enabled": False}}, {(WEAKENED, "ttl")}),
    "time to live on": ({"ttl": None}, {"ttl": {"attributeName": "at", "enabled": True}}, {(NOTE, "ttl")}),
    "time to live that was off, and is gone": ({"ttl": {"attributeName": "at", "enabled": False}}, {"ttl": None}, set()),
    "a stream off": ({}, {"streamEnabled": False, "streamViewType": None}, {(BROKEN, "stream")}),
    "a stream of another view": ({}, {"streamViewType": "KEYS_ONLY"}, {(BROKEN, "stream")}),
    "a view without a stream": ({"streamEnabled": False}, {"streamViewType": "KEYS_ONLY"}, set()),
    "a table class": ({}, {"tableClass": "STANDARD"}, set()),
    "the region spelled out": ({}, {"region": REGION}, set()),
    "another region": ({"region": REGION}, {"region": "eu-west-1"}, {(LOSS, "region")}),
    "attributes in another order": ({}, {"attributes": deployed_input("attributes")[::-1]}, set()),
    "a local index": ({}, {"localSecondaryIndexes": [{"name": "a", "rangeKey": "b", "projectionType": "ALL"}]}, {(LOSS, "localSecondaryIndexes")}),
    "a key attribute that is secret": ({}, {"hashKey": "[secret]"}, {(UNCLEAR, "hashKey")}),
    "a name that is secret": ({"name": CIPHERTEXT}, {"name": FILES}, {(UNCLEAR, "name")}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_change_of_a_table_is_called_what_it_is(case):
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


@pytest.mark.parametrize(
    ("options", "operation", "told", "blocked"),
    [
        ({"protect": True, "retainOnDelete": True}, "replace", "AWS deletes the table", "protect"),
        ({"protect": False, "retainOnDelete": True}, "replace", "a new table begins empty", ""),
        ({"protect": False, "retainOnDelete": False}, "replace", "AWS deletes", "deletion prot"),
        ({"protect": True, "retainOnDelete": True}, "delete", "AWS deletes the table", "protect"),
        ({"protect": False, "retainOnDelete": False}, "delete", "AWS deletes", "deletion prot"),
    ],
)
def test_what_keeps_a_table_from_being_deleted_is_told(options, operation, told, blocked):
    scene = scene_with()
    scene.resources[urn_of(FILES)].update(options)
    step = scene.step(operation, urn_of(FILES), name="another")
    (found,) = scene.judged({**step, "replaceReasons": ["name"]})
    assert found.kind is LOSS
    assert told in found.what
    assert found.blocked.startswith(blocked)
    assert bool(found.blocked) is bool(blocked)


def test_a_table_that_stays_at_aws_without_a_stack_is_weakened():
    scene = scene_with()
    scene.resources[urn_of(FILES)].update({"protect": False, "retainOnDelete": True})
    (found,) = scene.judged(scene.step("delete", urn_of(FILES)))
    assert (found.kind, found.cause) == (WEAKENED, "removed")


@pytest.mark.parametrize("lost", ["protect", "retainOnDelete"])
@pytest.mark.parametrize("operation", ["same", "update"])
def test_an_option_that_protects_is_missed_in_a_step_that_changes_nothing(lost, operation):
    scene = scene_with()
    changes = {"tags": {}} if operation == "update" else {}
    step = scene.step(operation, urn_of(FILES), **changes)
    step["newState"][lost] = False
    (found,) = scene.judged(step)
    assert (found.kind, found.cause) == (WEAKENED, lost)


def test_what_somebody_changed_at_aws_is_judged_when_the_program_changes_it_back():
    scene = scene_with(pointInTimeRecovery={"enabled": False})
    resource = scene.resources[urn_of(FILES)]
    resource["outputs"]["pointInTimeRecovery"] = {"enabled": True, "recoveryPeriodInDays": 35}
    step = scene.step("update", urn_of(FILES))
    step["diffReasons"] = ["pointInTimeRecovery"]
    (found,) = scene.judged(step)
    assert (found.kind, found.cause) == (WEAKENED, "pointInTimeRecovery")


def test_an_update_that_shows_nothing_is_never_fine():
    scene = scene_with()
    (found,) = scene.judged(scene.step("update", urn_of(FILES)))
    assert (found.kind, found.cause) == (UNCLEAR, "update")


@pytest.mark.parametrize("reason", ["hashKey", "argumentOfTomorrow", "globalSecondaryIndexes[0].x"])
def test_a_property_that_differs_only_by_the_providers_word_is_never_fine(reason):
    scene = scene_with()
    step = scene.step("update", urn_of(FILES)) | {"detailedDiff": {reason: {"kind": "update"}}}
    (found,) = scene.judged(step)
    assert (found.kind, found.cause) == (UNCLEAR, reason.partition("[")[0])
