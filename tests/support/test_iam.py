"""The evaluator itself, from both sides: what it allows, what it denies, what it refuses."""

import json

import pytest

from tests.support.iam import Access, NotUnderstoodError, Request

TABLE = "arn:aws:dynamodb:eu-central-1:123456789012:table/dropify-dev-files"
INDEX = f"{TABLE}/index/fileIdIndex"
STREAM = f"{TABLE}/stream/2026-01-31T12:00:00.000"
KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OWN_KEYS = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["acme"]}}
OWN_TAG = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["T#${aws:PrincipalTag/team}"]}}
GUARD = {"Null": {"dynamodb:LeadingKeys": "false"}}
VIA_DYNAMODB = {"StringEquals": {"kms:ViaService": "dynamodb.eu-central-1.amazonaws.com"}}


def statement(**changes):
    entry = {
        "Sid": "Files",
        "Effect": "Allow",
        "Action": ["dynamodb:GetItem", "dynamodb:Query"],
        "Resource": [TABLE],
    }
    return {name: value for name, value in (entry | changes).items() if value is not None}


def access(*entries, version="2012-10-17"):
    return Access([json.dumps({"Version": version, "Statement": list(entries)})])


def keys(*values, **tags):
    principal = {f"aws:PrincipalTag/{name}": value for name, value in tags.items()}
    return {"dynamodb:LeadingKeys": values, **principal}


@pytest.mark.parametrize(
    ("entry", "request_"),
    [
        (statement(), Request("dynamodb:GetItem", TABLE)),
        (statement(), Request("dynamodb:Query", TABLE)),
        (statement(Resource=[TABLE, INDEX]), Request("dynamodb:Query", INDEX)),
        (
            statement(Action=["dynamodb:GetRecords"], Resource=[f"{TABLE}/stream/*"]),
            Request("dynamodb:GetRecords", STREAM),
        ),
        (
            statement(Action=["dynamodb:ListStreams"], Resource=["*"]),
            Request("dynamodb:ListStreams", "*"),
        ),
        (statement(Condition=OWN_KEYS), Request("dynamodb:GetItem", TABLE, keys("acme"))),
        (
            statement(Condition=OWN_TAG),
            Request("dynamodb:GetItem", TABLE, keys("T#acme", team="acme")),
        ),
        (
            statement(Action=["kms:Decrypt"], Resource=[KEY], Condition=VIA_DYNAMODB),
            Request("kms:Decrypt", KEY, {"kms:ViaService": "dynamodb.eu-central-1.amazonaws.com"}),
        ),
    ],
)
def test_what_a_statement_names_is_allowed(entry, request_):
    assert access(entry).allows(request_)


@pytest.mark.parametrize(
    ("entry", "request_"),
    [
        (statement(), Request("dynamodb:PutItem", TABLE)),
        (statement(), Request("dynamodb:Query", INDEX)),
        (statement(), Request("dynamodb:GetItem", f"{TABLE}s")),
        (statement(Resource=[INDEX]), Request("dynamodb:GetItem", INDEX)),
        (statement(Resource=[INDEX]), Request("dynamodb:GetItem", TABLE)),
        (
            statement(Action=["dynamodb:GetRecords"], Resource=[f"{TABLE}/stream/*"]),
            Request("dynamodb:GetRecords", STREAM.replace("files", "filesystem")),
        ),
        (statement(Condition=OWN_KEYS), Request("dynamodb:GetItem", TABLE, keys("acme", "other"))),
        (statement(Condition=OWN_TAG), Request("dynamodb:GetItem", TABLE, keys("T#acme"))),
        (
            statement(Condition=OWN_TAG),
            Request("dynamodb:GetItem", TABLE, keys("T#acme", team="other")),
        ),
        (
            statement(Action=["kms:Decrypt"], Resource=[KEY], Condition=VIA_DYNAMODB),
            Request("kms:Decrypt", KEY),
        ),
        (
            statement(Action=["kms:Decrypt"], Resource=[KEY], Condition=VIA_DYNAMODB),
            Request("kms:Decrypt", KEY, {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}),
        ),
    ],
)
def test_what_no_statement_names_is_denied(entry, request_):
    assert not access(entry).allows(request_)


