"""The summary of a CI job is Markdown that shows every text as it is."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from tablewright.operations.policy_report.formats import markdown
from tests.support.policy_reports import HOSTILE, dev, hostile, prod, urn_of

LINES = markdown.render([dev(), prod()]).splitlines()


def row(*cells):
    return f"| {' | '.join(cells)} |"


@pytest.mark.parametrize(
    "line",
    [
        "## Policies: 1 of 2 stacks accepted",
        row("dev", "accepted", "0", "2", "1", "0", "0", "0"),
        row("prod", "**not accepted**", "5", "2", "2", "1", "1", "1"),
        "### prod: what stops the deployment",
        row("critical", "no-admin", "aws:iam/policy:Policy 'api'", "", r"statement: '\*' on '\*'"),
        row(
            "high",
            "pitr",
            "aws:dynamodb/table:Table 'files'",
            "components/table.py:12",
            "table: pitr is off; turn it on",
        ),
        row("medium", "consumers", "the whole stack", "", "none: nobody reads"),
        "- **pitr**: Set what pitr names. ([more](https://docs.example.com/pitr))",
        "### policy-was-evaluated: could not run, which stops a deployment",
        row("low", "tags", "prod 1", "users", "tags are unknown"),
        "<details><summary>Advisory: 4 findings</summary>",
        row(
            "medium",
            "ceiling",
            "dev 2, prod 2",
            "files, users",
            "none: there is no maximum; set one",
        ),
        "### Could not run, advisory",
        row("high", "exports", "dev 1", "the whole stack", "arn is unknown"),
        "### Waivers used",
        row(
            "prod",
            "pitr",
            "aws:dynamodb/table:Table 'users'",
            "replica: accepted until 2027-03-31 by data (a copy of a copy): off",
        ),
        "### Remediated before it was judged",
        row("low", "tags", "prod 1", "files", "tags, tagsAll"),
    ],
)
def test_the_summary_tells(line):
    assert LINES.count(line) == 1


def test_what_is_said_of_several_resources_in_the_same_words_is_one_row():
    first, *_ = prod().violations
    other = replace(first, urn=urn_of("prod", name="users"))
    lines = markdown.render([replace(prod(), violations=(first, other))]).splitlines()
    resources = "aws:dynamodb/table:Table 'files'<br>aws:dynamodb/table:Table 'users'"
    said = "table: pitr is off; turn it on"
    assert row("high", "pitr", resources, "components/table.py:12<br>", said) in lines


def test_an_accepted_stack_has_no_section_of_what_stops_it():
    assert "stops" not in markdown.render([dev()])


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("CKV_AWS_28 has point_in_time_recovery", "CKV_AWS_28 has point_in_time_recovery"),
        ("_x_ __y__", r"\_x\_ \_\_y\_\_"),
        ("a|b\nc", r"a\|b c"),
    ],
)
def test_only_what_markdown_would_read_is_escaped(text, escaped):
    assert markdown.escape(text) == escaped


@pytest.mark.parametrize("text", ["_x_ a|b", "index/*, ${aws:x}, <b>, ~~y~~, [l](u), `c`, \\."])
def test_markdown_shows_a_text_as_it_is(text):
    [inline] = MarkdownIt().enable("strikethrough").parseInline(markdown.escape(text))
    assert "".join(token.content for token in inline.children) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("set `a_*[b]`, not *c*", r"set `a_*[b]`, not \*c\*"),
        ("one ` alone, ``two``", r"one \` alone, \`\`two\`\`"),
        ("``x`", r"\`\`x\`"),
        ("`a|b`", r"\`a\|b\`"),
    ],
)
def test_code_in_metadata_stays_code(text, shown):
    assert markdown.prose(text) == shown


def test_what_to_change_is_told_once_a_policy():
    [first, second] = dev().violations
    twice = replace(dev(), violations=(first, replace(second, finding="other")))
    assert markdown.render([twice]).count("- **ceiling**") == 1


@pytest.mark.parametrize("url", ["javascript:x", "https://x y", "https://x)[", "http://\ud800", ""])
def test_what_is_no_plain_address_is_not_linked(url):
    assert not markdown.link("more", url).startswith("[")


def test_hostile_texts_stay_in_their_cells():
    tokens = MarkdownIt().enable("table").parse(markdown.render([hostile()]))
    shown = markdown.escape(HOSTILE)
    rows, cells = 0, 0
    for token in tokens:
        rows += token.type == "tr_open"
        cells += token.type in {"td_open", "th_open"}
        if token.type == "inline" and token.content == shown:
            assert {child.type for child in token.children} <= {"text", "text_special"}
    # The verdict; two mandatory findings, each of two resources; one not run; two groups of
    # advice; one use of a waiver; one remediation; each table with its head.
    assert rows == 6 + 1 + 2 + 1 + 2 + 1 + 1
    assert cells == 2 * 8 + 3 * 5 + 2 * 5 + 3 * 5 + 2 * 4 + 2 * 5
