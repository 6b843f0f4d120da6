"""A table's indexes have one owner, and so do its replicas."""

import pytest

from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, TABLE, TABLE_REPLICA
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import CANNOT_RUN, findings, judge_stack, stack_resource
from tests.support.stacks import verdicts_of

RULE = "ddb-gsi-single-owner"
NAME = "dropify-prod-files"
ARN = f"arn:aws:dynamodb:us-east-1:123456789012:table/{NAME}"
IGNORED = ["globalSecondaryIndexes", "replicas"]


def table(*, ignore=(), **properties):
    outputs = {"name": NAME, **properties}
    return stack_resource(TABLE, "files", outputs, ignore_changes=ignore)


def index(owner=None, **properties):
    depends = {"tableName": [owner]} if owner else {}
    outputs = {"tableName": NAME, "indexName": "byOwner", **properties}
    return stack_resource(GLOBAL_SECONDARY_INDEX, "index", outputs, depends=depends)


def replica(owner=None, **properties):
    depends = {"globalTableArn": [owner]} if owner else {}
    outputs = {"globalTableArn": ARN, "region": "eu-west-1", **properties}
    return stack_resource(TABLE_REPLICA, "replica", outputs, depends=depends)


INDEXES = {"globalSecondaryIndexes": [{"name": "byOwner"}]}
REPLICAS = {"replicas": [{"regionName": "eu-west-1"}]}


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ([table(**INDEXES, **REPLICAS)], []),
        ([table(), index(), replica()], []),
        ([table(globalSecondaryIndexes=[], replicas=[]), index(), replica()], []),
        ([table(**INDEXES), index()], ["indexes"]),
        ([table(**INDEXES), index(indexName="byDate")], ["indexes"]),
        ([table(**REPLICAS), replica()], ["replicas"]),
        ([table(**REPLICAS), index()], []),
        ([table(**INDEXES), index(tableName="dropify-prod-users")], []),
        ([index(), replica()], []),
    ],
)
def test_indexes_and_replicas_are_all_inline_or_all_standalone(resources, expected):
    assert findings(judge_stack(RULE, resources)) == expected


@pytest.mark.parametrize(
    ("seen", "beside", "expected"),
    [
        (INDEXES, index(), []),
        (INDEXES, index(indexName="byDate"), ["indexes"]),
        (REPLICAS, replica(), []),
        (REPLICAS, replica(region="eu-central-1"), ["replicas"]),
    ],
)
def test_what_aws_shows_of_standalone_ones_is_no_second_owner_where_it_is_ignored(
    seen, beside, expected
):
    assert findings(judge_stack(RULE, [table(ignore=IGNORED, **seen), beside])) == expected


def test_ignoring_a_part_of_the_indexes_is_not_enough():
    ignoring = table(ignore=["globalSecondaryIndexes[0].readCapacity"], **INDEXES)
    assert findings(judge_stack(RULE, [ignoring, index()])) == ["indexes"]


FILES = {
    "hashKey": "pk",
    "rangeKey": "sk",
    "attributes": [{"name": "pk", "type": "S"}, {"name": "sk", "type": "S"}],
    "ttl": {"enabled": True, "attributeName": "expires"},
    "localSecondaryIndexes": [{"name": "byDate", "rangeKey": "date"}],
}


def keyed(name, *parts, **properties):
    """Return a standalone index; each part of its key is a name and a type."""
    kinds = ("HASH", "RANGE")
    keys = [
        {"attributeName": part[0], "attributeType": part[1], "keyType": kind}
        for part, kind in zip(parts, kinds, strict=False)
    ]
    outputs = {"tableName": NAME, "indexName": name, "keySchemas": keys, **properties}
    return stack_resource(GLOBAL_SECONDARY_INDEX, name, outputs)


