"""The handlers' outputs against those that the real AWS provider gave for the same inputs."""

import json
from pathlib import Path

import pytest

from tablewright.local.resources import handler_for

RECORDED = json.loads((Path(__file__).parent.parent / "recorded_resources.json").read_text())
MADE_ANEW = {"streamArn", "streamLabel", "policyId"}
"""Outputs that the service makes up at each creation."""


@pytest.fixture(params=RECORDED, ids=lambda one: f"{one['type'].split(':')[-1]}-{one['name']}")
def recorded(request):
    return request.param


def test_a_created_resource_has_the_outputs_of_the_real_provider(clients, recorded):
    id_, outputs = handler_for(recorded["type"]).create(clients, recorded["inputs"])

    assert id_ == recorded["id"]
    assert outputs.keys() == recorded["outputs"].keys()
    for name in outputs.keys() - MADE_ANEW:
        assert outputs[name] == recorded["outputs"][name], name
    for name in outputs.keys() & MADE_ANEW:
        assert bool(outputs[name]) is bool(recorded["outputs"][name]), name


def test_a_refresh_shows_no_difference(clients, recorded):
    handler = handler_for(recorded["type"])
    id_, outputs = handler.create(clients, recorded["inputs"])

    assert handler.read(clients, id_, recorded["inputs"]) == outputs


def test_an_update_to_the_same_inputs_changes_nothing(clients, recorded):
    handler = handler_for(recorded["type"])
    id_, outputs = handler.create(clients, recorded["inputs"])

    assert handler.update(clients, id_, recorded["inputs"], recorded["inputs"]) == outputs


def test_recorded_inputs_pass_the_check(recorded):
    assert handler_for(recorded["type"]).check(recorded["inputs"]) == []
