"""The report that a deployment leaves: where it goes, and all that it tells."""

import pytest

from tests.operations.deployment.conftest import recorded, write_stack

SECTIONS = [
    "# Deployment of `dev`",
    "## What changed",
    "## Who may do what now",
    "### kv_storage",
    "## Guard: `dev` fine",
    "## Policies: 1 of 1 stack accepted",
    "## What was verified",
]


def report_of(root):
    return (root / ".tablewright" / "reports" / "dev.md").read_text()


def headings(text):
    return [line for line in text.splitlines() if line.startswith("#")]


def test_a_deployment_reports_changes_access_judgements_and_proof(run, project, deploying):
    deploying(project)
    finished = run("up", "--yes", root=project)
    report = report_of(project)
    assert headings(report) == SECTIONS
    assert "**9 create: deployed and verified**" in report
    assert "| create | Table | `dropify-dev-kv-storage-data` |  |" in report
    assert "| `dropify-dev-kv-storage-data / GSI1` | Query | Query |" in report
    assert "| Verify | well | " in report
    assert "| table | " in report
    assert f"Report: {project / '.tablewright' / 'reports' / 'dev.md'}" in finished.stdout


def test_a_preview_reports_what_would_be(run, project, deploying):
    before = recorded(project)
    write_stack(project, cost_center="two")
    deploying(project, before=before)
    run("preview", root=project)
    report = report_of(project)
    assert headings(report)[:3] == [
        "# Preview of `dev`",
        "## What would change",
        "## Who may do what once this is deployed",
    ]
    assert "| update | Table | `dropify-dev-kv-storage-data` | tags |" in report
    assert "What was verified" not in report


def test_an_update_that_failed_reports_what_it_left_and_what_to_do(run, packless, deploying):
    deploying(packless, up={"code": 1})
    run("up", "--yes", root=packless)
    report = report_of(packless)
    assert "| Up | **not well** | ended with exit code 1: 9 not begun | " in report
    assert "## What to do next\n\n1. mend the cause" in report
    assert "## What the update left\n\n### Not begun: 9\n\n- create " in report
    assert "## What would change" in report


def test_a_deployment_that_could_not_be_judged_has_its_report_too(run, cli, packless):
    cli.answers({"stack export": [{"complains": "error: no stack named 'dev' found", "code": 6}]})
    run("up", "--yes", root=packless)
    assert "no stack named 'dev' found" in report_of(packless)
    assert "| Preview | **not well** | could not be finished | " in report_of(packless)


def test_the_report_goes_where_it_is_asked_for_and_into_the_summary_of_a_job(
    run, packless, deploying, tmp_path
):
    deploying(packless)
    asked, summary = tmp_path / "report.md", tmp_path / "summary.md"
    asked.write_text("of last time")
    summary.write_text("of another step\n")
    run("preview", "--report", str(asked), root=packless, GITHUB_STEP_SUMMARY=str(summary))
    assert asked.read_text().startswith("# Preview of `dev`\n")
    assert summary.read_text() == f"of another step\n{asked.read_text()}"
    assert not (packless / ".tablewright").exists()


def test_a_report_that_is_the_summary_is_written_once_and_added(run, packless, deploying, tmp_path):
    deploying(packless)
    summary = tmp_path / "summary.md"
    summary.write_text("of another step\n")
    run("preview", "--report", str(summary), root=packless, GITHUB_STEP_SUMMARY=str(summary))
    assert summary.read_text().startswith("of another step\n# Preview of `dev`\n")
    assert summary.read_text().count("# Preview of") == 1


@pytest.mark.parametrize("variable", ["report", "summary"])
def test_a_report_that_could_not_be_written_is_told_before_the_work(
    run, cli, packless, tmp_path, variable
):
    nowhere = str(tmp_path / "no" / "folder" / "report.md")
    asked = ["--report", nowhere] if variable == "report" else []
    changed = {"GITHUB_STEP_SUMMARY": nowhere} if variable == "summary" else {}
    finished = run("up", "--yes", *asked, root=packless, **changed)
    assert finished.returncode == 1
    assert f"{nowhere} cannot be written" in finished.stderr
    assert cli.commands == []


@pytest.mark.parametrize(("up", "code"), [({"code": 1}, 1), (None, 2)])
def test_a_full_disk_takes_the_report_and_not_the_ending(run, packless, deploying, up, code):
    deploying(packless, up=up)
    finished = run("up", "--yes", "--report", "/dev/full", root=packless)
    assert finished.returncode == code
    assert "there is no whole report: /dev/full cannot be written: No space left" in finished.stdout
    assert "Summary: stack dev: " in finished.stdout
    assert ("Not begun: 9" in finished.stdout) is (code == 1)
