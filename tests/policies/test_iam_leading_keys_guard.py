"""A condition on partition keys cannot be passed by leaving out the key."""

import pytest

from rules.framework.tokens import MANAGED_POLICY, PARAMETER, ROLE, TABLE_RESOURCE_POLICY
from rules.iam.actions import action_table
from rules.iam.leading_keys import CARRIERS
from tablewright.models.grants import leading_keys
from tablewright.recorder import UNKNOWN
from tests.support.access_documents import TABLE_ARN, document, inputs, statement
from tests.support.policy_pack import (
    CANNOT_RUN,
    NOT_APPLICABLE,
    findings,
    judge_registrations,
    judge_resource,
)
from tests.support.recording import record_stack

RULE = "iam-leading-keys-guard"
KEY = "dynamodb:LeadingKeys"
TENANT = ["TENANT#${aws:PrincipalTag/tenant}"]
NULL = {"Null": {KEY: "false"}}
LIMIT = {"ForAllValues:StringEquals": {KEY: TENANT}}
GUARD = {**LIMIT, **NULL}
UNGUARDED = statement("dynamodb:Query")
FULL_SCAN = {"Bool": {"dynamodb:FullTableScan": "false"}}


def guarded(actions="dynamodb:Query", condition=GUARD, **more):
    return statement(actions, Condition=condition, **more)


def judge(*statements):
    return findings(judge_resource(RULE, MANAGED_POLICY, inputs(*statements)))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (GUARD, []),
        (LIMIT, ["null-guard"]),
        ({"forallvalues:stringlike": {KEY.upper(): TENANT}}, ["null-guard"]),
        ({"ForAllValues:StringEqualsIfExists": {KEY: TENANT}}, ["null-guard"]),
        ({"ForAllValues:StringEqualsIfExists": {KEY: TENANT}, **NULL}, []),
        ({**LIMIT, "Null": {KEY: "true"}}, ["null-guard"]),
        ({**LIMIT, "Null": {KEY: ["false", "true"]}}, ["null-guard"]),
        ({**LIMIT, "Null": {KEY: []}}, ["null-guard"]),
        ({**LIMIT, "Null": {"dynamodb:Attributes": "false"}}, ["null-guard"]),
        ({**LIMIT, "null": {KEY.lower(): False}}, []),
        ({"ForAnyValue:StringEquals": {KEY: TENANT}}, ["operator"]),
        ({"StringEquals": {KEY: TENANT}}, ["operator"]),
        ({"StringEqualsIfExists": {KEY: TENANT}}, ["operator", "null-guard"]),
        ({"StringNotEquals": {KEY: TENANT}}, ["negated", "null-guard"]),
        ({"StringNotLike": {KEY: "OTHER#*"}, **NULL}, ["negated"]),
        ({"ForAllValues:StringNotEquals": {KEY: "ADMIN"}, **NULL}, ["negated"]),
        ({"ForAllValues:StringNotLikeIfExists": {KEY: "ADMIN#*"}}, ["negated", "null-guard"]),
        ({"ForAllValues:StringEqualsIgnoreCase": {KEY: TENANT}, **NULL}, ["operator"]),
        ({"ForAllValues:NumericLessThan": {KEY: "9"}, **NULL}, ["operator"]),
        ({"ForAllValues:StringLike": {KEY: ["a", "**"]}, **NULL}, ["any-key"]),
        ({"ForAllValues:StringLike": {KEY: ["?*"]}, **NULL}, ["any-key"]),
        ({"ForAllValues:StringLike": {KEY: ["**?"]}, **NULL}, ["any-key"]),
        ({"ForAllValues:StringLike": {KEY: "${aws:PrincipalTag/x, '*'}"}, **NULL}, ["any-key"]),
        ({"ForAllValues:StringEquals": {KEY: "${dynamodb:LeadingKeys}"}, **NULL}, ["any-key"]),
        ({"ForAllValues:StringLike": {KEY: "${aws:PrincipalTag/x}#*"}, **NULL}, []),
        ({"ForAllValues:StringLike": {KEY: "${aws:PrincipalTag/x, 'none'}"}, **NULL}, []),
        ({"ForAllValues:StringLike": {KEY: "a*"}, **NULL}, []),
        ({"ForAllValues:StringEquals": {KEY: "*"}, **NULL}, []),
        (NULL, []),
        ({"StringEquals": {"aws:PrincipalAccount": "123456789012"}}, []),
    ],
)
def test_a_condition_holds_for_no_request_without_the_key(condition, expected):
    assert judge(guarded(condition=condition)) == expected


