"""A whole model as one component, and what it hands on to others."""

from dataclasses import replace

import pytest

from components import AwsScope, DataStore, Grant, TableOptions
from tablewright.environment import PROFILES, Environment
from tablewright.models import ModelError
from tablewright.models.catalog import CATALOG, FILE_SHARING, KV_STORAGE, SHOP
from tests.support.component_samples import SCOPE, TOPIC_ARN, store_args
from tests.support.many_tables import model_of
from tests.support.recording import (
    ALARM,
    ATTACHMENT,
    MANAGED_POLICY,
    PARAMETER,
    TABLE,
    record_component,
)


def recording_of(model=SHOP, environment="dev", **changes):
    args = store_args(model, environment, **changes)
    return record_component(lambda: DataStore(model.name, args), environment)


@pytest.mark.parametrize("model", CATALOG.values(), ids=lambda model: model.name)
def test_every_model_of_the_catalog_is_a_store(model):
    recording = recording_of(model, "prod")
    tables = {one.inputs["name"] for one in recording.of_type(TABLE)}
    assert tables == {f"dropify-prod-{table.name}" for table in model.tables}
    assert len(recording.of_type(MANAGED_POLICY)) >= len(model.consumers)


def test_a_table_is_below_its_store_and_its_component():
    (table,) = recording_of(KV_STORAGE).of_type(TABLE)
    assert table.urn == (
        "urn:pulumi:dev::tablewright::tablewright:index:DataStore$tablewright:index:Table"
        "$aws:dynamodb/table:Table::kv_storage-kv-storage-data"
    )


def test_exports_depend_on_their_table_and_not_on_each_other():
    recording = recording_of(FILE_SHARING)
    for parameter in recording.of_type(PARAMETER):
        depends = [recording.by_urn(urn) for urn in parameter.property_dependencies["value"]]
        (on,) = depends
        assert on.type in (TABLE, MANAGED_POLICY)


def test_policies_and_alarms_wait_for_no_table():
    recording = recording_of(FILE_SHARING, "prod", alarm_topic_arn=TOPIC_ARN)
    for one in recording.of_type(MANAGED_POLICY) + recording.of_type(ALARM):
        assert one.dependencies == ()


def test_roles_get_the_policies_of_their_consumer():
    recording = recording_of(role_names={"storefront": ("web",), "events": ("mailer", "web")})
    attached = {
        (one.inputs["role"], one.inputs["policyArn"].rpartition("-")[2])
        for one in recording.of_type(ATTACHMENT)
    }
    assert attached == {("web", "storefront"), ("mailer", "events"), ("web", "events")}


def test_a_role_gets_every_part_of_a_policy():
    recording = recording_of(model_of(40), role_names={"reader": ("web",)})
    attached = [one.inputs["policyArn"] for one in recording.of_type(ATTACHMENT)]
    assert len(set(attached)) == 40
    assert all("-many-reader-table-" in arn for arn in attached)


def test_a_grant_becomes_a_policy_with_its_path():
    recording = recording_of(grants=(Grant(consumer="report_tool", access="read"),))
    policies = recording.only("tablewright:index:DataStore").outputs["policyArns"]
    assert policies["report_tool"].endswith(":policy/dropify-dev-shop-report-tool")
    paths = {one.inputs["name"] for one in recording.of_type(PARAMETER)}
    assert "/dropify-dev/shop/report-tool-policy-arn" in paths


def test_arns_are_those_of_the_partition_region_and_account():
    china = AwsScope(partition="aws-cn", region="cn-north-1", account="210987654321")
    recording = recording_of(scope=china)
    for policy in recording.of_type(MANAGED_POLICY):
        assert "arn:aws:" not in policy.inputs["policy"]
        assert SCOPE.account not in policy.inputs["policy"]
    arns = china.arns(SHOP, store_args(SHOP, "dev").label, replica_regions=("cn-northwest-1",))
    assert arns.table("shop") == (
        "arn:aws-cn:dynamodb:cn-north-1:210987654321:table/dropify-dev-shop",
        "arn:aws-cn:dynamodb:cn-northwest-1:210987654321:table/dropify-dev-shop",
    )


def test_alarms_follow_the_profile():
    assert recording_of(SHOP, "dev").of_type(ALARM) == ()
    assert len(recording_of(SHOP, "prod").of_type(ALARM)) == 7


def test_alarms_that_tell_nobody_are_refused_where_the_environment_is_guarded():
    with pytest.raises(ValueError, match="alarm_topic_arn") as refused:
        store_args(SHOP, "prod", alarm_topic_arn=None)
    assert str(refused.value) == (
        "store 'shop' of 'dropify-prod': alarm_topic_arn is not set, so the alarms of a guarded "
        "environment would tell nobody; name an SNS topic, or turn alarms off in the profile"
    )


def test_alarms_that_tell_nobody_are_taken_elsewhere_and_no_alarms_anywhere():
    assert recording_of(SHOP, "staging", alarm_topic_arn=None).of_type(ALARM)
    silent = replace(PROFILES[Environment.PROD], alarms=False)
    assert recording_of(SHOP, "prod", alarm_topic_arn=None, profile=silent).of_type(ALARM) == ()


def test_options_reach_every_table():
    options = TableOptions(table_class="STANDARD_INFREQUENT_ACCESS", max_read_request_units=50)
    for table in recording_of(FILE_SHARING, table_options=options).of_type(TABLE):
        assert table.inputs["tableClass"] == "STANDARD_INFREQUENT_ACCESS"
        assert table.inputs["onDemandThroughput"] == {"maxReadRequestUnits": 50}


def test_a_store_that_cannot_be_granted_fails_before_any_resource():
    built = []

    def build():
        built.append(store_args(SHOP, grants=(Grant(consumer="storefront", access="read"),)))
        DataStore("shop", built[0])

    with pytest.raises(ModelError, match="consumer 'storefront' is declared 2 times"):
        record_component(build)


def test_two_stores_of_one_model_and_two_labels_live_in_one_program():
    def build():
        DataStore("dev-shop", store_args(SHOP, "dev"))
        DataStore("staging-shop", store_args(SHOP, "staging"))

    tables = record_component(build).of_type(TABLE)
    assert {one.inputs["name"] for one in tables} == {"dropify-dev-shop", "dropify-staging-shop"}
