"""People see every difference whole, on any console."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from tablewright.operations.verify import Check, Report, Status


def check(status, *, resource="table files", name="tags", expected="a", actual="b"):
    return Check(resource=resource, property=name, expected=expected, actual=actual, status=status)


def printed(report, *, width, terminal):
    file = StringIO()
    Console(file=file, width=width, force_terminal=terminal, color_system=None).print(
        report.render()
    )
    return file.getvalue()


PIPED = {"width": 80, "terminal": False}
WIDE_PIPE = {"width": 200, "terminal": False}
NARROW = {"width": 119, "terminal": True}
WIDE = {"width": 120, "terminal": True}
PATH = "parameter /dropify-local/tables/of-a-group-with-a-long-name/files-table-name"
CHANGED = check(
    Status.DIFFERENT, resource=PATH, name="value", expected="dropify-local-files", actual="other"
)
GRANTS = (
    "+ Allow * on *",
    "- Allow dynamodb:GetItem, dynamodb:Query on arn:aws:dynamodb:us-east-1:123456789012:table/f",
)


@pytest.mark.parametrize("console", [PIPED, WIDE_PIPE, NARROW])
def test_a_difference_is_one_whole_line_where_a_table_has_no_place(console):
    assert printed(Report((CHANGED, check(Status.EQUAL))), **console).splitlines() == [
        f"different  {PATH}  value: declared dropify-local-files, deployed other"
    ]


def test_a_wide_terminal_shows_a_table_that_loses_nothing():
    text = printed(Report((CHANGED,)), **WIDE)
    assert "┏" in text
    letters = "".join(cell.strip() for cell in text.split("│") + text.split("┃"))
    assert "…" not in text
    for fact in ("different", "value", "dropify-local-files", "other"):
        assert fact in text
    assert "files-table-name" in letters


@pytest.mark.parametrize("console", [PIPED, NARROW, WIDE])
def test_a_wrong_access_policy_shows_only_what_is_granted_too_much_or_too_little(console):
    wrong = Check(
        resource="managed policy p",
        property="document",
        expected="long",
        actual="longer",
        status=Status.DIFFERENT,
        details=GRANTS,
    )
    assert printed(Report((wrong,)), **console).splitlines() == [
        "different  managed policy p  document:",
        *(f"  {line}" for line in GRANTS),
    ]
    assert "details" not in wrong.as_dict()


@pytest.mark.parametrize("console", [PIPED, WIDE])
def test_what_is_not_reported_is_one_line_below(console):
    checks = [
        *(check(Status.NOT_REPORTED, name=name, resource=table) for table in "ab" for name in "xy"),
        check(Status.NOT_REPORTED, name="maxima (read, write)"),
    ]
    assert printed(Report(tuple(checks)), **console).splitlines() == [
        "Not reported by this endpoint: x, y (2 resources each); maxima (1 resource)"
    ]


@pytest.mark.parametrize(
    ("status", "actual", "line"),
    [
        (Status.MISSING, None, "missing  table files  tags: declared a, deployed -"),
        (
            Status.DIFFERENT,
            {"[red]": "you"},
            'different  table files  tags: declared a, deployed {"[red]": "you"}',
        ),
        (Status.DIFFERENT, "x\n\x1b[1m", '"x\\n\\u001b[1m"'),
        (Status.UNREADABLE, "not allowed", "unreadable  table files  tags: not allowed"),
    ],
)
def test_a_line_says_what_is_there_in_one_line(status, actual, line):
    [only] = printed(Report((check(status, actual=actual),)), **PIPED).splitlines()
    assert only.endswith(line)
