"""FileSharingStore and SingleTableStore: stores that any Pulumi language can ask for."""

import json

import pytest

from components import FileSharingStore, SingleTableStore
from tablewright.environment import LabelError
from tablewright.models import ModelError
from tests.support.component_samples import PLAIN, TOPIC_ARN
from tests.support.recording import ALARM, MANAGED_POLICY, TABLE, record_component

KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd"
CUSTOM = {"table_name": "app-data", "readers": ["report"], "writers": ["worker"]}


def recording_of(component, **changes):
    args = {key: value for key, value in (PLAIN | changes).items() if value is not None}
    return record_component(lambda: component("store", args), "prod")


def single_table(**changes):
    return recording_of(SingleTableStore, **(CUSTOM | changes))


def statements_of(recording, ending):
    policies = recording.of_type(MANAGED_POLICY)
    (policy,) = (one for one in policies if one.inputs["name"].endswith(ending))
    return {entry["Sid"]: entry for entry in json.loads(policy.inputs["policy"])["Statement"]}


def test_file_sharing_needs_no_more_than_where_and_for_whom():
    recording = recording_of(FileSharingStore)
    store = recording.only("tablewright:index:FileSharingStore")
    assert store.outputs["environmentVariables"] == {
        "DROPIFY_FILES_TABLE_NAME": "dropify-prod-files",
        "DROPIFY_SHARELINKS_TABLE_NAME": "dropify-prod-share-links",
        "DROPIFY_USERS_TABLE_NAME": "dropify-prod-users",
        "AWS_REGION": "us-east-1",
    }
    assert set(store.outputs["policyArns"]) == {"api", "share_page", "cleanup", "verifier"}
    assert store.outputs["streamArns"] == {}
    assert len(recording.of_type(ALARM)) == 15


def test_plain_arguments_reach_the_tables():
    recording = recording_of(
        FileSharingStore,
        retain=False,
        point_in_time_recovery_days=7.0,
        alarms=False,
        weakening_reason="Load test data of ticket 1234",
        enable_audit_trail=True,
        customer_managed_key_arn=KEY,
        extra_tags={"Team": "data"},
    )
    assert recording.of_type(ALARM) == ()
    for table in recording.of_type(TABLE):
        assert not table.protect
        window = table.inputs["pointInTimeRecovery"]
        assert window == {"enabled": True, "recoveryPeriodInDays": 7}
        assert table.inputs["streamEnabled"] is True
        assert table.inputs["serverSideEncryption"]["kmsKeyArn"] == KEY
        assert table.inputs["tags"]["Team"] == "data"
        assert table.inputs["tags"]["DataModel"] == "file_sharing"


def test_alarms_tell_the_given_topic():
    recording = recording_of(FileSharingStore, alarm_topic_arn=TOPIC_ARN)
    assert {tuple(one.inputs["alarmActions"]) for one in recording.of_type(ALARM)} == {(TOPIC_ARN,)}


@pytest.mark.parametrize(("given", "partition"), [({}, "aws"), ({"partition": "aws-cn"}, "aws-cn")])
def test_arns_are_of_the_partition(given, partition):
    (statement,) = (
        entry
        for key, entry in statements_of(recording_of(FileSharingStore, **given), "-api").items()
        if key == "Parameters"
    )
    assert all(arn.startswith(f"arn:{partition}:ssm:") for arn in statement["Resource"])


def test_without_a_name_it_is_the_application_table_of_the_catalog():
    recording = recording_of(SingleTableStore)
    store = recording.only("tablewright:index:SingleTableStore")
    assert store.outputs["environmentVariables"]["DYNAMODB_TABLE"] == "dropify-prod-application"
    assert set(store.outputs["policyArns"]) == {"api", "status", "verifier"}


def test_a_table_of_ones_own_has_overloaded_keys_and_indexes():
    table = single_table(index_count=2.0).only(TABLE).inputs
    assert table["name"] == "dropify-prod-app-data"
    assert (table["hashKey"], table["rangeKey"]) == ("PK", "SK")
    assert table["ttl"] == {"attributeName": "TTL", "enabled": True}
    keys = {
        index["name"]: [part["attributeName"] for part in index["keySchemas"]]
        for index in table["globalSecondaryIndexes"]
    }
    assert keys == {"GSI1": ["GSI1PK", "GSI1SK"], "GSI2": ["GSI2PK", "GSI2SK"]}


