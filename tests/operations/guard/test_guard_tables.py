"""Changes of a table's settings that no recording holds: what each is called."""

import pytest

from tablewright.operations.guard.finding import Kind
from tests.support.files_table import FILES, deployed_input, judged, replica
from tests.support.guard_scenes import CIPHERTEXT, KEY, REGION, UNKNOWN_TEXT

LOSS, WEAKENED = Kind.DATA_LOSS, Kind.RECOVERY_WEAKENED
BROKEN, UNCLEAR, NOTE = Kind.CONTRACT_BROKEN, Kind.NOT_UNDERSTOOD, Kind.NOTE
WARM = {"readUnitsPerSecond": 12000, "writeUnitsPerSecond": 4000}
CASES = {
    "a lowered warm throughput": (
        {"warmThroughput": WARM},
        {"warmThroughput": {**WARM, "writeUnitsPerSecond": 3999}},
        {(LOSS, "warmThroughput")},
    ),
    "a raised warm throughput": (
        {"warmThroughput": WARM},
        {"warmThroughput": {"readUnitsPerSecond": 20000, "writeUnitsPerSecond": 4000}},
        set(),
    ),
    "a warm throughput left out": ({"warmThroughput": WARM}, {"warmThroughput": None}, set()),
    "another way to pay": (
        {},
        {"billingMode": "PROVISIONED", "readCapacity": 5, "writeCapacity": 5},
        {(NOTE, "billingMode")},
    ),
    "a replica removed": ({}, {"replicas": []}, {(LOSS, "replica-eu-west-1")}),
    "a replica with another key": (
        {},
        {"replicas": replica(kmsKeyArn=KEY)},
        {(LOSS, "replica-eu-west-1")},
    ),
    "a replica in another region": (
        {},
        {"replicas": replica(regionName="eu-west-2")},
        {(LOSS, "replica-eu-west-1"), (NOTE, "replica-eu-west-2")},
    ),
    "a replica of another consistency": (
        {},
        {"replicas": replica(consistencyMode="STRONG")},
        {(LOSS, "replica-eu-west-1")},
    ),
    "a replica whose consistency is spelled out": (
        {},
        {"replicas": replica(consistencyMode="EVENTUAL")},
        set(),
    ),
    "recovery of a replica off": (
        {},
        {"replicas": replica(pointInTimeRecovery=False)},
        {(WEAKENED, "replica-eu-west-1")},
    ),
    "a witness": (
        {},
        {"globalTableWitness": {"regionName": "eu-west-3"}},
        {(UNCLEAR, "globalTableWitness")},
    ),
    "recovery of as many days as the default": (
        {"pointInTimeRecovery": {"enabled": True}},
        {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35}},
        set(),
    ),
    "recovery of fewer days than the default": (
        {"pointInTimeRecovery": {"enabled": True}},
        {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 34}},
        {(WEAKENED, "pointInTimeRecovery")},
    ),
    "a recovery window that is not known": (
        {},
        {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": UNKNOWN_TEXT}},
        {(UNCLEAR, "pointInTimeRecovery")},
    ),
    "another key": (
        {},
        {"serverSideEncryption": {"enabled": True, "kmsKeyArn": f"{KEY}0"}},
        {(WEAKENED, "serverSideEncryption")},
    ),
    "a key that is not known": (
        {},
        {"serverSideEncryption": {"enabled": True, "kmsKeyArn": UNKNOWN_TEXT}},
        {(UNCLEAR, "serverSideEncryption")},
    ),
    "AWS's own key": (
        {},
        {"serverSideEncryption": {"enabled": True}},
        {(WEAKENED, "serverSideEncryption")},
    ),
    "time to live off": (
        {"ttl": {"attributeName": "at", "enabled": True}},
        {"ttl": {"attributeName": "at", "enabled": False}},
        {(WEAKENED, "ttl")},
    ),
    "time to live on": (
        {"ttl": None},
        {"ttl": {"attributeName": "at", "enabled": True}},
        {(NOTE, "ttl")},
    ),
    "time to live that was off, and is gone": (
        {"ttl": {"attributeName": "at", "enabled": False}},
        {"ttl": None},
        set(),
    ),
    "a stream off": ({}, {"streamEnabled": False, "streamViewType": None}, {(BROKEN, "stream")}),
    "a stream of another view": ({}, {"streamViewType": "KEYS_ONLY"}, {(BROKEN, "stream")}),
    "a view without a stream": ({"streamEnabled": False}, {"streamViewType": "KEYS_ONLY"}, set()),
    "a table class": ({}, {"tableClass": "STANDARD"}, set()),
    "the region spelled out": ({}, {"region": REGION}, set()),
    "another region": ({"region": REGION}, {"region": "eu-west-1"}, {(LOSS, "region")}),
    "attributes in another order": ({}, {"attributes": deployed_input("attributes")[::-1]}, set()),
    "a local index": (
        {},
        {"localSecondaryIndexes": [{"name": "a", "rangeKey": "b", "projectionType": "ALL"}]},
        {(LOSS, "localSecondaryIndexes")},
    ),
    "a key attribute that is secret": ({}, {"hashKey": "[secret]"}, {(UNCLEAR, "hashKey")}),
    "a name that is secret": ({"name": CIPHERTEXT}, {"name": FILES}, {(UNCLEAR, "name")}),
}


@pytest.mark.parametrize("case", CASES)
def test_a_change_of_a_table_is_called_what_it_is(case):
    before, after, expected = CASES[case]
    assert judged(before, after) == expected
