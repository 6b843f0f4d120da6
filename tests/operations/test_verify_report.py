"""Documents are compared by what they grant; reports count it, and tell it to machines."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from tablewright.operations.verify import Check, Report, Status
from tablewright.operations.verify.documents import difference, difference_lines, grants_of


def statement(actions, resources, **more):
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


def body(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


TENANT = {"StringEquals": {"dynamodb:LeadingKeys": ["a", "b"]}}
TENANT_AGAIN = {"StringEquals": {"dynamodb:LeadingKeys": ["b", "a"]}}
DOCUMENT = body(
    statement(["GetItem", "PutItem"], ["t", "u"], Sid="One"),
    statement("Query", "t", Condition=TENANT),
)


@pytest.mark.parametrize(
    "other",
    [
        json.dumps(DOCUMENT),
        quote(json.dumps(DOCUMENT)),
        body(
            statement(
                "Query", ["t"], Condition={"StringEquals": {"dynamodb:LeadingKeys": ["b", "a"]}}
            ),
            statement("PutItem", ["u", "t"], Sid="Other"),
            statement(["GetItem"], "t"),
            statement(["GetItem"], "u"),
        ),
    ],
)
def test_documents_that_grant_the_same_are_equal(other):
    assert grants_of(other) == grants_of(DOCUMENT)


@pytest.mark.parametrize(
    "other",
    [
        body(*DOCUMENT["Statement"], statement("Scan", "t")),
        body(DOCUMENT["Statement"][0], statement("Query", "t")),
        body(DOCUMENT["Statement"][0], statement("Query", "t", Condition={"Null": {"x": "y"}})),
        body(statement(["GetItem", "PutItem"], "t"), DOCUMENT["Statement"][1]),
        body({**DOCUMENT["Statement"][0], "Effect": "Deny"}, DOCUMENT["Statement"][1]),
        body({"Effect": "Allow", "NotAction": "Scan", "Resource": ["t", "u"]}),
        {"Version": "2012-10-17"},
    ],
)
def test_documents_that_grant_something_else_are_not(other):
    assert grants_of(other) != grants_of(DOCUMENT)


def test_a_difference_names_only_what_one_side_grants():
    more = body(*DOCUMENT["Statement"], statement("Scan", "t"))
    assert difference(grants_of(DOCUMENT), grants_of(more)) == ("", "Allow Scan on t")


def test_a_difference_of_grants_is_a_line_a_resource():
    stars = body(statement("*", "*"), statement("PutItem", ["u", "t"]))
    condition = '{"Condition": {"StringEquals": {"dynamodb:LeadingKeys": ["a", "b"]}}}'
    assert difference_lines(grants_of(DOCUMENT), grants_of(stars)) == (
        "+ Allow * on *",
        "- Allow GetItem on t",
        f"- Allow Query on t with {condition}",
        "- Allow GetItem on u",
    )


def check(status, *, resource="table files", name="tags", expected="a", actual="b"):
    return Check(resource=resource, property=name, expected=expected, actual=actual, status=status)


@pytest.mark.parametrize(
    ("status", "ok"),
    [
        (Status.EQUAL, True),
        (Status.NOT_REPORTED, True),
        (Status.DIFFERENT, False),
        (Status.MISSING, False),
        (Status.UNREADABLE, False),
    ],
)
def test_only_a_difference_makes_a_report_fail(status, ok):
    assert Report((check(Status.EQUAL), check(status))).ok is ok


@pytest.mark.parametrize(
    ("more", "counted"),
    [
        ((), "1 properties of 1 resources: 1 equal"),
        (("byOwner",), "2 properties of 1 resources and 1 index: 2 equal"),
        (("byOwner", "byDay"), "3 properties of 1 resources and 2 indexes: 3 equal"),
    ],
)
def test_a_summary_counts_indexes_apart_from_what_is_deployed_by_itself(more, counted):
    indexes = (check(Status.EQUAL, resource=f"table files index {name}") for name in more)
    assert Report((check(Status.EQUAL), *indexes)).summary == counted


def test_a_report_is_json_for_machines():
    report = Report((check(Status.MISSING, actual=None), check(Status.EQUAL)))
    assert json.loads(json.dumps(report.as_dict())) == {
        "ok": False,
        "counts": {"equal": 1, "missing": 1},
        "checks": [
            {
                "resource": "table files",
                "property": "tags",
                "expected": "a",
                "actual": None,
                "status": "missing",
            },
            {
                "resource": "table files",
                "property": "tags",
                "expected": "a",
                "actual": "b",
                "status": "equal",
            },
        ],
    }