@pytest.mark.parametrize("name", ["First", "Second", "Third", "Fourth"])
def test_the_keys_of_a_partition_key_of_several_attributes_are_alike(name):
    key = f"dynamodb:{name}PartitionKeyValues"
    limit, null = {"ForAllValues:StringEquals": {key: TENANT}}, {"Null": {key: "false"}}
    assert judge(guarded(condition=limit)) == ["null-guard"]
    assert judge(guarded(condition={**limit, **null})) == []
    assert judge(guarded(condition={**limit, **NULL})) == ["null-guard"]
    assert judge(guarded("dynamodb:Scan", {**limit, **null})) == ["scan"]
    assert judge(guarded(condition={**limit, **null}), UNGUARDED) == ["unguarded-beside"]
    assert judge(guarded(), guarded(condition={**limit, **null})) == []


def test_one_key_that_is_demanded_holds_a_request_to_it():
    key = "dynamodb:SecondPartitionKeyValues"
    both = {"ForAllValues:StringEquals": {KEY: TENANT, key: "DAY#1"}}
    assert judge(guarded(condition={**both, **NULL})) == []
    assert judge(guarded(condition=both)) == ["null-guard", "null-guard"]


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        (["dynamodb:GetItem", "DYNAMODB:query"], []),
        ("dynamodb:Scan", ["scan"]),
        (["dynamodb:Query", "DynamoDB:SCAN"], ["scan"]),
        ("dynamodb:PartiQLSelect", ["partiql-select"]),
        ("dynamodb:PartiQLUpdate", []),
        ("dynamodb:DescribeTable", ["other-action"]),
        ("ssm:GetParameter", ["other-action"]),
        ("dynamodb:S*", ["scan", "other-action"]),
        ("dynamodb:PartiQL*", ["partiql-select", "other-action"]),
        ("*", ["scan", "partiql-select", "other-action"]),
    ],
)
def test_beside_the_condition_stand_only_actions_that_carry_the_key(actions, expected):
    assert judge(guarded(actions)) == expected


def test_not_action_allows_a_scan_beside_the_condition():
    negated = guarded(NotAction="dynamodb:PartiQLSelect")
    del negated["Action"]
    assert judge(negated) == ["scan", "other-action"]


def test_a_partiql_select_may_stay_where_it_cannot_read_the_whole_table():
    assert judge(guarded("dynamodb:PartiQLSelect", GUARD | FULL_SCAN)) == []
    loose = {"BoolIfExists": {"dynamodb:FullTableScan": "false"}}
    assert judge(guarded("dynamodb:PartiQLSelect", GUARD | loose)) == ["partiql-select"]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (statement("dynamodb:Query"), ["unguarded-beside"]),
        (statement("dynamodb:Q*", "arn:aws:dynamodb:*:*:table/*"), ["unguarded-beside"]),
        (statement("dynamodb:Scan"), ["unguarded-beside"]),
        (statement("dynamodb:PartiQLSelect"), ["unguarded-beside"]),
        (statement("dynamodb:Query", Condition=NULL), ["unguarded-beside"]),
        (statement("dynamodb:Query", Effect="Deny"), []),
        (statement("dynamodb:PutItem"), []),
        (statement("dynamodb:Query", f"{TABLE_ARN}/index/fileIdIndex"), ["unguarded-beside"]),
        (statement("dynamodb:Query", f"{TABLE_ARN}/index/*"), ["unguarded-beside"]),
        (statement("dynamodb:Query", TABLE_ARN.replace("us-", "eu-")), ["unguarded-beside"]),
        (statement("dynamodb:Query", "arn:aws:dynamodb:us-*"), ["unguarded-beside"]),
        (
            statement("dynamodb:Query", TABLE_ARN.replace("table", "ta*") + "/index/x"),
            ["unguarded-beside"],
        ),
        (statement("dynamodb:Query", f"{TABLE_ARN}-2/index/fileIdIndex"), []),
        (statement("dynamodb:Query", TABLE_ARN.replace("files", "users")), []),
        (guarded("dynamodb:Query"), []),
    ],
)
def test_no_other_statement_allows_the_same_without_the_condition(other, expected):
    assert judge(guarded(), other) == expected
    assert judge(other, guarded()) == expected


