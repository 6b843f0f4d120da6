"""SARIF keeps the standard, names every line that is known, and tells results apart."""

import json
from dataclasses import replace

import jsonschema
import pytest

from tablewright.operations.policy_report.formats import sarif
from tablewright.operations.policy_report.policy import Level, Severity
from tablewright.operations.policy_report.report import Resource, Violation
from tablewright.recorder.registration import SourcePosition
from tests.support.policy_reports import HOSTILE, ROLE, dev, hostile, prod, urn_of
from tests.support.sarif_schema import SARIF


def log(*reports):
    return json.loads(sarif.render(reports))


def run_of(report):
    [run] = log(report)["runs"]
    return run


def results(report, policy):
    return [each for each in run_of(report)["results"] if each["ruleId"] == policy]


def rule(report, policy):
    [found] = [each for each in run_of(report)["tool"]["driver"]["rules"] if each["id"] == policy]
    return found


of_reports = pytest.mark.parametrize(
    "reports", [(), (dev(),), (dev(), prod()), (hostile(),)], ids=["none", "dev", "both", "hostile"]
)


@of_reports
def test_a_log_keeps_the_schema(reports):
    jsonschema.Draft202012Validator.check_schema(SARIF)
    jsonschema.validate(log(*reports), SARIF, cls=jsonschema.Draft202012Validator)
    assert sarif.render(reports).isascii()


@of_reports
def test_what_refers_to_a_rule_finds_it(reports):
    for run in log(*reports)["runs"]:
        rules = [each["id"] for each in run["tool"]["driver"]["rules"]]
        notes = run["invocations"][0]["toolExecutionNotifications"]
        named = [(each["ruleId"], each["ruleIndex"]) for each in run["results"]]
        named += [(each["associatedRule"]["id"], each["associatedRule"]["index"]) for each in notes]
        assert all(rules[index] == name for name, index in named)


def test_each_stack_is_a_run_of_a_category_of_its_own():
    runs = log(dev(), prod())["runs"]
    assert [run["automationDetails"]["id"] for run in runs] == ["pack/dev/", "pack/prod/"]


def test_a_rule_carries_its_metadata():
    found = rule(prod(), "pitr")
    assert found["helpUri"] == "https://docs.example.com/pitr"
    assert found["help"] == {
        "text": "Set what pitr names.",
        "markdown": "Set what pitr names. [More](https://docs.example.com/pitr)",
    }
    assert found["properties"]["security-severity"] == "8.0"
    assert found["properties"]["tags"][:2] == ["security", "security-hub:DynamoDB.2"]
    assert found["defaultConfiguration"] == {"enabled": True, "level": "error"}
    assert rule(prod(), "window")["defaultConfiguration"] == {"enabled": False, "level": "warning"}
    assert rule(dev(), "tags")["defaultConfiguration"] == {"enabled": True, "level": "note"}


def test_a_tag_is_given_once():
    policy = replace(prod().policies[0], tags=("a", "security", "a"))
    found = rule(replace(prod(), policies=(policy,)), "pitr")
    assert found["properties"]["tags"] == ["security", "a"]


@pytest.mark.parametrize("url", [HOSTILE, "https://[bad", "javascript:x", ""])
def test_what_is_no_address_is_no_link(url):
    policies = (replace(prod().policies[0], url=url),)
    assert "helpUri" not in rule(replace(prod(), policies=policies), "pitr")


def test_the_level_follows_what_stops_a_deployment_and_severity():
    assert [each["level"] for each in results(prod(), "pitr")[:2]] == ["error", "error"]
    assert {each["level"] for each in results(prod(), "ceiling")} == {"warning"}
    low = replace(dev(), violations=(replace(dev().violations[0], policy="tags"),))
    assert [each["level"] for each in results(low, "tags")] == ["note"]


def test_a_policy_that_could_not_run_is_a_result_of_the_gate():
    [first, second] = results(prod(), "policy-was-evaluated")
    assert first["message"]["text"] == (
        "aws:dynamodb/table:Table 'users': policy 'tags' could not run: tags are unknown"
    )
    assert (first["level"], second["level"]) == ("error", "error")
    [advised] = results(dev(), "policy-was-evaluated")
    assert advised["level"] == "warning"
    assert run_of(dev())["invocations"][0]["executionSuccessful"]
    assert not run_of(prod())["invocations"][0]["executionSuccessful"]


