"""What a pack or a program says cannot break a format."""

import pytest

from tablewright.operations.policy_report.formats.wording import (
    counted,
    one_line,
    short,
    subject,
    told,
)
from tablewright.operations.policy_report.report import Resource
from tests.support.policy_reports import HOSTILE, urn_of


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("as it is: é 表 {x}", "as it is: é 表 {x}"),
        (" two\r\n  lines\t", "two lines"),
        ("\x1b[31mred\x00", "\\x1b[31mred\\x00"),
        ("half \ud800, none \uffff", "half \\ud800, none \\uffff"),
        ("turned \u202e", "turned \\u202e"),
    ],
)
def test_a_text_becomes_one_line_that_prints(text, line):
    assert one_line(text) == line
    assert one_line(line) == line


def test_a_resource_is_named_by_type_and_logical_name():
    assert subject(urn_of("prod")) == "aws:dynamodb/table:Table 'files'"
    assert short(urn_of("prod", name="a::b")) == "a::b"
    assert subject(None) == short(None) == "the whole stack"


@pytest.mark.parametrize("urn", ["", "files", "a::b", "a::b::c", HOSTILE])
def test_what_is_no_urn_is_named_as_it_is(urn):
    assert Resource(urn=urn).type == ""
    assert Resource(urn=urn).name == urn


def test_a_finding_without_id_or_message_has_no_colon():
    assert told("table", "is off") == "table: is off"
    assert told("table", "") == told("", "table") == "table"


def test_a_number_has_its_noun():
    assert [counted(1, "time"), counted(0, "time")] == ["1 time", "0 times"]
    assert counted(2, "policy", "policies") == "2 policies"
