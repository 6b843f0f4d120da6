"""ARNs by their parts, and what wildcards and variables make of them."""

import pytest

from rules.iam.arns import (
    Arn,
    TablePart,
    arn_of,
    filled_in,
    has_wildcard,
    is_any_service,
    table_part_of,
)

FILES = "arn:aws:dynamodb:us-east-1:123456789012:table/files"


@pytest.mark.parametrize(
    ("text", "arn"),
    [
        (FILES, Arn("aws", "dynamodb", "us-east-1", "123456789012", "table/files")),
        ("arn:aws:sns:r:1:topic:sub", Arn("aws", "sns", "r", "1", "topic:sub")),
        ("arn:*:*:*:*:*", Arn("*", "*", "*", "*", "*")),
        ("arn:aws:dynamodb:us-east-1:table/files", None),
        ("urn:aws:dynamodb:us-east-1:1:table/files", None),
        ("*", None),
        ("", None),
    ],
)
def test_an_arn_has_six_parts(text, arn):
    assert arn_of(text) == arn


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (FILES, TablePart("files", "table")),
        (f"{FILES}/index/byOwner", TablePart("files", "index", "byOwner")),
        (
            f"{FILES}/stream/2026-01-01T00:00:00",
            TablePart("files", "stream", "2026-01-01T00:00:00"),
        ),
        (f"{FILES}/index/*", TablePart("files", "index", "*")),
        (f"{FILES}/", None),
        ("arn:aws:dynamodb:us-east-1:1:table/", None),
        ("arn:aws:dynamodb::1:global-table/files", None),
        ("arn:aws:ssm:us-east-1:1:table/files", None),
        ("files", None),
    ],
)
def test_an_arn_of_dynamodb_names_a_table_or_what_is_below_it(text, part):
    assert table_part_of(text) == part


@pytest.mark.parametrize("text", ["*", "**", "?*", "arn:*", "arn:aws:*", "arn:aws:dynam*", "a?n:b"])
def test_a_pattern_is_of_any_service_until_the_service_is_written_out(text):
    assert is_any_service(text)


@pytest.mark.parametrize("text", [FILES, "arn:aws:dynamodb:*", f"{FILES}/*", "", "arn:aws:s3"])
def test_a_pattern_after_the_service_is_held_to_it(text):
    assert not is_any_service(text)


def test_variables_are_filled_in_and_are_no_wildcards():
    assert filled_in("a/${aws:username}/${*}", "x") == "a/x/x"
    assert filled_in("a/${open", "x") == "a/${open"
    assert filled_in(r"${a}", r"\1") == r"\1"


def test_asterisks_and_question_marks_are_wildcards():
    assert [text for text in ("a", "a*", "?", "[a]") if has_wildcard(text)] == ["a*", "?"]
