"""Providers, outputs, and resources that no component makes."""

import json
from dataclasses import replace

import pytest

from tablewright.operations.guard.finding import Kind
from tests.support.guard_scenes import deployed
from tests.support.recording import PARAMETER, TABLE

LOSS, BROKEN, WEAKENED = Kind.DATA_LOSS, Kind.CONTRACT_BROKEN, Kind.RECOVERY_WEAKENED
UNCLEAR, NOTE = Kind.NOT_UNDERSTOOD, Kind.NOTE
SCENE = deployed("prod", everything=True)
PROVIDER = "urn:pulumi:prod::tablewright::pulumi:providers:aws::default_7_51_1"


def told(found):
    return {(each.kind, each.cause) for each in found}


def provider(**inputs):
    return {
        "urn": PROVIDER,
        "custom": True,
        "type": "pulumi:providers:aws",
        "inputs": {"region": "eu-central-1", "version": "7.51.1", **inputs},
    }


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({}, set()),
        ({"version": "7.52.0"}, set()),
        ({"region": "eu-west-1"}, {(UNCLEAR, "region")}),
        ({"endpoints": "[]"}, {(UNCLEAR, "endpoints")}),
        ({"profile": "prod"}, {(NOTE, "profile")}),
    ],
)
@pytest.mark.parametrize("how", ["update", "replace", "another"])
def test_a_provider_that_looks_elsewhere_is_never_fine(inputs, expected, how):
    old, new = provider(), provider(**inputs)
    if how == "another":
        new = {**new, "urn": PROVIDER.replace("7_51_1", "7_52_0")}
        steps = [
            {"op": "create", "urn": new["urn"], "newState": new},
            {"op": "delete", "urn": PROVIDER, "oldState": old},
        ]
    else:
        steps = [{"op": how, "urn": PROVIDER, "oldState": old, "newState": new}]
    assert told(SCENE.judged(*steps, state=SCENE.exported(old))) == expected


@pytest.mark.parametrize(
    ("before", "after", "secret", "expected"),
    [
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1}}, (), {"a.c"}),
        ({"a": 1}, {}, (), {"a"}),
        ({"a": {"b": 1}}, {"a": "x"}, (), {"a"}),
        ({"a": "x"}, {"a": {"b": 1}}, (), {"a"}),
        ({"a": [1]}, {"a": 1}, (), {"a"}),
        ({"a": 1}, {"a": 2, "b": 3}, (), set()),
        ({"a": 1}, {"a": 1}, ("a",), {"a"}),
        ({"a": {"4dabf18193072939515e22adb298388d": "x"}}, {"a": 1}, ("a",), set()),
        ({"a": {"4dabf18193072939515e22adb298388d": "x"}}, {}, (), {"a"}),
    ],
)
def test_an_output_that_goes_or_changes_its_form_breaks_who_reads_it(
    before, after, secret, expected
):
    stack = next(urn for urn in SCENE.resources if "pulumi:pulumi:Stack" in urn)
    state = json.loads(SCENE.exported())
    for each in state["deployment"]["resources"]:
        if each["urn"] == stack:
            each["outputs"] = before
    program = replace(SCENE.program, exports=after, secret_exports=frozenset(secret))
    found = SCENE.judged(program=program, state=json.dumps(state))
    assert told(found) == {(BROKEN, path) for path in expected}
    assert all("stack references" in each.fails for each in found)


@pytest.mark.parametrize(
    ("token", "operation", "kind"),
    [
        ("aws:dynamodb/tableReplica:TableReplica", "delete", UNCLEAR),
        ("aws:dynamodb/tableReplica:TableReplica", "update", UNCLEAR),
        ("aws:dynamodb/resourcePolicy:ResourcePolicy", "replace", UNCLEAR),
        ("aws-native:dynamodb:Table", "delete", UNCLEAR),
        ("aws:iam/rolePolicy:RolePolicy", "delete", UNCLEAR),
        ("aws:iam/rolePolicy:RolePolicy", "update", UNCLEAR),
        ("aws:kms/alias:Alias", "update", UNCLEAR),
        ("aws:kms/key:Key", "delete", LOSS),
        ("aws:kms/key:Key", "update", UNCLEAR),
        ("aws:backup/plan:Plan", "delete", WEAKENED),
        ("aws:backup/vault:Vault", "update", UNCLEAR),
        ("aws:s3/bucket:Bucket", "delete", NOTE),
    ],
)
def test_a_resource_that_no_component_makes_is_judged_by_what_is_near_a_table(
    token, operation, kind
):
    urn = f"urn:pulumi:prod::tablewright::{token}::other"
    side = {"urn": urn, "type": token, "custom": True, "inputs": {"policy": "a"}}
    new = None if operation == "delete" else {**side, "inputs": {"policy": "b"}}
    step = {"op": operation, "urn": urn, "oldState": side, "newState": new}
    (found,) = SCENE.judged(step, state=SCENE.exported(side))
    assert found.kind is kind


