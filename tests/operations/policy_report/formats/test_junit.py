"""JUnit's XML has a case for each policy and resource, and fails for what stops a deployment."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from tablewright.operations.policy_report.formats import junit
from tablewright.operations.policy_report.report import Remediated
from tests.support.policy_reports import ROLE, dev, hostile, prod, urn_of

FILES, USERS, API = (
    "aws:dynamodb/table:Table 'files'",
    "aws:dynamodb/table:Table 'users'",
    "aws:iam/policy:Policy 'api'",
)
STACK = "the whole stack"
NOT_JUDGED = "what it does not judge"


def parsed(*reports):
    # What is parsed is what this test had written.
    return ET.fromstring(junit.render(reports))  # noqa: S314


def cases(report):
    [suite] = parsed(report)
    return {(each.get("classname"), each.get("name")): each for each in suite.iter("testcase")}


@pytest.mark.parametrize(
    ("policy", "name", "kind", "message"),
    [
        ("pitr", FILES, "failure", "mandatory: table: pitr is off; turn it on (and 1 more)"),
        ("no-admin", API, "failure", "mandatory: statement: '*' on '*'"),
        ("consumers", STACK, "failure", "mandatory: none: nobody reads"),
        ("consumers", USERS, "failure", "mandatory: stream: no reader"),
        ("tags", USERS, "failure", "remediate: could not run: tags are unknown"),
        ("exports", STACK, "failure", "mandatory: could not run: arn is unknown"),
        ("ceiling", FILES, "skipped", "advisory: none: there is no maximum; set one"),
        (
            "pitr",
            USERS,
            "skipped",
            "waived: replica: accepted until 2027-03-31 by data (a copy of a copy): off",
        ),
        ("window", STACK, "skipped", "disabled"),
        ("replicas", NOT_JUDGED, "skipped", "not applicable: 3 of 3 resources"),
        ("pitr", NOT_JUDGED, "skipped", "not applicable: 1 of 3 resources"),
    ],
)
def test_a_case_fails_or_is_skipped_with_the_reason(policy, name, kind, message):
    [told] = cases(prod())[f"prod.{policy}", name].findall(kind)
    assert told.get("message") == message


@pytest.mark.parametrize(("policy", "name"), [("tags", FILES), ("tags", API)])
def test_what_is_kept_passes(policy, name):
    case = cases(prod())[f"prod.{policy}", name]
    assert case.find("failure") is None
    assert case.find("skipped") is None


def test_what_a_policy_does_not_judge_is_one_case():
    assert [name for policy, name in cases(prod()) if policy == "prod.replicas"] == [NOT_JUDGED]
    assert [name for policy, name in cases(prod()) if policy == "prod.pitr"] == [
        FILES,
        USERS,
        NOT_JUDGED,
    ]


def test_a_policy_that_judges_no_stack_at_all_is_skipped_for_it():
    report = replace(dev(), not_applicable=frozenset({("consumers", "")}))
    [told] = cases(report)["dev.consumers", NOT_JUDGED].findall("skipped")
    assert told.get("message") == "not applicable"


def test_a_finding_of_what_a_policy_does_not_judge_is_kept():
    changed = Remediated(policy="pitr", urn=urn_of("prod", ROLE, "api"), properties=("x",))
    case = cases(replace(prod(), remediated=(changed,)))["prod.pitr", API]
    assert case.find("system-out").text == "remediated: x"


def test_a_stack_policy_that_found_nothing_passes_once():
    found = [name for policy, name in cases(dev()) if policy == "dev.consumers"]
    assert found == [STACK]


def test_a_failure_says_everything_and_what_to_change():
    failure = cases(prod())["prod.pitr", FILES].find("failure")
    assert failure.get("type") == "high"
    assert failure.text.splitlines() == [
        "mandatory: table: pitr is off; turn it on",
        "mandatory: table: pitr is off twice",
        "To change: Set what pitr names.",
        "See https://docs.example.com/pitr",
    ]


def test_advice_is_shown_and_turns_nothing_red():
    root = parsed(dev())
    assert root.get("failures") == "0"
    case = cases(dev())["dev.ceiling", FILES]
    assert case.find("system-out").text.splitlines()[:2] == [
        "advisory: none: there is no maximum; set one",
        "To change: Set what ceiling names.",
    ]
    unknown = cases(dev())["dev.exports", STACK].find("skipped")
    assert unknown.get("message") == "advisory: could not run: arn is unknown"


def test_a_remediated_resource_says_so():
    assert cases(prod())["prod.tags", FILES].find("system-out").text == "remediated: tags, tagsAll"


def test_a_case_names_the_line_that_declares_its_resource():
    case = cases(prod())["prod.pitr", FILES]
    assert (case.get("file"), case.get("line")) == ("components/table.py", "12")
    assert cases(prod())["prod.pitr", USERS].get("file") is None


def test_the_numbers_are_those_of_the_cases():
    root = parsed(dev(), prod())
    assert [suite.get("name") for suite in root] == ["pack: dev", "pack: prod"]
    for suite in (root, *root):
        for number, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
            assert int(suite.get(number)) == len(list(suite.iter(tag)))
    assert root[1].get("failures") == "6"
    properties = {each.get("name"): each.get("value") for each in root[1].iter("property")}
    assert properties["mandatory"] == "5"


def test_hostile_texts_are_xml():
    root = parsed(hostile())
    assert junit.render([hostile()]).isascii()
    messages = [each.get("message") for each in root.iter("failure")]
    assert messages
    assert all("\\x00" in message and "<b>" in message for message in messages)
