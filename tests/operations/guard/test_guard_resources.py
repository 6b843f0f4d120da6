"""Resources of each type that are new, go, are replaced, or have an argument of tomorrow."""

import json

import pytest

from tablewright.operations.guard.finding import Kind
from tests.support.guard_arguments import ARGUMENTS
from tests.support.guard_mutations import FOREIGN
from tests.support.guard_scenes import deployed


@pytest.mark.parametrize("token", ARGUMENTS)
@pytest.mark.parametrize("operation", ["update", "same"])
def test_an_argument_that_nobody_thought_of_is_never_fine(token, operation):
    scene = deployed("prod", everything=True)
    urn = scene.of_type(token)[0]["urn"]
    step = scene.step("update", urn, **{FOREIGN: "x"})
    program = scene.program_of((step,))
    shown = step if operation == "update" else scene.step("same", urn)
    (found,) = scene.judged(shown, program=program)
    assert (found.kind, found.cause) == (Kind.NOT_UNDERSTOOD, FOREIGN)


@pytest.mark.parametrize("token", ARGUMENTS)
@pytest.mark.parametrize("operation", ["replace", "create-replacement", "delete-replaced"])
def test_a_resource_that_is_replaced_is_a_finding(token, operation):
    scene = deployed("prod", everything=True)
    for resource in scene.of_type(token):
        found = scene.judged(scene.step(operation, resource["urn"]))
        assert [each for each in found if each.stops and each.urn == resource["urn"]]


@pytest.mark.parametrize("token", ARGUMENTS)
@pytest.mark.parametrize(
    "operation", ["delete", "discard", "discard-replaced", "remove-pending-replace"]
)
def test_a_resource_that_goes_is_a_finding(token, operation):
    scene = deployed("prod", everything=True)
    for resource in scene.of_type(token):
        step = scene.step("delete", resource["urn"]) | {"op": operation}
        found = scene.judged(step)
        assert [each for each in found if each.stops and each.urn == resource["urn"]]


@pytest.mark.parametrize("token", ARGUMENTS)
def test_a_new_resource_is_harmless(token):
    scene = deployed("prod", everything=True)
    for resource in scene.of_type(token):
        step = {**scene.step("create", resource["urn"]), "oldState": None}
        others = {urn: each for urn, each in scene.resources.items() if urn != resource["urn"]}
        state = json.dumps({"version": 3, "deployment": {"resources": list(others.values())}})
        assert scene.judged(step, state=state) == ()
