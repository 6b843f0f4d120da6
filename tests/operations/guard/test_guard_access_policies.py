"""Access policies: what is still granted, however it is written, and what is not."""

import json

import pytest

from tablewright.operations.guard.finding import Kind
from tablewright.operations.guard.grants import document_of
from tests.support.guard_scenes import CIPHERTEXT, UNKNOWN_TEXT, deployed
from tests.support.recording import MANAGED_POLICY, VPC_ENDPOINT

BROKEN, UNCLEAR, NOTE = Kind.CONTRACT_BROKEN, Kind.NOT_UNDERSTOOD, Kind.NOTE
SCENE = deployed("prod", everything=True)
API = next(
    each["urn"]
    for each in SCENE.of_type(MANAGED_POLICY)
    if each["inputs"]["name"] == "dropify-prod-file-sharing-api"
)
BEFORE = SCENE.resources[API]["inputs"]["policy"]


def statements():
    return json.loads(BEFORE)["Statement"]


def written(listed, **document):
    return json.dumps({"Version": "2012-10-17", "Statement": listed, **document})


def judged(after, urn=API):
    scene = SCENE.alone(urn)
    found = scene.judged(scene.step("update", urn, policy=after))
    return {(each.kind, each.cause) for each in found}


def split():
    """Every grant as a statement of its own."""
    for each in statements():
        for action in each["Action"]:
            for resource in each["Resource"]:
                yield {**each, "Action": action, "Resource": resource, "Sid": "One"}


def widened(**changes):
    return written([{**each, **changes} for each in statements()])


def without(action="", resource=""):
    """The document without an action, or without resources that end so."""
    kept = []
    for each in statements():
        actions = [a for a in each["Action"] if a != action]
        resources = [r for r in each["Resource"] if not (resource and r.endswith(resource))]
        if actions and resources:
            kept.append({**each, "Action": actions, "Resource": resources})
    assert kept != statements()
    return written(kept)


