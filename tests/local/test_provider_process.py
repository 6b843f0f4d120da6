"""The provider over real gRPC, without an engine: what the engine would be told."""

import json

import pytest
from pulumi.provider.experimental.property_value import PropertyValue
from pulumi.runtime.proto import provider_pb2 as messages

from tablewright.local.emulator import Emulator
from tablewright.recorder import UNKNOWN
from tests.support.plugin_process import PluginError, plain, running_plugin

TABLE = "aws:dynamodb/table:Table"
PARAMETER = "aws:ssm/parameter:Parameter"
POLICY = "aws:iam/policy:Policy"
SOME = messages.DiffResponse.DIFF_SOME
NONE = messages.DiffResponse.DIFF_NONE


@pytest.fixture(scope="module")
def emulator():
    with Emulator() as running:
        yield running


@pytest.fixture(scope="module")
def plugin(emulator):
    with running_plugin(emulator.endpoint) as running:
        running.configure(region="eu-west-1")
        yield running


def table(name, **changes):
    return {
        "name": name,
        "billingMode": "PAY_PER_REQUEST",
        "hashKey": "userId",
        "attributes": [{"name": "userId", "type": "S"}],
        "tags": {"Owner": "x"},
    } | changes


def test_a_table_lives_its_whole_life(plugin):
    inputs = table("life")
    checked = plugin.check(TABLE, inputs)
    assert (plain(checked.inputs), list(checked.failures)) == (inputs, [])
    created = plugin.create(TABLE, inputs)
    outputs = plain(created.properties)
    assert created.id == "life"
    assert outputs["arn"] == "arn:aws:dynamodb:eu-west-1:123456789012:table/life"

    found = plugin.read(TABLE, "life", outputs, inputs)
    assert (found.id, plain(found.inputs)) == ("life", inputs)

    changed = inputs | {"pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 7}}
    assert plugin.diff(TABLE, "life", outputs, inputs, changed).changes == SOME
    updated = plain(plugin.update(TABLE, "life", outputs, inputs, changed).properties)
    assert updated["pointInTimeRecovery"] == {"enabled": True, "recoveryPeriodInDays": 7}

    plugin.delete(TABLE, "life", updated)
    assert plugin.read(TABLE, "life", updated, changed).id == ""


def test_an_import_finds_the_inputs_that_would_declare_the_resource(plugin):
    plugin.create(TABLE, table("imported"))
    found = plain(plugin.read(TABLE, "imported").inputs)
    assert found.items() >= table("imported").items()
    assert "arn" not in found


def test_equal_inputs_are_no_change_whatever_the_outputs_hold(plugin):
    inputs = table("same")
    told = plugin.diff(TABLE, "same", {"readCapacity": 0, "arn": "a"}, inputs, inputs)
    assert (told.changes, list(told.diffs)) == (NONE, [])


def test_a_change_of_the_partition_key_replaces_the_table_and_deletes_first(plugin):
    old = table("keys")
    new = table("keys", hashKey="id", attributes=[{"name": "id", "type": "S"}])
    told = plugin.diff(TABLE, "keys", {}, old, new)
    assert told.changes == SOME
    assert list(told.replaces) == ["hashKey"]
    assert list(told.diffs) == ["attributes", "hashKey"]
    assert told.deleteBeforeReplace
    kinds = {path: (change.kind, change.inputDiff) for path, change in told.detailedDiff.items()}
    assert kinds == {
        "attributes[0].name": (messages.PropertyDiff.UPDATE, True),
        "hashKey": (messages.PropertyDiff.UPDATE_REPLACE, True),
    }


def test_an_update_in_place_neither_replaces_nor_deletes(plugin):
    told = plugin.diff(TABLE, "t", {}, table("t"), table("t", deletionProtectionEnabled=True))
    assert (list(told.replaces), told.deleteBeforeReplace) == ([], False)
    assert told.detailedDiff["deletionProtectionEnabled"].kind == messages.PropertyDiff.ADD


def test_ignored_changes_are_not_told(plugin):
    new = table("t", tags={"Owner": "y"})
    assert plugin.diff(TABLE, "t", {}, table("t"), new, ignore=["tags"]).changes == NONE


def test_a_preview_of_a_create_makes_nothing_and_leaves_computed_outputs_open(plugin):
    created = plugin.create(TABLE, table("previewed"), preview=True)
    outputs = plain(created.properties)
    assert created.id == ""
    assert outputs["name"] == "previewed"
    assert outputs["arn"] is UNKNOWN
    assert plugin.read(TABLE, "previewed", {}, table("previewed")).id == ""


def test_a_preview_of_an_update_keeps_what_stays_and_opens_what_is_made_anew(plugin):
    old = {"name": "/t/p", "type": "String", "value": "a"}
    outputs = old | {"arn": "arn:p", "version": 1}
    new = old | {"value": "b"}
    previewed = plugin.update(PARAMETER, "/t/p", outputs, old, new, preview=True)
    assert plain(previewed.properties) == new | {"arn": "arn:p", "version": UNKNOWN}


def test_a_secret_input_stays_secret_in_the_outputs(plugin):
    inputs = {"name": "/t/secret", "type": "String", "value": "hidden"}
    created = plugin.create(PARAMETER, inputs, secrets={"value"})
    properties = PropertyValue.unmarshal_map(created.properties)
    assert properties["value"] == PropertyValue("hidden", is_secret=True)
    assert not properties["name"].is_secret


def test_a_policy_document_in_another_notation_is_no_change(plugin):
    document = {"Version": "2012-10-17", "Statement": []}
    old = {"name": "p", "policy": json.dumps(document)}
    new = {"name": "p", "policy": json.dumps(document, indent=2, sort_keys=True)}
    assert plugin.diff(POLICY, "arn", {}, old, new).changes == NONE


def test_wrong_inputs_are_told_by_property(plugin):
    inputs = table("wrong")
    del inputs["hashKey"]
    failures = plugin.check(TABLE, inputs).failures
    assert "hashKey" in [failure.property for failure in failures]


def test_a_protected_table_refuses_to_be_deleted_in_one_clear_line(plugin):
    created = plugin.create(TABLE, table("protected", deletionProtectionEnabled=True))
    with pytest.raises(PluginError, match="protect") as refused:
        plugin.delete(TABLE, created.id, plain(created.properties))
    assert "\n" not in str(refused.value)
    assert "Traceback" not in str(refused.value)


def test_a_type_without_a_handler_is_an_error_that_names_the_file_to_add(plugin):
    with pytest.raises(PluginError, match=r"aws:s3/bucket:Bucket.*resources/bucket\.py"):
        plugin.create("aws:s3/bucket:Bucket", {})


def test_look_ups_are_answered(plugin):
    found = plugin.invoke("aws:index/getCallerIdentity:getCallerIdentity", {})
    assert found["accountId"] == "123456789012"