@pytest.mark.parametrize("effect", ["Deny", "Allow"])
@pytest.mark.parametrize(
    "token",
    [
        "aws:iam/policy:Policy",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:dynamodb/resourcePolicy:ResourcePolicy",
    ],
)
def test_a_new_document_takes_something_away_only_where_it_denies(token, effect):
    urn = f"urn:pulumi:prod::tablewright::{token}::other"
    statement = {"Effect": effect, "Action": "dynamodb:*", "Resource": "*"}
    inputs = {"policy": json.dumps({"Version": "2012-10-17", "Statement": statement})}
    side = {"urn": urn, "type": token, "custom": True, "inputs": inputs}
    found = SCENE.judged({"op": "create", "urn": urn, "newState": side})
    assert told(found) == ({(UNCLEAR, "policy")} if effect == "Deny" else set())


@pytest.mark.parametrize("name", ["tags", "tagsAll"])
def test_other_tags_of_what_no_component_makes_are_harmless(name):
    urn = "urn:pulumi:prod::tablewright::aws:iam/role:Role::other"
    side = {"urn": urn, "type": "aws:iam/role:Role", "custom": True, "inputs": {name: {"a": "1"}}}
    new = {**side, "inputs": {name: {"a": "2"}}}
    step = {"op": "update", "urn": urn, "oldState": side, "newState": new}
    assert SCENE.judged(step, state=SCENE.exported(side)) == ()


@pytest.mark.parametrize(
    "urn",
    [
        "pulumi:providers:aws$aws:dynamodb/table:Table::other",
        "aws:dynamodb/table:Table::of::pulumi:providers:aws",
    ],
)
def test_a_table_whose_urn_speaks_of_a_provider_is_a_table(urn):
    urn = f"urn:pulumi:prod::tablewright::{urn}"
    side = {"urn": urn, "type": TABLE, "custom": True, "inputs": {"name": "other"}}
    step = {"op": "delete", "urn": urn, "oldState": side}
    assert told(SCENE.judged(step, state=SCENE.exported(side))) == {(LOSS, "removed")}


@pytest.mark.parametrize("name", ["value", "insecureValue", "valueWoVersion"])
def test_a_parameter_that_leads_its_readers_elsewhere_is_a_finding(name):
    parameter = SCENE.of_type(PARAMETER)[0]["urn"]
    other = {"value": "[secret]", "insecureValue": "other", "valueWoVersion": 2}[name]
    assert told(SCENE.judged(SCENE.step("update", parameter, **{name: other}))) == {
        (BROKEN, "value")
    }


@pytest.mark.parametrize(
    ("operation", "changes"),
    [("replace", {"name": "other"}), ("update", {"streamViewType": "KEYS_ONLY"})],
)
def test_a_parameter_that_follows_its_table_is_told_with_the_table_alone(operation, changes):
    parameter, table = (
        next(urn for urn in SCENE.resources if urn.endswith(ending))
        for ending in ("::file-sharing-exports-files-stream-arn", "table:Table::file-sharing-files")
    )
    steps = (
        SCENE.step("update", parameter, value="[secret]"),
        SCENE.step(operation, table, **changes),
    )
    assert {each.urn for each in SCENE.judged(*steps)} == {table}


def test_a_parameter_that_leads_to_a_new_table_beside_the_old_one_is_a_finding():
    parameter = SCENE.of_type(PARAMETER)[0]["urn"]
    urn = "urn:pulumi:prod::tablewright::aws:dynamodb/table:Table::new"
    new = {"urn": urn, "type": TABLE, "custom": True, "inputs": {"name": "new"}}
    steps = (
        SCENE.step("update", parameter, value="[secret]"),
        {"op": "create", "urn": urn, "oldState": None, "newState": new},
    )
    assert told(SCENE.judged(*steps)) == {(BROKEN, "value")}
