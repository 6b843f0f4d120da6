"""What an access policy allows is read as IAM reads it: wildcards, any case, NotAction."""

import time

import pytest

from rules.iam.arns import matches
from rules.iam.granted import allowed, may_overlap, told
from rules.iam.statements import Statement

SCAN = "dynamodb:Scan"


@pytest.mark.parametrize(
    ("pattern", "text", "covered"),
    [
        ("dynamodb:Scan", "dynamodb:Scan", True),
        ("dynamodb:Scan", "dynamodb:Scans", False),
        ("*", "", True),
        ("", "", True),
        ("", "a", False),
        ("a*", "a", True),
        ("a?", "a", False),
        ("a?c", "abc", True),
        ("*b*d", "abcd", True),
        ("*b*d", "abcde", False),
        ("a*b*c", "a-b-b-c", True),
        ("table/[ab]", "table/a", False),
        ("table/*", "table/x/index/y", True),
        ("shared-*", "shared-*", True),
        ("shared-?", "shared-*", False),
    ],
)
def test_a_pattern_covers_what_iam_says(pattern, text, covered):
    assert matches(pattern, text) is covered


def test_a_hostile_pattern_takes_no_time():
    start = time.process_time()
    assert not matches("*a" * 20_000, "a" * 200 + "b")
    assert not matches("*" * 100_000 + "x", "a" * 200)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("table/a", "table/a", True),
        ("table/a", "table/b", False),
        ("table/*", "table/b", True),
        ("table/b", "table/?", True),
        ("table/a*", "table/*b", True),
        ("table/a*", "table/b*", False),
        ("table/${aws:username}", "table/a", True),
    ],
)
def test_two_resources_overlap_in_doubt(one, other, overlap):
    assert may_overlap(one, other) is overlap
    assert may_overlap(other, one) is overlap


@pytest.mark.parametrize(
    ("elements", "element"),
    [
        ({"actions": ("dynamodb:Scan",)}, "dynamodb:Scan"),
        ({"actions": ("DynamoDB:sCAN",)}, "DynamoDB:sCAN"),
        ({"actions": ("dynamodb:Query", "dynamodb:S*")}, "dynamodb:S*"),
        ({"actions": ("*",)}, "*"),
        ({"actions": ("dynamodb:Scan?",)}, None),
        ({"not_actions": ("dynamodb:Query",)}, "NotAction"),
        ({"not_actions": ("DYNAMODB:*",)}, None),
        ({"actions": ("dynamodb:Scan",), "effect": "Deny"}, None),
    ],
)
def test_an_action_is_allowed_by_an_element(elements, element):
    statement = Statement(**{"label": "statement 1", "effect": "Allow", **elements})
    assert allowed(statement, (SCAN,)).get(SCAN) == element


TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table/dropify-prod-files"


@pytest.mark.parametrize("elements", [{"actions": ("*",)}, {"not_actions": ("s3:GetObject",)}])
@pytest.mark.parametrize(
    ("resources", "reached"),
    [
        ((TABLE,), [SCAN]),
        ((TABLE, "arn:aws:KMS:us-east-1:123456789012:key/a"), [SCAN, "kms:Decrypt"]),
        (("arn:aws:s3:::files",), []),
        (("*",), [SCAN, "kms:Decrypt"]),
        (("arn:aws:*",), [SCAN, "kms:Decrypt"]),
        (("arn:aws:${aws:PrincipalTag/service}:us-east-1:1:table/a",), [SCAN, "kms:Decrypt"]),
        ((), [SCAN, "kms:Decrypt"]),
    ],
)
def test_what_is_not_spelt_out_is_of_the_services_that_the_resources_are_of(
    elements, resources, reached
):
    statement = Statement(label="statement 1", effect="Allow", resources=resources, **elements)
    assert list(allowed(statement, (SCAN, "kms:Decrypt"))) == reached


def test_what_is_spelt_out_counts_on_any_resource():
    statement = Statement(
        label="statement 1", effect="Allow", actions=("kms:Decrypt",), resources=(TABLE,)
    )
    assert list(allowed(statement, (SCAN, "kms:Decrypt"))) == ["kms:Decrypt"]


def test_a_recovery_point_of_aws_backup_may_have_the_arn_of_a_table_s_backup():
    statement = Statement(
        label="statement 1", effect="Allow", actions=("backup:*",), resources=(f"{TABLE}/backup/1",)
    )
    assert list(allowed(statement, ("backup:DeleteRecoveryPoint", SCAN))) == [
        "backup:DeleteRecoveryPoint"
    ]


def test_messages_say_by_what_an_action_is_allowed():
    assert told({SCAN: "dynamodb:scan"}) == SCAN
    assert told({SCAN: "*", "iam:PassRole": "NotAction"}) == (
        "dynamodb:Scan (by '*'), iam:PassRole (by 'NotAction')"
    )
