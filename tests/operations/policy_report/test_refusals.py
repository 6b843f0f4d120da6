"""What `tablewright policies` cannot do is one clear error, before any work, and exit code 2."""

import os
import subprocess
import sys

import pytest

from tablewright.operations.policy_report import outputs
from tablewright.operations.policy_report.run import PackRun
from tests.support.recording import ROOT


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--stack", "qa"), "qa"),
        (("--pack", "nowhere"), "no policy pack in"),
        (("--events", "nowhere.json"), "--events are of one stack; name it with --stack"),
        (("--events", "nowhere.json", "--stack", "dev"), "nowhere.json cannot be read"),
        (("--events", "", "--stack", "dev"), "cannot be read: "),
        (("--describe", "no/such/folder/x"), "cannot be written: there is no folder"),
        (("--describe", ""), "cannot be written: it is a folder"),
        (("--junit", "docs"), "docs cannot be written: it is a folder; name a file"),
        (("--sarif", "x", "--junit", "./x"), "--sarif and --junit both name x"),
        (
            ("--stack", "dev", "--sarif", "no/such/folder/x"),
            "cannot be written: there is no folder",
        ),
    ],
)
def test_what_cannot_be_done_is_one_clear_error(run, capfd, arguments, told):
    finished = run("--root", ROOT, *arguments, capture=capfd)
    assert finished.returncode == 2
    assert told in finished.stderr
    assert "Traceback" not in finished.stderr


def test_an_environment_without_levels_is_told(run, capfd, project):
    (project / "policies" / "levels" / "dev.json").unlink()
    finished = run("--root", project, "--stack", "dev", capture=capfd)
    assert finished.returncode == 2
    assert "no levels for environment 'dev'" in finished.stderr
    assert "there are: local, prod, staging" in finished.stderr


def test_a_mistake_in_a_level_file_is_exit_code_2_with_its_line(run, capfd, project):
    levels = project / "policies" / "levels" / "dev.json"
    levels.write_text(levels.read_text().replace('"iam-no-admin"', '"iam-no-admn"'))
    finished = run("--root", project, "--stack", "dev", capture=capfd)
    assert finished.returncode == 2
    [told] = finished.stderr.splitlines()
    assert "dev.json:" in told
    assert "did you mean 'iam-no-admin'?" in told


def test_a_mistake_in_one_of_several_stacks_names_its_file(run, capfd, project):
    stack = project / "Pulumi.staging.yaml"
    stack.write_text(stack.read_text().replace("environment: staging", "environment: stagging"))
    finished = run("--root", project, capture=capfd)
    assert finished.returncode == 2
    assert "Pulumi.staging.yaml: 1 problem" in finished.stderr


@pytest.mark.parametrize("arguments", [(), ("--stack", "dev"), ("--describe", "x")])
def test_a_folder_without_project_is_told_before_its_pack(run, capfd, tmp_path, arguments):
    finished = run("--root", tmp_path, *arguments, capture=capfd)
    assert finished.returncode == 2
    assert "there is no Pulumi.yaml in" in finished.stderr
    assert "--root" in finished.stderr


def test_a_pack_alone_can_be_described(run, capfd, tmp_path):
    written = tmp_path / "policies.md"
    pack = ("--pack", ROOT / "policies")
    assert run("--root", tmp_path, *pack, "--describe", written, capture=capfd).returncode == 0
    assert written.read_text().startswith("# Policies")


def test_files_are_checked_before_anything_is_judged(run, capfd, monkeypatch, tmp_path):
    monkeypatch.setattr(PackRun, "report", lambda *_: pytest.fail("judged already"))
    (tmp_path / "kept.md").write_text("kept")
    files = ("--markdown", tmp_path / "kept.md", "--sarif", tmp_path / "no" / "x")
    finished = run("--root", ROOT, *files, capture=capfd)
    assert finished.returncode == 2
    assert (tmp_path / "kept.md").read_text() == "kept"


@pytest.mark.parametrize(("name", "asked"), [("there", "there"), ("new", "")])
def test_a_file_that_must_not_be_written_is_told(monkeypatch, tmp_path, name, asked):
    (tmp_path / "there").write_text("")
    denied = tmp_path / asked
    monkeypatch.setattr(os, "access", lambda path, _: path != denied)
    with pytest.raises(outputs.OperationError, match="cannot be written: permission denied"):
        outputs.check(tmp_path / name)


def test_an_empty_path_asks_for_nothing(run, capfd):
    files = ("--sarif", "", "--junit", "", "--markdown", "")
    finished = run("--root", ROOT, "--stack", "dev", *files, capture=capfd)
    assert finished.returncode == 0, finished.stderr


def test_the_help_tells_the_exit_codes(run, capfd):
    told = " ".join(run("--help", capture=capfd).stdout.split())
    assert "0: nothing stops a stack. 1: a stack is stopped. 2: a stack could not be judged" in told


def test_a_reader_that_leaves_early_changes_no_verdict():
    command = [sys.executable, "-m", "tablewright.operations", "policies", "--stack", "dev"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0
