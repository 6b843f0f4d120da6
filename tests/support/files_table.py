"""The table of files as it is deployed, and what the guard says of its changes."""

from __future__ import annotations

from copy import deepcopy

from tests.support.guard_scenes import deployed
from tests.support.recording import TABLE

FILES = "dropify-prod-files"


def scene_with(**inputs):
    """A stack whose table of files is deployed with other inputs; None takes one away."""
    scene = deployed("prod", everything=True).alone(urn_of(FILES))
    resource = deepcopy(scene.resources[urn_of(FILES)])
    resource["inputs"] = {
        k: v for k, v in {**resource["inputs"], **inputs}.items() if v is not None
    }
    scene.resources = {urn_of(FILES): resource}
    return scene


def urn_of(name):
    scene = deployed("prod", everything=True)
    return next(each["urn"] for each in scene.of_type(TABLE) if each["id"] == name)


def deployed_input(name):
    return deepcopy(deployed("prod", everything=True).resources[urn_of(FILES)]["inputs"][name])


def indexes(**changes):
    """The indexes of the table of files, some of them changed by name; None takes one away."""
    found = {each["name"]: each for each in deployed_input("globalSecondaryIndexes")}
    for name, change in changes.items():
        found[name] = None if change is None else {**found.get(name, {}), **change}
    return [{k: v for k, v in each.items() if v is not None} for each in found.values() if each]


def replica(**changes):
    (one,) = deployed_input("replicas")
    return [{k: v for k, v in {**one, **changes}.items() if v is not None}]


def judged(before, after, operation="update"):
    scene = scene_with(**before)
    return {
        (each.kind, each.cause)
        for each in scene.judged(scene.step(operation, urn_of(FILES), **after))
    }
