"""No option keeps what protects a table from being applied."""

from dataclasses import replace

import pytest

from rules.framework.tokens import PARAMETER, TABLE, TABLE_REPLICA
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import (
    NOT_APPLICABLE,
    findings,
    judge_registrations,
    judge_resource,
)
from tests.support.recording import ENVIRONMENTS, record_stack

RULE = "ddb-ignore-changes-masks-safety"


@pytest.mark.parametrize(
    ("path", "finding"),
    [
        ("pointInTimeRecovery", "recovery"),
        ("pointInTimeRecovery.enabled", "recovery"),
        ('["pointInTimeRecovery"].recoveryPeriodInDays', "recovery"),
        ('pointInTimeRecovery["enabled"]', "recovery"),
        (".pointInTimeRecovery", "recovery"),
        ("serverSideEncryption", "encryption"),
        ("serverSideEncryption.kmsKeyArn", "encryption"),
        ("deletionProtectionEnabled", "protection"),
        ("ttl", "ttl"),
        ("ttl.attributeName", "ttl"),
        ("replicas", "replicas"),
        ("replicas[0]", "replicas"),
        ("replicas[*].pointInTimeRecovery", "replicas"),
        ("*", "everything"),
        ('["*"]', "everything"),
        ("[*].enabled", "everything"),
        ("*.enabled", "everything"),
    ],
)
@pytest.mark.parametrize("token", [TABLE, TABLE_REPLICA])
def test_what_protects_is_never_ignored(token, path, finding):
    verdicts = judge_resource(RULE, token, {}, ignore_changes=["tags", path])
    assert findings(verdicts) == [finding]
    assert repr(path) in verdicts[0].message


def test_a_replicas_own_key_is_never_ignored():
    verdicts = judge_resource(RULE, TABLE_REPLICA, {}, ignore_changes=["kmsKeyArn"])
    assert findings(verdicts) == ["encryption"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tags",
        "readCapacity",
        "globalSecondaryIndexes[0].readCapacity",
        "globalSecondaryIndexes[*].warmThroughput",
        "tags.ttl",
        "tags.*",
        "ttlOfMine",
    ],
)
def test_anything_else_may_be_ignored(path):
    assert judge_resource(RULE, TABLE, {}, ignore_changes=[path]) == []


def test_every_path_is_found():
    paths = ["ttl", "tags", "replicas[0].kmsKeyArn", "*"]
    verdicts = judge_resource(RULE, TABLE, {}, ignore_changes=paths)
    assert findings(verdicts) == ["ttl", "replicas", "everything"]


@pytest.mark.parametrize(
    ("environment", "before", "expected"),
    [
        ("prod", True, ["delete-before-replace"]),
        (None, True, ["delete-before-replace"]),
        ("prod", False, []),
        ("prod", None, []),
        ("staging", True, []),
        ("dev", True, []),
        ("local", True, []),
    ],
)
def test_a_table_of_prod_is_not_deleted_before_its_replacement(environment, before, expected):
    verdicts = judge_resource(
        RULE, TABLE, {}, environment=environment, delete_before_replace=before
    )
    assert findings(verdicts) == expected


def test_no_property_is_read_and_no_other_type_is_judged():
    inputs = {"name": UNKNOWN, "pointInTimeRecovery": UNKNOWN}
    assert findings(judge_resource(RULE, TABLE, inputs, ignore_changes=["ttl"])) == ["ttl"]
    assert findings(judge_resource(RULE, PARAMETER, {}, ignore_changes=["*"])) == [NOT_APPLICABLE]


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_project_keeps_it(environment, preview):
    program = record_stack(environment, preview=preview).registrations
    assert judge_registrations(program, environment, only=RULE) == []


def test_a_table_of_the_project_that_ignores_its_recovery_is_found():
    program = [
        replace(each, ignore_changes=("pointInTimeRecovery",))
        if each.name == "file-sharing-files"
        else each
        for each in record_stack("prod").registrations
    ]
    (verdict,) = judge_registrations(program, "prod", only=RULE)
    assert verdict.finding == "recovery"
    assert verdict.blocks