@pytest.mark.parametrize(
    ("indexes", "expected"),
    [
        ([keyed("a", ("x", "S")), keyed("b", ("y", "S"))], []),
        ([keyed("a", ("x", "S"), ("y", "S")), keyed("b", ("x", "S"), ("z", "S"))], []),
        ([keyed("a", ("x", "S")), keyed("b", ("x", "S"))], [("standalone-redundant", "b")]),
        (
            [keyed("a", ("x", "S")), keyed("b", ("x", "S"), ("y", "S"))],
            [("standalone-redundant", "a")],
        ),
        ([keyed("a", ("pk", "S"), ("sk", "S"))], [("standalone-redundant", "a")]),
        ([keyed("a", ("pk", "S"), ("date", "S"))], [("standalone-redundant", "a")]),
        ([keyed("a", ("sk", "S"), ("pk", "S"))], []),
        ([keyed("a", ("sk", "N"))], [("standalone-type", "a")]),
        ([keyed("a", ("x", "S")), keyed("b", ("y", "S"), ("x", "N"))], [("standalone-type", "b")]),
        ([keyed("a", ("expires", "N"))], [("standalone-ttl", "a")]),
        ([keyed("a", ("x", "S"), ("expires", "N"))], [("standalone-ttl", "a")]),
        ([keyed("a", ("x", "S"), tableName="dropify-prod-users"), keyed("b", ("x", "S"))], []),
    ],
)
def test_a_standalone_index_is_judged_by_its_table(indexes, expected):
    verdicts = judge_stack(RULE, [table(**FILES), *indexes])
    assert [(each.finding, each.urn.rpartition("::")[2]) for each in verdicts] == expected


def test_what_aws_shows_of_a_standalone_index_does_not_repeat_it():
    seen = {**FILES, "globalSecondaryIndexes": [{"name": "a", "hashKey": "x"}]}
    seen["attributes"] = [*FILES["attributes"], {"name": "x", "type": "S"}]
    assert (
        findings(judge_stack(RULE, [table(ignore=IGNORED, **seen), keyed("a", ("x", "S"))])) == []
    )


KEY = "arn:aws:kms:us-east-1:123456789012:key/1"
KEYED = {"serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY}}
OWN_KEY = {"serverSideEncryption": {"enabled": True, "kmsKeyArn": UNKNOWN}}


@pytest.mark.parametrize(
    ("of", "beside", "expected"),
    [
        (KEYED, {}, ["replica-weaker"]),
        (KEYED, {"kmsKeyArn": "alias/aws/dynamodb"}, ["replica-weaker"]),
        (KEYED, {"kmsKeyArn": KEY}, []),
        (KEYED, {"kmsKeyArn": UNKNOWN}, []),
        (OWN_KEY, {}, ["replica-weaker"]),
        ({"serverSideEncryption": {"enabled": True}}, {}, []),
        ({}, {}, []),
        ({"serverSideEncryption": UNKNOWN}, {}, [CANNOT_RUN]),
    ],
)
def test_a_standalone_replica_has_a_key_where_its_table_has_one(of, beside, expected):
    assert findings(judge_stack(RULE, [table(**of), replica(**beside)])) == expected


def test_unknown_names_are_linked_by_the_table_that_they_come_from():
    both = table(**INDEXES, **REPLICAS)
    beside = [index(both, tableName=UNKNOWN), replica(both, globalTableArn=UNKNOWN)]
    verdicts = judge_stack(RULE, [both, *beside])
    assert findings(verdicts) == ["indexes", "replicas"]
    assert {verdict.urn for verdict in verdicts} == {both.urn}


def test_what_is_known_is_judged_before_what_is_unknown():
    lost = stack_resource(GLOBAL_SECONDARY_INDEX, "lost", {"tableName": UNKNOWN})
    assert findings(judge_stack(RULE, [table(**INDEXES), index(), lost])) == ["indexes", CANNOT_RUN]
    unknown = table(globalSecondaryIndexes=UNKNOWN, **REPLICAS)
    assert findings(judge_stack(RULE, [unknown, index(), replica()])) == ["replicas", CANNOT_RUN]


def test_a_name_of_another_type_is_a_violation():
    assert findings(judge_stack(RULE, [table(), index(tableName=1)])) == ["malformed"]


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ["local", "dev", "staging", "prod"])
def test_the_program_gives_every_index_one_owner(environment, preview):
    assert verdicts_of(RULE, environment, preview=preview) == []
