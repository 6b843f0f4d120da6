"""The text for a terminal tells everything once, and stays readable for several stacks."""

from dataclasses import replace
from io import StringIO

from rich.console import Console

from tablewright.operations.policy_report.formats import text
from tablewright.operations.policy_report.report import PolicyReport
from tablewright.operations.terminal import print_text
from tests.support.policy_reports import dev, hostile, prod, urn_of


def printed(*reports, width=80, terminal=False):
    file = StringIO()
    console = Console(file=file, width=width, color_system=None, force_terminal=terminal)
    for part in (text.findings(reports), text.verdicts(reports)):
        print_text(console, part)
    return file.getvalue()


def section(title, *reports):
    """Return the lines of a section."""
    lines = printed(*reports).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(title))
    return lines[start : lines.index("", start)]


def test_what_stops_a_deployment_is_told_in_full_worst_first():
    assert section("prod: 5", dev(), prod()) == [
        "prod: 5 mandatory findings",
        "  critical no-admin: What no-admin demands.",
        "    aws:iam/policy:Policy 'api': statement: '*' on '*'",
        "    To change: Set what no-admin names.",
        "    See https://docs.example.com/no-admin",
        "  high     pitr: What pitr demands.",
        (
            "    aws:dynamodb/table:Table 'files' (components/table.py:12): table: pitr is off; "
            "turn it on"
        ),
        "    aws:dynamodb/table:Table 'files' (components/table.py:12): table: pitr is off twice",
        "    To change: Set what pitr names.",
        "    See https://docs.example.com/pitr",
        "  medium   consumers: What consumers demands.",
        "    the whole stack: none: nobody reads",
        "    aws:dynamodb/table:Table 'users': stream: no reader",
        "    To change: Set what consumers names.",
        "    See https://docs.example.com/consumers",
    ]


def test_what_is_said_of_several_resources_in_the_same_words_is_told_once():
    first, twice, *_ = prod().violations
    same = (replace(first, urn=urn_of("prod", name="users")), first, twice)
    assert section("prod: 3", replace(prod(), violations=same))[2:5] == [
        "    table: pitr is off; turn it on",
        (
            "      2 resources: aws:dynamodb/table:Table 'users', "
            "aws:dynamodb/table:Table 'files' (components/table.py:12)"
        ),
        "    aws:dynamodb/table:Table 'files' (components/table.py:12): table: pitr is off twice",
    ]


def test_a_terminal_shows_long_lines_wrapped_with_whole_words():
    piped, shown = printed(prod()), printed(prod(), terminal=True, width=40)
    assert shown.split() == piped.split()
    assert (
        "    aws:dynamodb/table:Table 'files'\n"
        "      (components/table.py:12): table:\n"
        "      pitr is off; turn it on\n"
    ) in shown
    assert all(len(line) <= 40 or " " not in line.strip() for line in shown.splitlines())


def test_advice_of_all_stacks_is_told_once_with_counts_and_resources():
    assert section("Advisory", dev(), prod()) == [
        "Advisory: 4 findings of 1 policy",
        "  medium   ceiling: 4 findings",
        "    none: there is no maximum; set one",
        "      dev 2, prod 2: files, users",
        "    To change: Set what ceiling names.",
        "    See https://docs.example.com/ceiling",
    ]


def test_what_could_not_run_is_told_by_how_strict_it_is_meant_to_be():
    assert section("policy-was-evaluated", dev(), prod()) == [
        "policy-was-evaluated: could not run, which stops a deployment",
        "  high     exports: 1 time: arn is unknown",
        "    prod 1: the whole stack",
        "  low      tags: 1 time: tags are unknown",
        "    prod 1: users",
    ]
    assert section("Could not run, advisory", dev(), prod())[1:] == [
        "  high     exports: 1 time: arn is unknown",
        "    dev 1: the whole stack",
    ]


def test_every_use_of_a_waiver_is_told():
    assert section("Waivers", dev(), prod()) == [
        "Waivers used: 1",
        "  high     pitr: prod: aws:dynamodb/table:Table 'users'",
        "    replica: accepted until 2027-03-31 by data (a copy of a copy): off",
    ]


def test_what_was_remediated_is_told():
    assert section("Remediated", dev(), prod())[1:] == [
        "  low      tags: 1 resource: tags, tagsAll",
        "    prod 1: files",
    ]


def test_a_stack_ends_in_one_line():
    assert printed(dev(), prod()).splitlines()[-2:] == [
        (
            "dev: accepted: 0 mandatory, 2 advisory, 1 not run, 0 waived, 0 remediated, 0 disabled "
            "(8 policies on 3 resources)"
        ),
        (
            "prod: NOT accepted: 5 mandatory, 2 advisory, 2 not run, 1 waived, 1 remediated, "
            "1 disabled (8 policies on 3 resources)"
        ),
    ]


def test_a_stack_without_findings_is_one_line():
    assert printed(PolicyReport(stack="clean", pack="pack")).splitlines() == [
        (
            "clean: accepted: 0 mandatory, 0 advisory, 0 not run, 0 waived, 0 remediated, "
            "0 disabled (0 policies on 0 resources)"
        )
    ]


def test_hostile_texts_neither_break_a_line_nor_reach_the_terminal():
    written = printed(hostile())
    assert "\x1b" not in written
    assert "\x00" not in written
    assert all(line.isprintable() for line in written.split("\n"))
    assert len(written.splitlines()) == len(printed(hostile(), width=500).splitlines())
    assert "[bold]" in written