CONDITION = {"Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}
DENY = {"Effect": "Deny", "Action": "dynamodb:*", "Resource": "*"}
SAME = {
    "as an object": json.loads(BEFORE),
    "in other words": json.dumps(json.loads(BEFORE), indent=2, sort_keys=True),
    "in another order": written(statements()[::-1]),
    "split": written(list(split())),
    "under other names": widened(Sid="Another"),
    "with an id": written(statements(), Id="one"),
    "with more": written([*statements(), {"Effect": "Allow", "Action": "a:B", "Resource": "*"}]),
    "with wildcards for actions": widened(Action=["dynamodb:*", "ssm:*", "kms:*"]),
    "with actions in capitals": widened(Action=["DYNAMODB:*", "SSM:*", "KMS:*"]),
    "with wildcards for resources": widened(Resource=["*"]),
}
LOST = {
    "a query of an index": (without(resource="/index/fileIdIndex"), {(BROKEN, "fileIdIndex")}),
    "a write": (without("dynamodb:PutItem"), {(BROKEN, "dropify-prod-files")}),
    "parameters": (without("ssm:GetParameter"), {(BROKEN, "ssm")}),
    "the key": (without("kms:Decrypt"), {(BROKEN, "kms")}),
    "a wildcard of one character for many": (
        widened(Resource=["arn:aws:dynamodb:?"]),
        {(BROKEN, "dropify-prod-files")},
    ),
    "a Deny": (written([*statements(), DENY]), {(UNCLEAR, "policy")}),
    "NotAction": (
        written([*statements(), {"Effect": "Allow", "NotAction": "a:B", "Resource": "*"}]),
        {(UNCLEAR, "policy")},
    ),
    "NotResource": (
        written([*statements(), {"Effect": "Allow", "Action": "a:B", "NotResource": "*"}]),
        {(UNCLEAR, "policy")},
    ),
    "an unknown key": (written(statements(), Extra=1), {(UNCLEAR, "policy")}),
    "what is not known": (UNKNOWN_TEXT, {(UNCLEAR, "policy")}),
    "a secret": (CIPHERTEXT, {(UNCLEAR, "policy")}),
    "no JSON": (BEFORE[:-1], {(UNCLEAR, "policy")}),
    "no document": ("[]", {(UNCLEAR, "policy")}),
    "nothing": (None, {(UNCLEAR, "policy")}),
}


@pytest.mark.parametrize("how", SAME)
def test_a_document_that_grants_all_as_before_is_fine(how):
    assert judged(SAME[how]) == set()


@pytest.mark.parametrize("what", LOST)
def test_a_document_that_grants_less_or_is_not_understood_is_a_finding(what):
    after, expected = LOST[what]
    found = judged(after)
    assert expected <= found
    assert all(kind is not NOTE or cause == "policy" for kind, cause in found)


@pytest.mark.parametrize(
    "after", [widened(**CONDITION), written(statements(), Version="2008-10-17")]
)
def test_a_condition_or_an_older_language_takes_every_grant_away(after):
    causes = {cause for kind, cause in judged(after) if kind is BROKEN}
    assert {"dropify-prod-files", "fileIdIndex", "ssm", "kms"} <= causes


def test_what_was_granted_under_a_condition_is_kept_without_it():
    conditional, plain = document_of(widened(**CONDITION)), document_of(BEFORE)
    lost = [each for each in conditional.lost_by(plain) if not each.action.startswith("kms:")]
    assert lost == []  # the key was granted under another condition
    assert list(plain.lost_by(conditional))


@pytest.mark.parametrize(
    ("wide", "narrow", "covers"),
    [
        ("a:*/b", "a:x/b", True),
        ("a:?", "a:x", True),
        ("a:?", "a:*", False),
        ("a:*", "a:?", True),
        ("a:[x]", "a:x", False),
        ("a:[x]", "a:[x]", True),
        ("a:x", "a:X", False),
    ],
)
def test_wildcards_of_resources_are_those_of_iam_alone(wide, narrow, covers):
    before, after = (
        document_of({"Statement": {"Effect": "Allow", "Action": "s:A", "Resource": r}})
        for r in (narrow, wide)
    )
    assert (not list(before.lost_by(after))) is covers


def test_a_stream_that_a_consumer_may_no_longer_read_is_told_with_its_pattern():
    audit = next(
        each["urn"]
        for each in SCENE.of_type(MANAGED_POLICY)
        if each["inputs"]["name"] == "dropify-prod-file-sharing-audit"
    )
    listed = json.loads(SCENE.resources[audit]["inputs"]["policy"])["Statement"]
    kept = [each for each in listed if "dynamodb:GetRecords" not in each["Action"]]
    assert kept != listed
    found = judged(written(kept or [{"Effect": "Allow", "Action": "a:B", "Resource": "*"}]), audit)
    assert (BROKEN, "dropify-prod-files") in found


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"Principal": "*"}, {"Principal": "*"}, set()),
        (
            {"Principal": "*"},
            {"Principal": {"AWS": "arn:aws:iam::1:root"}},
            {(BROKEN, "dropify-prod-files")},
        ),
    ],
)
def test_an_endpoint_that_lets_fewer_principals_through_is_a_finding(before, after, expected):
    (urn,) = [each["urn"] for each in SCENE.of_type(VPC_ENDPOINT)]
    listed = json.loads(SCENE.resources[urn]["inputs"]["policy"])["Statement"]
    assert all(each["Principal"] == before["Principal"] for each in listed)
    assert expected <= judged(
        json.dumps(
            {"Version": "2012-10-17", "Statement": [{**each, **after} for each in listed]}, indent=1
        ),
        urn,
    )


def test_an_endpoint_whose_policy_shrinks_is_a_finding():
    (urn,) = [each["urn"] for each in SCENE.of_type(VPC_ENDPOINT)]
    document = json.loads(SCENE.resources[urn]["inputs"]["policy"])
    document["Statement"].pop()
    assert any(kind is BROKEN for kind, _ in judged(json.dumps(document), urn))
