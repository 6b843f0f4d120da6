"""Every argument that the components set, and that the provider has, is judged or harmless.

Each input of each resource of this project's own program is changed, added and taken away, with
every part of it: what the guard is silent about stands here, each with its reason.
"""

import json

import pytest

from tablewright.operations.guard.judge import JUDGES
from tablewright.operations.guard.reading.values import alike
from tablewright.operations.guard.scene import Harmless
from tests.support.guard_arguments import ARGUMENTS
from tests.support.guard_mutations import mutations
from tests.support.guard_scenes import deployed
from tests.support.recording import (
    ALARM,
    ENVIRONMENTS,
    TABLE,
    VPC_ENDPOINT,
)

FOLLOW = "which attributes there are follows from the keys, which are judged"
STRONGER = "it protects more than before"
SET = "AWS keeps a set, whose order nobody sees"
CAPACITY = "AWS changes it in place; the table's own maxima are noted"
TAGS = "tags of a replica hold no data"
SILENT = {
    ("attributes", "[]", "reordered"): SET,
    ("attributes", "[]", "taken away"): FOLLOW,
    ("attributes", "[].name", "changed"): FOLLOW,
    ("attributes", "[].name", "taken away"): FOLLOW,
    ("attributes", "", "taken away"): FOLLOW,
    ("deletionProtectionEnabled", "", "switched on"): STRONGER,
    ("globalSecondaryIndexes", "[]", "reordered"): SET,
    ("globalSecondaryIndexes", "[].keySchemas.[]", "reordered"): "the roles say what comes first",
    ("globalSecondaryIndexes", "[].nonKeyAttributes.[]", "reordered"): SET,
    **{
        ("globalSecondaryIndexes", f"[].onDemandThroughput{part}", how): CAPACITY
        for part in ("", ".maxReadRequestUnits", ".maxWriteRequestUnits")
        for how in ("lowered", "raised", "taken away")
        if part or how == "taken away"
    },
    ("pointInTimeRecovery", "enabled", "switched on"): STRONGER,
    ("pointInTimeRecovery", "recoveryPeriodInDays", "raised"): STRONGER,
    ("pointInTimeRecovery", "recoveryPeriodInDays", "taken away"): "AWS's default is the longest",
    ("replicas", "[].deletionProtectionEnabled", "switched on"): STRONGER,
    ("replicas", "[].pointInTimeRecovery", "switched on"): STRONGER,
    ("replicas", "[].propagateTags", "switched off"): TAGS,
    ("replicas", "[].propagateTags", "taken away"): TAGS,
    ("routeTableIds", "[]", "reordered"): SET,
    ("streamEnabled", "", "switched on"): "a stream begins, and nobody reads one yet",
}
SILENT_WHERE_NEW = {
    TABLE: {
        "attributes": FOLLOW,
        "deletionProtectionEnabled": STRONGER,
        "name": "a table without a name is not deployed, so it is only spelled out",
        "pointInTimeRecovery": STRONGER,
        "streamEnabled": "a stream begins, and nobody reads one yet",
    },
    ALARM: {"alarmActions": "it tells somebody more"},
    VPC_ENDPOINT: {"routeTableIds": "more subnets have a way to DynamoDB"},
}
CASES_A_CHANGE = 2
"""Values that each change is tried on: a switch that is off cannot be switched off."""


def changes_of_this_project():
    """Give each change of each input, once on each of a few values: stack, URN, input, after."""
    tried = {}
    for stack in reversed(ENVIRONMENTS):
        for everything in (True, False):
            scene = deployed(stack, everything=everything)
            for urn, resource in scene.resources.items():
                if resource["type"] in JUDGES:
                    yield from changes_of(scene, urn, resource, tried)


def changes_of(scene, urn, resource, tried):
    for name, value in resource["inputs"].items():
        if name in {"__defaults", "policy"}:  # documents have tests of their own
            continue

        ways = [((), "taken away", None), *mutations(value)]
        for path, how, after in ways:
            key = (resource["type"], name, ".".join(map(str, path)), how)
            values = tried.setdefault(key, set())
            text = json.dumps(value)
            if not alike(value, after) and text not in values and len(values) < CASES_A_CHANGE:
                values.add(text)
                yield key, scene, urn, name, after


@pytest.fixture(scope="module")
def silent():
    """What the guard says nothing of, by how it learns of the change."""
    said = {"update": {}, "same": {}, "none": {}}
    alone = {}
    for key, whole, urn, name, after in changes_of_this_project():
        scene = alone.setdefault((id(whole), urn), whole.alone(urn))
        step = scene.step("update", urn, **{name: after})
        program = scene.program_of((step,))
        same = scene.step("same", urn)
        for how, steps in (("update", [step]), ("same", [same]), ("none", [])):
            found = scene.judged(*steps, program=program)
            assert all(each.urn == urn and each.what for each in found)
            assert all(each.instead for each in found if each.stops)
            said[how].setdefault(key, []).extend(found)
    return {how: {key for key, found in of.items() if not found} for how, of in said.items()}


def unexplained(quiet):
    return {
        key
        for key in quiet
        if not isinstance(ARGUMENTS[key[0]][key[1]], Harmless) and key[1:] not in SILENT
    }


@pytest.mark.parametrize("how", ["update", "same", "none"])
def test_each_change_of_an_input_is_a_finding_or_harmless_for_a_reason(silent, how):
    assert unexplained(silent[how]) == set()


def test_no_reason_for_silence_is_out_of_date(silent):
    assert {key[1:] for key in silent["update"]} >= set(SILENT)
    assert all(SILENT.values())


@pytest.mark.parametrize("token", ARGUMENTS)
def test_each_input_that_is_set_where_it_was_not_is_a_finding_or_harmless_for_a_reason(token):
    whole = deployed("prod", everything=True)
    quiet = set()
    for resource in whole.of_type(token)[:4]:
        for name, value in resource["inputs"].items():
            scene = whole.alone(resource["urn"])
            scene.resources = {resource["urn"]: without(resource, name)}
            if name != "__defaults" and not scene.judged(
                scene.step("update", resource["urn"], **{name: value})
            ):
                quiet.add((token, name, "", "added"))
    assert {key[1] for key in unexplained(quiet)} == SILENT_WHERE_NEW.get(token, {}).keys()


def without(resource, name):
    """Return a resource as it was deployed without an input."""
    inputs = {key: value for key, value in resource["inputs"].items() if key != name}
    outputs = {key: value for key, value in resource["outputs"].items() if key != name}
    return {**resource, "inputs": inputs, "outputs": outputs}
