"""What a stack's configuration adds: keys, classes, maxima, replicas, roles, tags."""

import pytest

from tests.support.recording import (
    ALARM,
    ATTACHMENT,
    MANAGED_POLICY,
    PARAMETER,
    TABLE,
    consumer_statements,
    document_of,
    record_stack,
)

KEY = "arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab"
KEY_IN_IRELAND = KEY.replace("us-east-1", "eu-west-1")


def tables(environment, **overrides):
    found = record_stack(environment, **overrides).of_type(TABLE)
    assert found
    return found


def test_tables_are_encrypted_with_the_aws_managed_key_unless_the_stack_has_one():
    for table in tables("prod"):
        assert table.inputs["serverSideEncryption"] == {"enabled": True}


def test_a_customer_managed_key_encrypts_every_table_and_its_use_is_granted():
    recording = record_stack("prod", customerManagedKeyArn=KEY)
    for table in recording.of_type(TABLE):
        assert table.inputs["serverSideEncryption"] == {"enabled": True, "kmsKeyArn": KEY}
    granted = [e for e in consumer_statements(recording) if e["Sid"] == "CustomerManagedKey"]
    policies = recording.of_type(MANAGED_POLICY)
    verifiers = [one for one in policies if one.inputs["name"].endswith("-verifier")]
    assert len(granted) == len(policies) - len(verifiers)
    for entry in granted:
        assert entry["Resource"] == [KEY]
        assert entry["Condition"] == {
            "StringEquals": {"kms:ViaService": "dynamodb.us-east-1.amazonaws.com"}
        }


def test_the_table_class_reaches_every_table():
    assert {one.inputs["tableClass"] for one in tables("dev")} == {"STANDARD"}
    found = tables("dev", tableClass="STANDARD_INFREQUENT_ACCESS")
    assert {one.inputs["tableClass"] for one in found} == {"STANDARD_INFREQUENT_ACCESS"}


def test_maxima_reach_every_table_and_every_index():
    most = {"maxReadRequestUnits": 400, "maxWriteRequestUnits": 100}
    for table in tables("dev", **most):
        assert table.inputs["billingMode"] == "PAY_PER_REQUEST"
        assert table.inputs["onDemandThroughput"] == most
        for index in table.inputs["globalSecondaryIndexes"]:
            assert index["onDemandThroughput"] == most
    for table in tables("dev"):
        assert "onDemandThroughput" not in table.inputs


def test_one_maximum_leaves_the_other_open():
    for table in tables("dev", maxWriteRequestUnits=100):
        assert table.inputs["onDemandThroughput"] == {"maxWriteRequestUnits": 100}


@pytest.mark.parametrize("environment", ["staging", "prod"])
def test_a_replica_is_kept_as_its_table_is_kept(environment):
    overrides = {"replicaRegions": ["eu-west-1"], "customerManagedKeyArn": KEY}
    for table in tables(environment, **overrides):
        lasts = not table.inputs["name"].endswith("-oidc-state")
        assert table.inputs["replicas"] == [
            {
                "regionName": "eu-west-1",
                "pointInTimeRecovery": lasts,
                "deletionProtectionEnabled": lasts and environment == "prod",
                "kmsKeyArn": KEY_IN_IRELAND,
                "propagateTags": True,
            }
        ]
        assert table.inputs["streamViewType"] == "NEW_AND_OLD_IMAGES"


def test_without_replicas_no_table_has_one():
    for table in tables("prod"):
        assert not table.inputs.get("replicas")


def test_consumers_reach_replicas_in_their_regions_and_no_other():
    recording = record_stack("dev", replicaRegions=["eu-west-1"], customerManagedKeyArn=KEY)
    for entry in consumer_statements(recording):
        if entry["Resource"] != ["*"] and entry["Sid"] != "Parameters":
            regions = [arn.split(":")[3] for arn in entry["Resource"]]
            assert regions.count("us-east-1") == regions.count("eu-west-1") == len(regions) / 2


def test_a_replicated_table_exports_its_stream_although_no_model_declares_one():
    streams = record_stack("dev", replicaRegions=["eu-west-1"]).exports["kv_storage"]["streamArns"]
    assert set(streams) == {"kv-storage-data"}


def test_retention_recovery_and_alarms_can_be_stronger_than_the_profile():
    stronger = {"retain": True, "pointInTimeRecoveryDays": 14, "alarms": True}
    recording = record_stack("dev", **stronger)
    for table in recording.of_type(TABLE):
        lasts = not table.inputs["name"].endswith("-oidc-state")
        assert (table.protect, table.retain_on_delete) == (lasts, lasts)
        assert table.inputs["pointInTimeRecovery"]["enabled"] is lasts
        assert table.inputs["pointInTimeRecovery"].get("recoveryPeriodInDays", 14) == 14
    assert recording.of_type(ALARM)
    assert not any("alarmActions" in one.inputs for one in recording.of_type(ALARM))
    assert any("tablewright:alarmTopicArn" in message.text for message in recording.messages)


def test_prod_may_be_weaker_for_a_written_reason_which_the_program_repeats():
    reason = "Load test data of ticket 1234, gone by the end of May"
    recording = record_stack("prod", retain=False, weakeningReason=reason)
    assert not any(table.protect for table in recording.of_type(TABLE))
    (message,) = recording.messages
    assert message.severity == "warning"
    assert reason in message.text


def test_policies_are_attached_to_the_roles_that_the_stack_names():
    recording = record_stack("dev", roleNames={"shop/storefront": ["web", "batch"]})
    attached = {
        (one.inputs["role"], one.inputs["policyArn"]) for one in recording.of_type(ATTACHMENT)
    }
    arn = "arn:aws:iam::123456789012:policy/dropify-dev-shop-storefront"
    assert attached == {("web", arn), ("batch", arn)}
    (verifier,) = (
        one
        for one in recording.of_type(MANAGED_POLICY)
        if one.inputs["name"] == "dropify-dev-shop-verifier"
    )
    (roles,) = (entry for entry in document_of(verifier) if entry["Sid"] == "Roles")
    assert roles["Resource"] == [
        f"arn:aws:iam::123456789012:role/{role}" for role in ("web", "batch")
    ]


def test_the_verifiers_policy_is_attached_and_covers_its_own_role():
    recording = record_stack("dev", roleNames={"shop/verifier": ["audit"]})
    (attachment,) = recording.of_type(ATTACHMENT)
    (verifier,) = (
        one
        for one in recording.of_type(MANAGED_POLICY)
        if one.inputs["name"] == "dropify-dev-shop-verifier"
    )
    assert attachment.inputs["role"] == "audit"
    assert attachment.inputs["policyArn"] == verifier.outputs["arn"]
    (roles,) = (entry for entry in document_of(verifier) if entry["Sid"] == "Roles")
    assert roles["Resource"] == ["arn:aws:iam::123456789012:role/audit"]


def test_extra_tags_come_beside_the_required_ones():
    for one in record_stack("dev", extraTags={"Team": "data"}).registrations:
        if "tags" in one.inputs:
            assert one.inputs["tags"]["Team"] == "data"
            assert one.inputs["tags"]["Owner"] == "platform-team"


def test_another_project_changes_every_physical_name():
    recording = record_stack("dev", project="acme")
    for one in recording.of_type(TABLE) + recording.of_type(MANAGED_POLICY):
        assert one.inputs["name"].startswith("acme-dev-")
    for one in recording.of_type(PARAMETER):
        assert one.inputs["name"].startswith("/acme-dev/")
