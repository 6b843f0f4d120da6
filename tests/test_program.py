"""The whole program in each of the four environments: what there is, whose it is, how it lasts."""

from collections import Counter

import pytest

from tests.support.recording import (
    ALARM,
    COMPONENT_PREFIX,
    ENVIRONMENTS,
    MANAGED_POLICY,
    PARAMETER,
    STACK,
    SUBSCRIPTION,
    TABLE,
    TAGGABLE,
    TOPIC,
    UNTAGGABLE,
    record_stack,
)

TABLES = {
    "file_sharing": ("files", "share-links", "users"),
    "application_table": ("application",),
    "kv_storage": ("kv-storage-data",),
    "shop": ("shop",),
    "usage_quotas": ("user-quotas", "sessions-metadata", "oidc-state", "directory"),
}
SHARED_BY_TEAMS = ("file_sharing", "kv_storage", "shop", "usage_quotas")
STORES = {
    "local": tuple(TABLES),
    "dev": tuple(TABLES),
    "staging": SHARED_BY_TEAMS,
    "prod": SHARED_BY_TEAMS,
}
COUNTS = {
    "local": {TABLE: 10, PARAMETER: 42, MANAGED_POLICY: 18},
    "dev": {TABLE: 10, PARAMETER: 38, MANAGED_POLICY: 17},
    "staging": {
        TABLE: 9,
        PARAMETER: 37,
        MANAGED_POLICY: 15,
        ALARM: 52,
        TOPIC: 1,
        SUBSCRIPTION: 1,
    },
    "prod": {TABLE: 9, PARAMETER: 37, MANAGED_POLICY: 15, ALARM: 52},
}
PARENTS = {
    TABLE: {"DataStore$Table"},
    PARAMETER: {"DataStore$TableExports", "DataStore$ConsumerPolicies"},
    MANAGED_POLICY: {"DataStore$ConsumerPolicies"},
    ALARM: {"DataStore$TableAlarms", "AccountAlarms"},
    TOPIC: {"AccountAlarms"},
    SUBSCRIPTION: {"AccountAlarms"},
}
OWNERS = {"local": "you", "dev": "platform-team", "staging": "platform-team"}
COST_CENTERS = {"local": "none", "prod": "production"}

in_every_environment = pytest.mark.parametrize("environment", ENVIRONMENTS)


def tables_of(environment, **overrides):
    found = record_stack(environment, **overrides).of_type(TABLE)
    return {one.inputs["name"].removeprefix(f"dropify-{environment}-"): one for one in found}


@in_every_environment
def test_a_stack_registers_so_many_of_each_type(environment):
    found = Counter(one.type for one in record_stack(environment).registrations if one.custom)
    assert found == COUNTS[environment]


@in_every_environment
def test_a_stack_has_the_tables_of_its_stores_under_their_physical_names(environment):
    names = [one.inputs["name"] for one in record_stack(environment).of_type(TABLE)]
    expected = [
        f"dropify-{environment}-{table}" for store in STORES[environment] for table in TABLES[store]
    ]
    assert sorted(names) == sorted(expected)


@in_every_environment
def test_every_resource_has_its_place_below_a_store_or_the_stack(environment):
    recording = record_stack(environment)
    for one in recording.registrations:
        if one.custom:
            *parents, type_ = one.urn.split("::")[2].split("$")
            chain = "$".join(parent.removeprefix(COMPONENT_PREFIX) for parent in parents)
            assert type_ == one.type
            assert chain in PARENTS[one.type], one.urn
    (stack,) = recording.of_type(STACK)
    assert {one.name for one in recording.children(stack.urn)} == {
        *(store.replace("_", "-") for store in STORES[environment]),
        *(("account-alarms",) if environment in ("staging", "prod") else ()),
    }


@in_every_environment
def test_every_resource_points_at_the_line_that_declares_it(environment):
    for one in record_stack(environment).registrations:
        if one.type != STACK:
            assert one.source_position.file.startswith(("components/", "__main__.py"))


@pytest.mark.parametrize(
    ("environment", "kept"), [("local", False), ("dev", False), ("staging", False), ("prod", True)]
)
def test_a_table_outlives_its_stack_only_where_data_must_last(environment, kept):
    for name, table in tables_of(environment).items():
        lasts = kept and name != "oidc-state"
        assert table.protect is lasts
        assert table.retain_on_delete is lasts
        assert table.inputs["deletionProtectionEnabled"] is lasts


@in_every_environment
def test_nothing_but_tables_stands_in_the_way_of_taking_a_stack_down(environment):
    for one in record_stack(environment).registrations:
        if one.type != TABLE:
            assert not one.protect
            assert not one.retain_on_delete


@in_every_environment
def test_no_option_hides_a_change_from_the_engine(environment):
    for one in record_stack(environment).registrations:
        assert one.ignore_changes == ()
        assert one.delete_before_replace is None


@pytest.mark.parametrize(
    ("environment", "days"), [("local", 0), ("dev", 0), ("staging", 7), ("prod", 35)]
)
def test_tables_are_recovered_as_far_back_as_the_profile_says(environment, days):
    off = {"enabled": False}
    window = {"enabled": True, "recoveryPeriodInDays": days} if days else off
    for name, table in tables_of(environment).items():
        expected = off if name == "oidc-state" else window
        assert table.inputs["pointInTimeRecovery"] == expected


@in_every_environment
def test_every_resource_that_takes_tags_has_all_of_them(environment):
    stores = {store.replace("_", "-"): store for store in STORES[environment]}
    recording = record_stack(environment)
    for one in recording.registrations:
        if one.custom and one.type not in UNTAGGABLE:
            assert one.type in TAGGABLE
            assert one.inputs["tags"] == {
                "Project": "dropify",
                "Environment": environment,
                "Owner": OWNERS.get(environment, "platform-team"),
                "CostCenter": COST_CENTERS.get(environment, "development"),
                "ManagedBy": "pulumi",
                "DataModel": stores.get(top_of(recording, one).name, "shared"),
            }


def top_of(recording, registration):
    (stack,) = recording.of_type(STACK)
    while registration.parent != stack.urn:
        registration = recording.by_urn(registration.parent)
    return registration


def streams(environment, **overrides):
    return {
        name: table.inputs["streamViewType"]
        for name, table in tables_of(environment, **overrides).items()
        if table.inputs["streamEnabled"]
    }


@pytest.mark.parametrize("environment", ["local", "staging", "prod"])
def test_the_audit_trail_has_streams_beside_the_one_that_the_shop_needs(environment):
    assert set(streams(environment)) == {"files", "share-links", "users", "shop"}
    assert set(streams(environment).values()) == {"NEW_AND_OLD_IMAGES"}


def test_without_the_audit_trail_only_the_shop_has_its_stream():
    assert streams("dev") == {"shop": "NEW_AND_OLD_IMAGES"}


def test_a_consumer_without_the_stream_it_reads_is_reported():
    (message,) = record_stack("dev").messages
    assert message.severity == "info"
    assert message.text.startswith("consumer 'audit' of 'file_sharing' gets no access policy")
    assert record_stack("prod").messages == ()