def test_a_result_is_at_the_line_that_declares_its_resource():
    [location] = results(prod(), "pitr")[0]["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "components/table.py", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 12},
    }
    assert location["logicalLocations"] == [
        {"name": "files", "fullyQualifiedName": urn_of("prod"), "kind": "resource"}
    ]


def test_a_result_without_line_is_at_the_level_file():
    stack, user = results(prod(), "consumers")
    for result in (stack, user):
        [location] = result["locations"]
        file = location["physicalLocation"]["artifactLocation"]["uri"]
        assert file == "policies/levels/prod.json"
    assert "logicalLocations" not in stack["locations"][0]


@pytest.mark.parametrize("named", ["waivers.yaml:12: ", "policies/waivers.yaml:12: "])
def test_what_is_wrong_with_a_waiver_is_at_its_line(named):
    wrong = Violation(
        policy="waiver-hygiene",
        finding="unused",
        message=f"{named}pitr accepts nothing in prod; remove it",
        level=Level.MANDATORY,
    )
    [result] = results(replace(prod(), violations=(wrong,)), "waiver-hygiene")
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "policies/waivers.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 12},
    }
    other = replace(wrong, policy="pitr")
    [result, *_] = results(replace(prod(), violations=(other,)), "pitr")
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "policies/levels/prod.json"


@pytest.mark.parametrize(
    ("severity", "tags", "score"),
    [
        (Severity.CRITICAL, (), "9.5"),
        (Severity.HIGH, (), "8.0"),
        (Severity.MEDIUM, (), None),
        (Severity.LOW, ("remediates",), None),
        (Severity.MEDIUM, ("security-hub:DynamoDB.1",), "5.5"),
        (Severity.LOW, ("cfn-nag:W78",), "2.0"),
    ],
)
def test_only_what_is_of_security_is_graded_as_such(severity, tags, score):
    policy = replace(prod().policies[0], severity=severity, tags=tags)
    properties = rule(replace(prod(), policies=(policy,)), "pitr")["properties"]
    assert properties.get("security-severity") == score
    assert properties["tags"] == [*(["security"] if score else []), *tags]


@pytest.mark.parametrize(
    ("file", "artifact"),
    [
        ("a b/c#d:e%.py", {"uri": "a%20b/c%23d%3Ae%25.py", "uriBaseId": "%SRCROOT%"}),
        ("a\\b.py", {"uri": "a/b.py", "uriBaseId": "%SRCROOT%"}),
        ("/elsewhere/x.py", {"uri": "file:///elsewhere/x.py"}),
    ],
)
def test_a_file_is_named_as_a_uri(file, artifact):
    resource = Resource(urn=urn_of("prod"), position=SourcePosition(file=file, line=0))
    [first, *_] = results(replace(prod(), resources=(resource,)), "pitr")
    physical = first["locations"][0]["physicalLocation"]
    assert physical == {"artifactLocation": artifact, "region": {"startLine": 1}}


def test_a_waiver_suppresses_with_its_words():
    found = [each for each in run_of(prod())["results"] if "suppressions" in each]
    [waived] = found
    assert waived["ruleId"] == "pitr"
    assert waived["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "replica: accepted until 2027-03-31 by data (a copy of a copy): off",
        }
    ]


def test_what_was_remediated_is_a_note_of_the_run():
    [note] = run_of(prod())["invocations"][0]["toolExecutionNotifications"]
    assert note["associatedRule"]["id"] == "tags"
    assert note["message"]["text"] == "remediated aws:dynamodb/table:Table 'files': tags, tagsAll"


def prints(report):
    return [
        each["partialFingerprints"]["primaryLocationLineHash"] for each in run_of(report)["results"]
    ]


def test_fingerprints_tell_results_apart():
    found = prints(prod())
    assert len(set(found)) == len(found)
    first, second = found[:2]  # the same finding of the same resource
    assert first.removesuffix(":1") == second.removesuffix(":2")


def test_fingerprints_outlive_other_words_and_other_lines():
    moved = replace(prod().resources[0], position=SourcePosition(file="other.py", line=99))
    changed = replace(
        prod(),
        resources=(moved,),
        violations=tuple(replace(each, message="now different") for each in prod().violations),
    )
    assert prints(changed) == prints(prod())
    renamed = replace(prod().violations[2], urn=urn_of("prod", ROLE, "other"))
    assert prints(replace(prod(), violations=(renamed,)))[0] not in prints(prod())
