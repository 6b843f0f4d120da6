"""One table: how a spec, a profile and a stack's options reach AWS."""

import pulumi
import pytest

from components import Table, TableArgs, TableOptions
from tablewright.environment import Profile
from tablewright.models import (
    KEYS_ONLY,
    Attribute,
    Index,
    Key,
    ModelError,
    Projection,
    Stream,
    StreamView,
    TableSpec,
    WarmThroughput,
)
from tests.support.component_samples import table
from tests.support.recording import TABLE, profile_of, record_component

PLAIN = TableSpec(name="notes", key=Key.of("noteId"), environment_variable="NOTES_TABLE_NAME")
RETAINED = Profile(retain=True, point_in_time_recovery_days=14, alarms=False)


def inputs_of(spec=PLAIN, **changes):
    return registration_of(spec, **changes).inputs


def registration_of(spec=PLAIN, *, opts=None, profile=None, **options):
    args = TableArgs(
        spec=spec,
        table_name=f"dropify-dev-{spec.name}",
        profile=profile or profile_of("dev"),
        tags={"Owner": "team-data"},
        options=TableOptions(**options),
    )
    return record_component(lambda: Table("notes", args, opts)).only(TABLE)


def spec_of(**changes):
    arguments = {
        "name": "notes",
        "key": Key.of("PK", "SK"),
        "environment_variable": "NOTES_TABLE_NAME",
    }
    return TableSpec(**(arguments | changes))


def test_the_smallest_table_is_on_demand_encrypted_and_nothing_more():
    assert inputs_of() == {
        "name": "dropify-dev-notes",
        "billingMode": "PAY_PER_REQUEST",
        "hashKey": "noteId",
        "attributes": [{"name": "noteId", "type": "S"}],
        "globalSecondaryIndexes": [],
        "localSecondaryIndexes": [],
        "replicas": [],
        "pointInTimeRecovery": {"enabled": False},
        "deletionProtectionEnabled": False,
        "serverSideEncryption": {"enabled": True},
        "streamEnabled": False,
        "tags": {"Owner": "team-data"},
    }


def test_indexes_are_sorted_by_name_and_keyed_by_schemas():
    by_size = Key.of("userId", Attribute("fileSize", "N"))
    spec = spec_of(
        indexes=(
            Index(name="zeta", key=by_size, projection=KEYS_ONLY),
            Index(name="alpha", key=Key.of("status"), projection=Projection.include("title")),
        )
    )
    assert inputs_of(spec)["globalSecondaryIndexes"] == [
        {
            "name": "alpha",
            "keySchemas": [{"attributeName": "status", "keyType": "HASH"}],
            "projectionType": "INCLUDE",
            "nonKeyAttributes": ["title"],
        },
        {
            "name": "zeta",
            "keySchemas": [
                {"attributeName": "userId", "keyType": "HASH"},
                {"attributeName": "fileSize", "keyType": "RANGE"},
            ],
            "projectionType": "KEYS_ONLY",
        },
    ]


def test_an_index_may_have_several_key_attributes():
    key = Key(
        partition=(Attribute("tenant"), Attribute("region")),
        sort=(Attribute("day"), Attribute("size", "N")),
    )
    (index,) = inputs_of(spec_of(indexes=(Index(name="wide", key=key),)))["globalSecondaryIndexes"]
    kinds = [(part["attributeName"], part["keyType"]) for part in index["keySchemas"]]
    assert kinds == [
        ("tenant", "HASH"),
        ("region", "HASH"),
        ("day", "RANGE"),
        ("size", "RANGE"),
    ]


def test_a_local_index_shares_the_partition_key():
    spec = spec_of(indexes=(Index(name="byDay", key=Key.of("PK", "day"), local=True),))
    inputs = inputs_of(spec)
    assert inputs["localSecondaryIndexes"] == [
        {"name": "byDay", "rangeKey": "day", "projectionType": "ALL"}
    ]
    assert inputs["globalSecondaryIndexes"] == []
    assert [one["name"] for one in inputs["attributes"]] == ["PK", "SK", "day"]


def test_only_key_attributes_are_defined_each_once():
    spec = spec_of(
        indexes=(Index(name="inverted", key=Key.of("SK", "PK")),), ttl_attribute="expiresAt"
    )
    assert [one["name"] for one in inputs_of(spec)["attributes"]] == ["PK", "SK"]


def test_items_expire_by_the_ttl_attribute():
    assert "ttl" not in inputs_of()
    spec = spec_of(ttl_attribute="expiresAt")
    assert inputs_of(spec)["ttl"] == {"attributeName": "expiresAt", "enabled": True}


def test_warm_throughput_reaches_table_and_index():
    warm = WarmThroughput(read_units=13_000, write_units=5_000)
    index = Index(name="byDay", key=Key.of("day"), warm_throughput=warm)
    inputs = inputs_of(spec_of(indexes=(index,), warm_throughput=warm))
    units = {"readUnitsPerSecond": 13_000, "writeUnitsPerSecond": 5_000}
    assert inputs["warmThroughput"] == units
    assert inputs["globalSecondaryIndexes"][0]["warmThroughput"] == units


@pytest.mark.parametrize("ephemeral", [False, True])
def test_an_ephemeral_table_is_kept_by_no_profile(ephemeral):
    found = registration_of(spec_of(ephemeral=ephemeral), profile=RETAINED)
    kept = not ephemeral
    assert (found.protect, found.retain_on_delete) == (kept, kept)
    assert found.inputs["deletionProtectionEnabled"] is kept
    window = {"enabled": True, "recoveryPeriodInDays": 14} if kept else {"enabled": False}
    assert found.inputs["pointInTimeRecovery"] == window


def test_a_profile_that_retains_nothing_leaves_the_callers_options_alone():
    found = registration_of(opts=pulumi.ResourceOptions(protect=True, retain_on_delete=True))
    assert found.protect
    assert found.retain_on_delete
    assert found.inputs["deletionProtectionEnabled"] is False


def test_a_pitr_window_that_aws_refuses_is_refused_here():
    profile = Profile(retain=False, point_in_time_recovery_days=99, alarms=False)
    with pytest.raises(ModelError, match="'dropify-dev-notes': a PITR window of 99 days"):
        inputs_of(profile=profile)


@pytest.mark.parametrize(
    ("stream", "audit", "view"),
    [
        (None, True, None),
        (Stream(), False, "NEW_AND_OLD_IMAGES"),
        (Stream(view=StreamView.KEYS_ONLY), False, "KEYS_ONLY"),
        (Stream(audit_trail_only=True), False, None),
        (Stream(audit_trail_only=True), True, "NEW_AND_OLD_IMAGES"),
    ],
)
def test_a_stream_is_there_when_the_model_or_the_audit_trail_needs_it(stream, audit, view):
    found = registration_of(spec_of(stream=stream), enable_audit_trail=audit)
    assert found.inputs["streamEnabled"] is (view is not None)
    assert found.inputs.get("streamViewType") == view


def test_a_stream_without_both_images_cannot_serve_replicas():
    stream = Stream(view=StreamView.KEYS_ONLY)
    with pytest.raises(ModelError, match="its stream view is KEYS_ONLY, but replicas need"):
        inputs_of(spec_of(stream=stream), replica_regions=("eu-west-1",))


def test_the_stream_arn_is_an_output_only_of_a_table_with_a_stream():
    def outputs(**changes):
        return record_component(lambda: table(**changes)).only("tablewright:index:Table").outputs

    assert outputs()["streamArn"].startswith("arn:aws:dynamodb:us-east-1:123456789012:table/")
    assert "streamArn" not in outputs(spec=PLAIN)
