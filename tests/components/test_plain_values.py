"""Plain arguments whose value has the wrong type or form are refused together."""

import pulumi
import pytest

from components import SingleTableStore
from tests.support.component_samples import PLAIN, TOPIC_ARN
from tests.support.recording import ALARM, TABLE, record_component

ALIAS = "arn:aws:kms:us-east-1:123456789012:alias/app"
OWN = PLAIN | {"table_name": "app-data", "weakening_reason": "Load test data of ticket 1234"}


def build(**changes):
    return record_component(lambda: SingleTableStore("store", OWN | changes), "prod")


def refusal(**changes):
    with pytest.raises(ValueError, match="in the arguments of 'store'") as refused:
        build(**changes)
    return str(refused.value).splitlines()


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("readers", "api", "'api' is not a list of text; "),
        ("writers", ["api", 7], "['api', 7] is not a list of text; "),
        ("alarms", "false", "'false' is not true or false; "),
        ("retain", "false", "'false' is not true or false; "),
        ("enable_audit_trail", 1, "1 is not true or false; "),
        ("point_in_time_recovery_days", 7.9, "7.9 is not a whole number; "),
        ("point_in_time_recovery_days", True, "True is not a whole number; "),
        ("index_count", "2", "'2' is not a whole number; "),
        ("index_count", float("inf"), "inf is not a whole number; "),
        ("environment", 7, "7 is not text "),
        ("cost_center", 42, "42 is not text "),
        ("extra_tags", ["Team"], "['Team'] is not text by key; "),
        ("extra_tags", {"Team": 7}, "{'Team': 7} is not text by key; "),
        ("role_names", {"api": "web"}, "{'api': 'web'} is not lists of text by key; "),
        ("role_names", ["web"], "['web'] is not lists of text by key; "),
    ],
)
def test_a_value_of_another_type_is_refused(key, value, told):
    head, problem = refusal(**{key: value})
    assert head == "1 problem in the arguments of 'store':"
    assert problem.startswith(f"  {key}: {told}")


def test_an_output_is_refused_where_the_value_decides_names():
    def create():
        SingleTableStore("store", OWN | {"region": pulumi.Output.from_input("us-east-1")})

    with pytest.raises(ValueError, match="region: an output is not text known before deployment"):
        record_component(create, "prod")


def test_a_topic_may_be_an_output():
    def create():
        SingleTableStore("store", OWN | {"alarm_topic_arn": pulumi.Output.from_input(TOPIC_ARN)})

    alarms = record_component(create, "prod").of_type(ALARM)
    assert {tuple(one.inputs["alarmActions"]) for one in alarms} == {(TOPIC_ARN,)}


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("customer_managed_key_arn", ALIAS, "is not the ARN of a KMS key; write a key's ARN"),
        ("alarm_topic_arn", "on-call", "is not the ARN of an SNS topic; write an ARN"),
        ("account_id", "1234", "is not an account's id; write its 12 digits"),
        ("region", "useast1", "is not a region's name; write a name such as eu-west-1"),
    ],
)
def test_a_value_of_another_form_is_refused(key, value, told):
    _, problem = refusal(**{key: value})
    assert problem.startswith(f"  {key}: {value!r} {told}")


def test_a_role_with_a_path_is_refused():
    _, problem = refusal(readers=["api"], role_names={"api": ["web", "service-role/web"]})
    assert problem.startswith("  role_names.api: 'service-role/web' is not a role's name ")
    assert problem.endswith("; write the name alone, without path or ARN")


def test_wrong_values_stand_beside_what_is_missing_and_unknown():
    head, *problems = refusal(owner=None, retian=True, alarms="false", region="useast1")
    assert head == "4 problems in the arguments of 'store':"
    assert [problem.split()[0] for problem in problems] == ["owner", "retian", "region:", "alarms:"]


def test_numbers_and_lists_of_other_languages_are_taken():
    table = build(point_in_time_recovery_days=7.0, index_count=2.0, readers=("api",)).only(TABLE)
    assert table.inputs["pointInTimeRecovery"]["recoveryPeriodInDays"] == 7
    assert len(table.inputs["globalSecondaryIndexes"]) == 2