def test_for_all_values_holds_without_a_key_until_a_null_guard_demands_one():
    bare = Request("dynamodb:GetItem", TABLE)
    assert access(statement(Condition=OWN_KEYS)).allows(bare)
    assert not access(statement(Condition=OWN_KEYS | GUARD)).allows(bare)
    assert access(statement(Condition=OWN_KEYS | GUARD)).allows(
        Request("dynamodb:GetItem", TABLE, keys("acme"))
    )


def test_null_true_demands_that_the_key_is_absent():
    absent = access(statement(Condition={"Null": {"dynamodb:LeadingKeys": "true"}}))
    assert absent.allows(Request("dynamodb:GetItem", TABLE))
    assert not absent.allows(Request("dynamodb:GetItem", TABLE, keys("acme")))


def test_what_any_of_several_policies_allows_is_allowed():
    documents = [
        json.dumps({"Version": "2012-10-17", "Statement": [statement(Action=[action])]})
        for action in ("dynamodb:GetItem", "dynamodb:PutItem")
    ]
    assert Access(documents).allows(Request("dynamodb:PutItem", TABLE))
    assert not Access([]).allows(Request("dynamodb:PutItem", TABLE))


@pytest.mark.parametrize(
    "entry",
    [
        statement(Effect="Deny"),
        statement(Action=None, NotAction=["dynamodb:GetItem"]),
        statement(Resource=None, NotResource=[TABLE]),
        statement(Principal="*"),
        statement(Sid="with-hyphen"),
        statement(Sid=None),
        statement(Action=["dynamodb:*"]),
        statement(Action=["dynamodb:Get*"]),
        statement(Action=["dynamodb:getitem"]),
        statement(Action="dynamodb:GetItem"),
        statement(Action=[]),
        statement(Resource=[]),
        statement(Resource=["*"]),
        statement(Resource=[TABLE, "*"]),
        statement(Resource=[f"{TABLE}*"]),
        statement(Resource=[f"{TABLE}/index/*"]),
        statement(Resource=[TABLE.replace("files", "*") + "/stream/*"]),
        statement(Resource=[TABLE.replace("123456789012", "*")]),
        statement(Resource=["arn:aws:s3:::bucket"]),
        statement(Action=["dynamodb:ListStreams"]),
        statement(Action=["dynamodb:ListStreams", "dynamodb:GetItem"], Resource=["*"]),
        statement(Condition={"StringLike": {"kms:ViaService": "dynamodb.*"}}),
        statement(Condition={"ForAnyValue:StringEquals": {"dynamodb:LeadingKeys": ["a"]}}),
        statement(Condition={"StringEquals": {"aws:SourceIp": "127.0.0.1"}}),
        statement(Condition={"StringEquals": {"dynamodb:LeadingKeys": "a"}}),
        statement(Condition={"ForAllValues:StringEquals": {"kms:ViaService": ["a"]}}),
        statement(Condition={"Null": {"dynamodb:LeadingKeys": "no"}}),
        statement(
            Condition={"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:userid}"]}}
        ),
    ],
    ids=str,
)
def test_a_statement_outside_of_the_subset_is_refused(entry):
    with pytest.raises(NotUnderstoodError):
        access(entry)


def test_a_document_outside_of_the_subset_is_refused():
    for refused in (
        lambda: access(statement(), version="2008-10-17"),
        lambda: access(statement(), statement()),
        access,
    ):
        with pytest.raises(NotUnderstoodError):
            refused()


@pytest.mark.parametrize(
    ("action", "resource", "context"),
    [
        ("dynamodb:Unheard", TABLE, {}),
        ("dynamodb:GetItem", f"{TABLE}*", {}),
        ("dynamodb:GetRecords", f"{TABLE}/stream/*", {}),
        ("dynamodb:GetItem", TABLE, {"aws:SourceIp": "127.0.0.1"}),
        ("dynamodb:GetItem", TABLE, {"dynamodb:LeadingKeys": "acme"}),
    ],
)
def test_a_request_outside_of_the_subset_is_refused(action, resource, context):
    with pytest.raises(NotUnderstoodError):
        Request(action, resource, context)
