"""Grants that are written with wildcards, and taken away: what is still needed of them."""

import json
from copy import copy, deepcopy

import pytest

from tablewright.operations.guard.finding import Kind
from tests.support.guard_scenes import deployed
from tests.support.recording import MANAGED_POLICY, TABLE

SCENE = deployed("prod", everything=True)
API = next(
    each["urn"]
    for each in SCENE.of_type(MANAGED_POLICY)
    if each["inputs"]["name"] == "dropify-prod-file-sharing-api"
)
FILES = next(
    each["outputs"]["arn"] for each in SCENE.of_type(TABLE) if each["id"] == "dropify-prod-files"
)
ALL = ("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "ConditionCheckItem")
EVERYTHING = [f"dynamodb:{each}" for each in ALL]


def written(*grants):
    statements = [
        {"Effect": "Allow", "Action": a, "Resource": r} for a, r in (("x:Y", "*"), *grants)
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def judged(before, after):
    scene = copy(SCENE.alone(API))
    scene.resources = deepcopy(scene.resources)
    scene.resources[API]["inputs"]["policy"] = written(before)
    return scene.judged(scene.step("update", API, policy=written(*after)))


@pytest.mark.parametrize(
    ("action", "resource", "needed_by"),
    [
        ("dynamodb:*", FILES, "create_file"),
        ("dynamodb:Put*", FILES, "create_file"),
        ("dynamodb:Query", f"{FILES}/index/*", "get_file_by_id"),
        ("dynamodb:Query", f"{FILES}/index/fileId*", "get_file_by_id"),
        ("dynamodb:*", f"{FILES}/index/*", "get_file_by_id"),
    ],
)
def test_a_wildcard_that_a_declared_pattern_needs_breaks_it_when_it_goes(
    action, resource, needed_by
):
    (found,) = judged((action, resource), [])
    assert found.kind is Kind.CONTRACT_BROKEN
    assert needed_by in found.fails


@pytest.mark.parametrize(
    ("action", "resource", "after"),
    [
        ("dynamodb:*", FILES, [(EVERYTHING, FILES)]),
        ("dynamodb:Query", f"{FILES}/index/*", [("dynamodb:Query", f"{FILES}/index/*Index")]),
        ("dynamodb:Describe*", FILES, []),
    ],
)
def test_a_wildcard_narrowed_to_what_declared_patterns_need_is_a_note(action, resource, after):
    (found,) = judged((action, resource), after)
    assert found.kind is Kind.NOTE


def test_the_stream_of_a_table_that_no_model_declares_has_readers_that_nobody_knows():
    stream = FILES.replace("dropify-prod-files", "others") + "/stream/*"
    (found,) = judged(("dynamodb:GetRecords", stream), [])
    assert (found.kind, found.cause) == (Kind.CONTRACT_BROKEN, "others")