def test_who_is_held_to_one_tenant_s_items_queries_no_index_beside():
    beside = statement("dynamodb:Query", f"{TABLE_ARN}/index/fileIdIndex")
    assert judge(guarded("dynamodb:GetItem"), beside) == ["unguarded-beside"]
    assert judge(guarded("dynamodb:PutItem"), beside) == []
    on_index = guarded(Resource=f"{TABLE_ARN}/index/fileIdIndex")
    assert judge(on_index, UNGUARDED) == ["unguarded-beside"]
    assert judge(guarded(), on_index) == []


def test_a_statement_on_not_resource_may_reach_the_same_table():
    negated = statement("dynamodb:Query", NotResource="arn:aws:s3:::bucket")
    del negated["Resource"]
    assert judge(guarded(), negated) == ["unguarded-beside"]


def test_the_condition_that_tablewright_writes_is_one():
    assert judge(guarded(condition=leading_keys("TENANT#${aws:PrincipalTag/tenant}"))) == []


def test_a_statement_that_denies_is_no_grant():
    assert judge(guarded("dynamodb:Scan", LIMIT, Effect="Deny")) == []


def test_inline_policies_and_those_of_tables_are_judged_too():
    unguarded = document(guarded(condition=LIMIT))
    role = {"inlinePolicies": [{"policy": document(guarded())}, {"policy": unguarded}]}
    assert findings(judge_resource(RULE, ROLE, role)) == ["null-guard"]
    table = {"policy": unguarded}
    assert findings(judge_resource(RULE, TABLE_RESOURCE_POLICY, table)) == ["null-guard"]
    assert findings(judge_resource(RULE, PARAMETER, {})) == [NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ({"inlinePolicies": [{"policy": UNKNOWN}]}, [CANNOT_RUN]),
        (
            {"inlinePolicies": [{"policy": UNKNOWN}, {"policy": document(guarded("*"))}]},
            ["scan", "partiql-select", "other-action", CANNOT_RUN],
        ),
        (
            {"inlinePolicies": [{"policy": {"Statement": [UNKNOWN, guarded(), UNGUARDED]}}]},
            ["unguarded-beside", CANNOT_RUN],
        ),
        ({"inlinePolicies": [{"policy": "{"}]}, ["malformed"]),
        ({"inlinePolicies": UNKNOWN}, [CANNOT_RUN]),
    ],
)
def test_what_is_known_is_judged_before_what_is_unknown(role, expected):
    assert findings(judge_resource(RULE, ROLE, role)) == expected


def test_the_carriers_are_those_of_the_action_table():
    actions = action_table().services["dynamodb"].actions.values()
    assert sorted(CARRIERS) == sorted(each.name for each in actions if each.takes(KEY))


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("environment", ["local", "dev", "staging", "prod"])
def test_the_program_has_no_finding(environment, preview):
    registrations = record_stack(environment, preview=preview).registrations
    assert judge_registrations(registrations, environment, only=RULE) == []
