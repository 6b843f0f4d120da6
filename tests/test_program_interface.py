"""What a stack offers to applications and people: names, paths, variables, policies."""

import json

import pytest

from tablewright.models.catalog import CATALOG
from tablewright.recorder import UNKNOWN
from tests.support.recording import (
    ENVIRONMENTS,
    MANAGED_POLICY,
    PARAMETER,
    TABLE,
    document_of,
    record_stack,
)

VARIABLES = {
    "file_sharing": {
        "DROPIFY_FILES_TABLE_NAME": "files",
        "DROPIFY_SHARELINKS_TABLE_NAME": "share-links",
        "DROPIFY_USERS_TABLE_NAME": "users",
    },
    "application_table": {"DYNAMODB_TABLE": "application"},
    "kv_storage": {"KV_STORAGE_TABLE_NAME": "kv-storage-data"},
    "shop": {"SHOP_TABLE_NAME": "shop"},
    "usage_quotas": {
        "USER_QUOTAS_TABLE_NAME": "user-quotas",
        "SESSIONS_METADATA_TABLE_NAME": "sessions-metadata",
        "OIDC_STATE_TABLE_NAME": "oidc-state",
        "DIRECTORY_TABLE_NAME": "directory",
    },
}
OUTPUTS = {
    "tableNames",
    "tableArns",
    "indexNames",
    "streamArns",
    "policyArns",
    "environmentVariables",
}
SEED_PATHS = {
    "/P/quota/user-quotas-table-name": "user-quotas",
    "/P/cost-tracking/sessions-metadata-table-name": "sessions-metadata",
}

in_every_environment = pytest.mark.parametrize("environment", ENVIRONMENTS)


def values_by_path(environment):
    parameters = record_stack(environment).of_type(PARAMETER)
    return {one.inputs["name"]: one.inputs["value"] for one in parameters}


@in_every_environment
def test_a_stack_exports_each_store_whole(environment):
    exports = record_stack(environment).exports
    for store, exported in exports.items():
        assert set(exported) == OUTPUTS
        names = exported["tableNames"]
        assert names == {
            table.name: f"dropify-{environment}-{table.name}" for table in CATALOG[store].tables
        }
        assert {
            name: arn.rpartition("/")[2] for name, arn in exported["tableArns"].items()
        } == names
        assert {name: set(found) for name, found in exported["indexNames"].items()} == {
            table.name: {index.name for index in table.indexes} for table in CATALOG[store].tables
        }
        assert set(exported["streamArns"]) <= set(names)
        for name, arn in exported["streamArns"].items():
            assert arn.startswith(f"{exported['tableArns'][name]}/stream/")


def test_a_store_without_streams_exports_none_by_name():
    assert record_stack("dev").exports["file_sharing"]["streamArns"] == {}


@in_every_environment
def test_the_environment_variables_are_those_that_applications_read(environment):
    for store, exported in record_stack(environment).exports.items():
        assert exported["environmentVariables"] == {
            **{name: f"dropify-{environment}-{table}" for name, table in VARIABLES[store].items()},
            "AWS_REGION": "us-east-1",
        }


@in_every_environment
def test_the_paths_of_the_seeds_come_out_to_the_letter(environment):
    prefix = f"dropify-{environment}"
    values = values_by_path(environment)
    for path, table in SEED_PATHS.items():
        assert values[path.replace("/P/", f"/{prefix}/")] == f"{prefix}-{table}"


@in_every_environment
def test_every_output_has_a_path_of_its_own_in_ssm(environment):
    recording = record_stack(environment)
    values = values_by_path(environment)
    assert len(values) == len(recording.of_type(PARAMETER))
    assert all(path.startswith(f"/dropify-{environment}/") for path in values)
    exported = [
        value
        for store in recording.exports.values()
        for output in ("tableNames", "tableArns", "streamArns", "policyArns")
        for value in store[output].values()
    ]
    assert sorted(exported) == sorted(values.values())
    assert {one.inputs["type"] for one in recording.of_type(PARAMETER)} == {"String"}


@in_every_environment
def test_every_managed_policy_is_a_consumers_or_the_verifiers(environment):
    recording = record_stack(environment)
    for store, exported in recording.exports.items():
        consumers = set(CATALOG[store].consumers) - ({"audit"} if environment == "dev" else set())
        assert set(exported["policyArns"]) == {*consumers, "verifier"}
    for one in recording.of_type(MANAGED_POLICY):
        assert one.inputs["name"].startswith(f"dropify-{environment}-")
        assert len(one.inputs["policy"]) <= 6_144


@in_every_environment
def test_policies_name_tables_and_indexes_of_the_stack_only(environment):
    recording = record_stack(environment)
    there = set()
    for table in recording.of_type(TABLE):
        arn = table.outputs["arn"]
        there |= {arn, f"{arn}/stream/*"}
        there |= {
            f"{arn}/index/{index['name']}" for index in table.inputs["globalSecondaryIndexes"]
        }
    for policy in recording.of_type(MANAGED_POLICY):
        for statement in document_of(policy):
            resources = statement["Resource"]
            assert statement["Effect"] == "Allow"
            if resources == ["*"]:
                assert statement["Sid"] in ("ListStreams", "Listings")
            elif any(action.startswith("dynamodb:") for action in statement["Action"]):
                assert set(resources) <= there
            else:
                assert not any("*" in resource for resource in resources)


@in_every_environment
def test_every_stream_has_a_reader(environment):
    recording = record_stack(environment)
    granted = {
        resource
        for policy in recording.of_type(MANAGED_POLICY)
        for statement in document_of(policy)
        if "dynamodb:GetRecords" in statement["Action"]
        for resource in statement["Resource"]
    }
    streaming = [one for one in recording.of_type(TABLE) if one.inputs["streamEnabled"]]
    assert granted == {f"{one.outputs['arn']}/stream/*" for one in streaming}


@in_every_environment
def test_a_preview_knows_every_name_and_every_policy_document(environment):
    preview, deployed = record_stack(environment, preview=True), record_stack(environment)
    assert len(preview.registrations) == len(deployed.registrations)
    for before in preview.registrations:
        after = deployed.by_urn(before.urn)
        if before.type == MANAGED_POLICY:
            assert json.loads(before.inputs["policy"])
        computed = {name for name, value in before.inputs.items() if holds_unknown(value)}
        assert computed <= {"value", "topic", "alarmActions"}
        assert {n: v for n, v in before.inputs.items() if n not in computed} == {
            n: v for n, v in after.inputs.items() if n not in computed
        }


def holds_unknown(value):
    if isinstance(value, dict | list):
        return any(map(holds_unknown, value.values() if isinstance(value, dict) else value))
    return value is UNKNOWN
