"""`tablewright policies` as a user runs it: exit codes, what it prints, and what it writes."""

import json
import re
from datetime import UTC, datetime, timedelta

from tests.support.recording import ENVIRONMENTS, ROOT

DOCUMENTS = ROOT / "docs" / "policies.md"


def test_no_stack_of_the_project_has_a_mandatory_finding(run, capfd, tmp_path):
    files = {name: tmp_path / name for name in ("sarif", "junit", "markdown")}
    options = (part for name, path in files.items() for part in (f"--{name}", path))
    finished = run("--root", ROOT, *options, capture=capfd)
    assert finished.returncode == 0, finished.stdout
    lines = finished.stdout.splitlines()
    for environment in ENVIRONMENTS:
        (summary,) = [line for line in lines if line.startswith(f"{environment}: ")]
        assert "accepted: 0 mandatory" in summary
        assert "0 not run" in summary
        assert " 0 advisory" not in summary
    controls, outcomes = (line.split() for line in lines if line.startswith("policy "))
    assert controls[1:3] == ["Security", "Hub"]
    assert outcomes[3:] == list(ENVIRONMENTS)
    assert [line.partition(":")[0] for line in lines[-4:]] == list(ENVIRONMENTS)
    assert re.match(
        r"✓ Policies  \d+ policies on \d+ resources: 0 mandatory findings, \d+ advisory, 0 not run",
        lines[0],
    )
    assert len(json.loads(files["sarif"].read_text())["runs"]) == 4
    assert files["junit"].read_text().count("<testsuite ") == 4
    assert files["markdown"].read_text().startswith("#")


def test_a_job_summary_keeps_what_other_steps_wrote(run, capfd, tmp_path):
    summary = tmp_path / "summary.md"
    summary.write_text("# Tests\n")
    assert run("--root", ROOT, "--stack", "dev", "--markdown", summary, capture=capfd)
    written = summary.read_text()
    assert written.startswith("# Tests\n")
    assert "dev" in written


def test_a_stack_alone_is_judged_where_it_is_named(run, capfd):
    finished = run("--root", ROOT, "--stack", "prod", "--stack", "prod", capture=capfd)
    assert finished.stdout.count("prod: accepted") == 1
    assert "dev: " not in finished.stdout


def test_a_mandatory_finding_is_exit_code_1_and_says_what_to_change(run, capfd, project):
    levels = project / "policies" / "levels" / "prod.json"
    entries = json.loads(levels.read_text())
    entries["ddb-cmk-encryption"]["enforcementLevel"] = "mandatory"
    levels.write_text(json.dumps(entries))
    finished = run("--root", project, "--stack", "prod", capture=capfd)
    assert finished.returncode == 1
    assert "prod: 9 mandatory findings" in finished.stdout
    assert "tablewright:customerManagedKeyArn" in finished.stdout


def test_a_malformed_waiver_is_one_violation_with_file_and_line(run, capfd, project):
    (project / "policies" / "waivers.yaml").write_text("# one\n- {policy: ddb-pitr-enabled}\n")
    sarif = project / "report.sarif"
    finished = run("--root", project, "--stack", "dev", "--sarif", sarif, capture=capfd)
    assert finished.returncode == 1
    assert "dev: 1 mandatory finding" in finished.stdout
    assert "waivers.yaml:2: the entry lacks resource" in finished.stdout
    [result] = [
        each
        for each in json.loads(sarif.read_text())["runs"][0]["results"]
        if each["ruleId"] == "waiver-hygiene"
    ]
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "policies/waivers.yaml"
    assert physical["region"] == {"startLine": 2}


def test_a_waiver_is_told_with_its_reason_and_lets_the_stack_pass(run, capfd, project):
    levels = project / "policies" / "levels" / "dev.json"
    text = levels.read_text()
    levels.write_text(text.replace('"advisory"', '"mandatory"', 1))
    waiver = {
        "policy": "ddb-pitr-enabled",
        "resource": "aws:dynamodb/table:Table::*",
        "environments": ["dev"],
        "reason": "Development tables hold made-up items.",
        "owner": "team-data",
        "expires": "",
    }
    entry = "\n".join(f"  {name}: {json.dumps(value)}" for name, value in waiver.items())
    soon = datetime.now(UTC).date() + timedelta(30)
    unquoted = entry.replace('expires: ""', f"expires: {soon}")
    (project / "policies" / "waivers.yaml").write_text(f"-{unquoted[1:]}\n")
    finished = run("--root", project, "--stack", "dev", capture=capfd)
    assert finished.returncode == 0, finished.stdout
    assert "9 waived" in finished.stdout
    assert "made-up items" in finished.stdout


def test_a_policy_that_raises_is_a_failure_that_names_it_and_the_resource(run, capfd, project):
    rule = project / "policies" / "rules" / "ddb_pitr_enabled.py"
    start = "    properties = resource.properties\n"
    assert start in rule.read_text()
    raising = 'if resource.name.endswith("-shop"): raise KeyError("oops")'
    guarded = f"{start}    {raising}\n"
    rule.write_text(rule.read_text().replace(start, guarded, 1))
    finished = run("--root", project, "--stack", "dev", capture=capfd)
    assert finished.returncode == 1
    assert "policy itself raised KeyError ('oops') at ddb_pitr_enabled.py:" in finished.stdout
    assert "shop-shop" in finished.stdout
    assert "ddb-pitr-enabled" in finished.stdout
    assert "Traceback" not in finished.stdout + finished.stderr


def test_the_documents_on_policies_are_fresh(run, capfd, tmp_path):
    written = tmp_path / "policies.md"
    assert run("--root", ROOT, "--describe", written, capture=capfd).returncode == 0
    assert written.read_text() == DOCUMENTS.read_text(), "run `make docs`"
