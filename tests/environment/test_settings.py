"""Settings: every key reaches the result, and defaults are those of the profile."""

import dataclasses

import pulumi
import pytest
from pulumi.runtime import set_all_config

from tablewright.environment import (
    PROFILES,
    ConfigurationError,
    Environment,
    Label,
    Override,
    Settings,
)
from tablewright.models.catalog import CATALOG
from tests.support.configurations import configuration, problems, settings

KEY = "arn:aws:kms:us-east-1:123456789012:key/mrk-1234"
TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call"
ENDPOINT = {"vpcId": "vpc-01234567", "routeTableIds": ["rtb-01234567", "rtb-89abcdef"]}


@pytest.fixture
def engine_configuration():
    yield set_all_config
    set_all_config({})


def test_the_least_configuration_is_enough():
    loaded = settings()
    assert loaded.environment is Environment.DEV
    assert loaded.label == Label(project="dropify", environment="dev")
    assert loaded.profile == PROFILES[Environment.DEV]
    assert loaded.stores == ("file_sharing", "shop")
    assert loaded.models == (CATALOG["file_sharing"], CATALOG["shop"])
    assert loaded.enable_audit_trail is False
    assert loaded.table_class == "STANDARD"
    assert loaded.overrides == loaded.replica_regions == loaded.warnings == ()
    assert loaded.vpc_endpoint is loaded.customer_managed_key_arn is None
    assert loaded.alarm_topic_arn is loaded.alarm_email is loaded.weakening_reason is None
    assert loaded.max_read_request_units is loaded.max_write_request_units is None
    assert loaded.role_names == loaded.extra_tags == {}


@pytest.mark.parametrize(
    ("key", "value", "attribute", "expected"),
    [
        ("environment", "staging", "environment", Environment.STAGING),
        ("owner", "1234", "owner", "1234"),
        ("stores", ["shop", "file_sharing"], "stores", ("shop", "file_sharing")),
        ("enableAuditTrail", True, "enable_audit_trail", True),
        ("customerManagedKeyArn", KEY, "customer_managed_key_arn", KEY),
        ("alarmTopicArn", TOPIC, "alarm_topic_arn", TOPIC),
        ("alarmEmail", "on-call@example.com", "alarm_email", "on-call@example.com"),
        ("tableClass", "STANDARD_INFREQUENT_ACCESS", "table_class", "STANDARD_INFREQUENT_ACCESS"),
        ("maxReadRequestUnits", 100, "max_read_request_units", 100),
        ("maxReadRequestUnits", 0, "max_read_request_units", None),
        ("maxWriteRequestUnits", 50, "max_write_request_units", 50),
        ("replicaRegions", ["eu-west-1"], "replica_regions", ("eu-west-1",)),
        ("roleNames", {"shop/events": ["a", "b"]}, "role_names", {"shop/events": ("a", "b")}),
        ("extraTags", {"Team": "data"}, "extra_tags", {"Team": "data"}),
        ("alarmEmail", "", "alarm_email", None),
        ("vpcEndpoint", {}, "vpc_endpoint", None),
        ("retain", "profile", "overrides", ()),
    ],
)
def test_a_key_reaches_the_settings(key, value, attribute, expected):
    assert getattr(settings(**{key: value}), attribute) == expected


def test_the_endpoint_names_its_vpc_and_route_tables():
    endpoint = settings(vpcEndpoint=ENDPOINT).vpc_endpoint
    assert endpoint.vpc_id == "vpc-01234567"
    assert endpoint.route_table_ids == ("rtb-01234567", "rtb-89abcdef")


def test_settings_cannot_be_changed():
    loaded = settings(extraTags={"Team": "data"})
    with pytest.raises(dataclasses.FrozenInstanceError):
        loaded.owner = "me"
    with pytest.raises(TypeError):
        loaded.extra_tags["Team"] = "other"


def test_settings_give_the_tags_of_a_model_and_of_the_stack():
    loaded = settings(extraTags={"Team": "data"})
    assert loaded.tags("shop")["DataModel"] == "shop"
    assert loaded.tags()["DataModel"] == "shared"
    assert loaded.tags()["Owner"] == "team-data"
    assert loaded.tags()["CostCenter"] == "0042"
    assert loaded.tags()["Team"] == "data"


def test_a_consumer_without_roles_has_none():
    loaded = settings(roleNames={"shop/events": ["a"]})
    assert loaded.roles_of("shop", "events") == ("a",)
    assert loaded.roles_of("shop", "storefront") == ()


def test_the_verifier_of_a_store_may_have_roles():
    loaded = settings(roleNames={"file_sharing/verifier": ["audit"]})
    assert loaded.roles_of("file_sharing", "verifier") == ("audit",)
    assert loaded.roles_of("shop", "verifier") == ()


def test_a_multi_region_key_has_the_same_id_in_each_region():
    loaded = settings(customerManagedKeyArn=KEY, replicaRegions=["eu-west-1"])
    assert loaded.replica_key_arn("eu-west-1") == KEY.replace("us-east-1", "eu-west-1")
    assert settings().replica_key_arn("eu-west-1") is None


@pytest.mark.parametrize(
    ("key", "value", "usual"),
    [("retain", True, False), ("pointInTimeRecoveryDays", 35, 0), ("alarms", True, False)],
)
def test_any_environment_may_be_strengthened(key, value, usual):
    loaded = settings(alarmTopicArn=TOPIC, **{key: value})
    assert loaded.overrides == (Override(key=key, usual=usual, chosen=value),)
    assert not loaded.overrides[0].weakens
    assert loaded.warnings == ()


def test_what_a_stack_repeats_of_its_profile_is_no_override():
    assert settings(retain=False, pointInTimeRecoveryDays=0, alarms="false").overrides == ()


def test_the_program_reads_its_own_configuration(engine_configuration):
    engine_configuration(configuration(owner="platform"))
    assert Settings.load().owner == "platform"
    assert Settings.load().region == "us-east-1"


def test_a_misspelled_key_of_the_program_is_found(engine_configuration):
    engine_configuration(configuration(ownr="platform"))
    with pytest.raises(ConfigurationError, match=r"tablewright:ownr: .*did you mean owner\?"):
        Settings.load()


def test_a_key_set_by_variable_is_read_and_a_misspelled_one_found(
    engine_configuration, monkeypatch
):
    engine_configuration(configuration(owner=None))
    monkeypatch.setenv("PULUMI_CONFIG_TABLEWRIGHT_OWNER", "platform")
    assert Settings.load().owner == "platform"
    monkeypatch.setenv("PULUMI_CONFIG", '{"tablewright:retian": "true"}')
    with pytest.raises(ConfigurationError, match=r"did you mean retain\?"):
        Settings.load()


def test_keys_of_others_are_left_alone(engine_configuration):
    engine_configuration(configuration() | {"aws:profile": "x", "other:owner": "y", "loose": "z"})
    assert Settings.load().owner == "team-data"


def test_all_problems_stand_in_one_error_that_the_engine_shows_without_traceback():
    raw = configuration(environment="prd", owner=None, retain="no", ownr="me", stores=["fish"])
    with pytest.raises(pulumi.RunError) as refused:
        Settings.of(raw)
    text = str(refused.value)
    assert text.startswith("5 problems in the stack's configuration:\n")
    for key in ("environment", "owner", "retain", "ownr", "stores"):
        assert f"\n  tablewright:{key}: " in text


def test_a_long_value_is_shortened_in_the_error():
    (problem,) = problems(alarmEmail="x" * 500)
    assert len(problem) < 250
