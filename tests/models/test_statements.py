"""ARNs of a stack, and the documents that statements are written into."""

import json

import pytest

from tablewright.models import ModelError
from tablewright.models.limits import MANAGED_POLICY_CHARACTERS
from tablewright.models.statements import AccessPolicy, ArnScope, Statement, document

SCOPE = ArnScope(
    partition="aws-us-gov",
    account="123456789012",
    regions=("us-gov-west-1", "us-gov-east-1"),
    table_names={"files": "dropify-dev-files"},
)
WEST = "arn:aws-us-gov:dynamodb:us-gov-west-1:123456789012:table/dropify-dev-files"
EAST = "arn:aws-us-gov:dynamodb:us-gov-east-1:123456789012:table/dropify-dev-files"


def statement(sid="Files", **changes):
    arguments = {"sid": sid, "actions": ("dynamodb:GetItem",), "resources": (WEST,)} | changes
    return Statement(**arguments)


@pytest.mark.parametrize(
    ("arns", "expected"),
    [
        (SCOPE.table("files"), (WEST, EAST)),
        (SCOPE.index("files", "byId"), (f"{WEST}/index/byId", f"{EAST}/index/byId")),
        (SCOPE.stream("files"), (f"{WEST}/stream/*", f"{EAST}/stream/*")),
        (
            SCOPE.parameter("/dropify-dev/files-name"),
            ("arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/dropify-dev/files-name",),
        ),
        (
            SCOPE.managed_policy("dropify-dev-api"),
            "arn:aws-us-gov:iam::123456789012:policy/dropify-dev-api",
        ),
        (SCOPE.role("web/api"), "arn:aws-us-gov:iam::123456789012:role/web/api"),
        (
            SCOPE.alarm("dropify-dev-x"),
            "arn:aws-us-gov:cloudwatch:us-gov-west-1:123456789012:alarm:dropify-dev-x",
        ),
    ],
)
def test_arns_are_composed_from_what_is_known_before_a_deployment(arns, expected):
    assert arns == expected


def test_a_document_is_written_as_iam_reads_it_and_without_white_space():
    condition = {"Null": {"dynamodb:LeadingKeys": "false"}}
    text = document([statement(), statement("Others", conditions=condition)])
    assert not any(character.isspace() for character in text)
    first, second = json.loads(text)["Statement"]
    assert first == {
        "Sid": "Files",
        "Effect": "Allow",
        "Action": ["dynamodb:GetItem"],
        "Resource": [WEST],
    }
    assert second["Condition"] == condition
    assert json.loads(text)["Version"] == "2012-10-17"


def test_statement_ids_that_repeat_are_numbered_without_taking_another_ones():
    entries = [statement(sid) for sid in ("Files", "Files", "Files2", "Files", "Users")]
    sids = [entry["Sid"] for entry in json.loads(document(entries))["Statement"]]
    assert sids == ["Files", "Files3", "Files2", "Files4", "Users"]


@pytest.mark.parametrize(("element", "word"), [("actions", "action"), ("resources", "resource")])
def test_a_statement_that_names_nothing_is_refused(element, word):
    with pytest.raises(ModelError, match=f"'Files' names no {word}; AWS takes at least 1"):
        statement(**{element: ()})


@pytest.mark.parametrize(("excess", "fits"), [(0, True), (1, False)])
def test_a_managed_policy_holds_6144_characters(excess, fits):
    fixed = len(document([statement("F")])) - 1
    padded = statement("F" * (MANAGED_POLICY_CHARACTERS - fixed + excess))
    policy = AccessPolicy(suffix=None, statements=(padded,))
    if fits:
        assert len(policy.document("dropify-dev-api")) == MANAGED_POLICY_CHARACTERS == 6144
    else:
        with pytest.raises(ModelError, match=r"'dropify-dev-api': 6,145 characters.*6,144"):
            policy.document("dropify-dev-api")