def test_a_table_of_ones_own_may_have_no_index_and_another_ttl_attribute():
    table = single_table(index_count=0, ttl_attribute="expiresAt").only(TABLE).inputs
    assert table["globalSecondaryIndexes"] == []
    assert table["ttl"]["attributeName"] == "expiresAt"
    assert [one["name"] for one in table["attributes"]] == ["PK", "SK"]


@pytest.mark.parametrize("nothing", [None, ""])
def test_what_says_nothing_about_a_table_of_ones_own_is_left_out(nothing):
    unsaid = dict.fromkeys(("index_count", "ttl_attribute", "readers", "writers"), nothing)
    args = PLAIN | unsaid | {"table_name": "app-data"}
    recording = record_component(lambda: SingleTableStore("store", args), "prod")
    table = recording.only(TABLE).inputs
    assert [index["name"] for index in table["globalSecondaryIndexes"]] == ["GSI1"]
    assert table["ttl"] == {"attributeName": "TTL", "enabled": True}
    catalogs = PLAIN | unsaid | {"table_name": nothing}
    recording = record_component(lambda: SingleTableStore("store", catalogs), "prod")
    assert recording.only(TABLE).inputs["name"] == "dropify-prod-application"


@pytest.mark.parametrize(
    ("table_name", "variable"),
    [
        ("app.data", "APP_DATA_TABLE_NAME"),
        ("2030-orders", "TABLE_2030_ORDERS_TABLE_NAME"),
        ("aws-bills", "TABLE_AWS_BILLS_TABLE_NAME"),
    ],
)
def test_a_shell_can_export_the_name_of_any_table(table_name, variable):
    recording = single_table(table_name=table_name)
    variables = recording.only("tablewright:index:SingleTableStore").outputs["environmentVariables"]
    assert variables[variable] == f"dropify-prod-{table_name}"


def test_readers_read_and_writers_write():
    recording = single_table()
    variables = recording.only("tablewright:index:SingleTableStore").outputs["environmentVariables"]
    assert variables["APP_DATA_TABLE_NAME"] == "dropify-prod-app-data"
    reading = statements_of(recording, "-app-data-report")["AppData"]["Action"]
    writing = statements_of(recording, "-app-data-worker")["AppData"]["Action"]
    assert "dynamodb:PutItem" not in reading
    assert {"dynamodb:GetItem", "dynamodb:PutItem"} <= set(writing)
    assert not any(action in ("dynamodb:Scan", "dynamodb:DeleteTable") for action in writing)


def test_who_reads_and_writes_decides_what_is_watched():
    def watched(**changes):
        alarms = single_table(**changes).of_type(ALARM)
        return {
            query["metric"]["dimensions"]["Operation"]
            for alarm in alarms
            for query in alarm.inputs.get("metricQueries", ())[1:]
        }

    assert "PutItem" in watched()
    assert watched(writers=None) == {"BatchGetItem", "GetItem", "Query", "TransactGetItems"}
    assert watched(writers=None, readers=None) == set()


def test_roles_are_named_by_reader_or_writer():
    recording = single_table(role_names={"worker": ["lambda-worker"]})
    (attachment,) = recording.of_type("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    assert attachment.inputs["role"] == "lambda-worker"
    assert attachment.inputs["policyArn"].endswith("-app-data-worker")


@pytest.mark.parametrize(
    ("changes", "error", "told"),
    [
        ({"environment": "test"}, ValueError, "write one of local, dev, staging, prod"),
        ({"project": "aws-tools"}, LabelError, "which SSM reserves"),
        ({"table_name": "t"}, ModelError, "table 't' has 1 characters"),
        ({"table_name": "t" * 300}, ModelError, "300 characters"),
        ({"index_count": 21}, ModelError, "21 global secondary indexes; AWS takes at most 20"),
        ({"index_count": -1}, ValueError, "index_count is -1; write 0 to 20"),
        ({"index_count": 1.5}, ValueError, "index_count: 1.5 is not a whole number"),
        ({"ttl_attribute": "PK"}, ModelError, "TTL attribute 'PK' is a key attribute"),
        ({"readers": ["worker"]}, ModelError, "consumer 'worker' is declared 2 times"),
        ({"point_in_time_recovery_days": 99}, ModelError, "a PITR window of 99 days"),
        ({"extra_tags": {"Owner": "me"}}, LabelError, "would override the required tag Owner"),
        ({"role_names": {"wroker": ["web"]}}, ValueError, "'wroker'"),
        ({"table_name": None, "index_count": 3}, ValueError, "index_count"),
    ],
)
def test_bad_plain_arguments_are_refused(changes, error, told):
    with pytest.raises(error) as refused:
        single_table(**changes)
    assert told in str(refused.value)
