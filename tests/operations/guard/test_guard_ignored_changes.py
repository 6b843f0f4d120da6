"""Inputs whose changes a program ignores."""

import json
from dataclasses import replace

import pytest

from tablewright.operations.guard.finding import Kind
from tests.support.guard_scenes import deployed
from tests.support.recording import TABLE

WEAKENED = Kind.RECOVERY_WEAKENED
SCENE = deployed("prod", everything=True)
FILES = next(each["urn"] for each in SCENE.of_type(TABLE) if each["id"] == "dropify-prod-files")


def told(found):
    return {(each.kind, each.cause) for each in found}


@pytest.mark.parametrize(
    ("ignored", "expected"),
    [
        (["deletionProtectionEnabled"], set()),
        (["globalSecondaryIndexes[0].projectionType"], {(WEAKENED, "deletionProtectionEnabled")}),
        (["*"], set()),
        (["ttl"], {(WEAKENED, "deletionProtectionEnabled")}),
    ],
)
def test_what_the_program_ignores_stays_as_it_is(ignored, expected):
    inputs = dict(SCENE.program.by_urn(FILES).inputs, deletionProtectionEnabled=False)
    registrations = tuple(
        replace(one, inputs=inputs, ignore_changes=tuple(ignored)) if one.urn == FILES else one
        for one in SCENE.program.registrations
    )
    program = replace(SCENE.program, registrations=registrations)
    assert told(SCENE.judged(program=program)) == expected


def test_a_part_that_the_program_ignores_stays_as_it_is():
    indexes = json.loads(json.dumps(SCENE.program.by_urn(FILES).inputs["globalSecondaryIndexes"]))
    indexes[0]["projectionType"] = "KEYS_ONLY"
    for path, kinds in (
        ("globalSecondaryIndexes[0].projectionType", set()),
        ("ttl", {"fileIdIndex"}),
    ):
        inputs = dict(SCENE.program.by_urn(FILES).inputs, globalSecondaryIndexes=indexes)
        registrations = tuple(
            replace(one, inputs=inputs, ignore_changes=(path,)) if one.urn == FILES else one
            for one in SCENE.program.registrations
        )
        found = SCENE.judged(program=replace(SCENE.program, registrations=registrations))
        assert {each.cause for each in found} == kinds


def test_what_the_program_sets_and_ignores_is_not_set():
    for ignored, causes in ((("region",), set()), ((), {(Kind.DATA_LOSS, "region")})):
        inputs = dict(SCENE.program.by_urn(FILES).inputs, region="eu-west-1")
        registrations = tuple(
            replace(one, inputs=inputs, ignore_changes=ignored) if one.urn == FILES else one
            for one in SCENE.program.registrations
        )
        found = SCENE.judged(program=replace(SCENE.program, registrations=registrations))
        assert told(found) == causes
