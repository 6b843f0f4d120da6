"""`tablewright guard` as a user runs it: where it reads, what it prints and writes, how it ends."""

import json
from pathlib import Path

import jsonschema
import pytest

from tests.support.guard_scenes import deployed, previewed
from tests.support.recording import TABLE
from tests.support.sarif_schema import SARIF

FILES = next(each["urn"] for each in deployed("prod").of_type(TABLE) if "::file-" in each["urn"])
SECRET = "hunter2-which-nobody-may-read"


@pytest.fixture
def fine(scene):
    return previewed(scene.step("same", next(iter(scene.resources))))


@pytest.fixture
def losing(scene):
    """A preview that deletes a table which the program registers: nobody may trust it."""
    step = scene.step("replace", FILES, hashKey="other") | {"replaceReasons": ["hashKey"]}
    return previewed(step)


def test_a_preview_and_a_state_are_read_from_files(guard, files, fine):
    finished = guard(*files(fine))
    assert finished.returncode == 0, finished
    assert "prod: fine: nothing is lost, fails or breaks" in finished.stdout


def test_a_preview_is_read_from_standard_input(guard, files, losing):
    _, _, *state = files("unread")
    finished = guard("--preview", "-", *state, given=losing)
    assert finished.returncode == 1
    assert "Data loss: 1" in finished.stdout


def test_standard_input_that_is_empty_is_named(guard, files):
    _, _, *state = files("unread")
    finished = guard("--preview", "-", *state, given="")
    assert finished.returncode == 2
    assert "standard input is no whole JSON document" in finished.stderr


def test_standard_input_is_not_taken_for_two_documents(guard, losing):
    finished = guard("--preview", "-", "--state", "-", given=losing)
    assert finished.returncode == 2
    assert "--preview and --state are both standard input" in finished.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no whole JSON document"),
        ("{", "no whole JSON document"),
        ('{"steps": [', "no whole JSON document"),
        ("[]", "is no preview"),
        ('{"version": 3, "deployment": {}}', "is no preview"),
        ('{"steps": [], "more": 1}', "which no known preview has"),
        ('{"steps": [{"op": "explode", "urn": "a", "oldState": null}]}', "neither old nor new"),
        ('{"steps": 1}', "steps is no list"),
    ],
)
def test_what_is_no_preview_could_not_be_judged(guard, files, text, told):
    finished = guard(*files(text))
    assert finished.returncode == 2
    assert told in finished.stderr
    assert "Traceback" not in finished.stderr


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"deployment": null}', '{"steps": []}'])
def test_what_is_no_state_could_not_be_judged(guard, files, fine, text):
    options = files(fine)
    options[-1].write_text(text)
    finished = guard(*options)
    assert finished.returncode == 2
    assert "state.json" in finished.stderr


def test_a_file_that_is_not_there_is_named(guard, files, fine, tmp_path):
    finished = guard(*files(fine)[:-1], tmp_path / "none.json")
    assert finished.returncode == 2
    assert "none.json cannot be read" in finished.stderr


def test_a_stack_without_a_file_could_not_be_judged(guard):
    finished = guard(stack="nowhere")
    assert finished.returncode == 2
    assert "Pulumi.nowhere.yaml" in finished.stderr


def test_what_machines_read_says_the_same(guard, files, losing, tmp_path):
    written = {name: tmp_path / f"guard.{name}" for name in ("sarif", "markdown")}
    written["markdown"].write_text("# Tests\n")
    options = [part for name, path in written.items() for part in (f"--{name}", path)]
    finished = guard(*files(losing), "--json", *options)
    report = json.loads(finished.stdout)
    assert (finished.returncode, report["exitCode"], report["ok"]) == (1, 1, False)
    kinds = [each["kind"] for each in report["findings"]]
    assert "data-loss" in kinds
    log = json.loads(written["sarif"].read_text())
    jsonschema.validate(log, SARIF)
    assert [each["ruleId"] for each in log["runs"][0]["results"]] == kinds
    places = [r["locations"][0]["physicalLocation"] for r in log["runs"][0]["results"]]
    assert {Path(each["artifactLocation"]["uri"]).name for each in places} == {"table.py"}
    told = written["markdown"].read_text()
    assert told.startswith("# Tests\n")
    assert "### Data loss" in told
    assert "`dropify-prod-files`" in told


def test_a_report_of_nothing_is_valid_sarif_too(guard, files, fine, tmp_path):
    sarif = tmp_path / "guard.sarif"
    assert guard(*files(fine), "--sarif", sarif).returncode == 0
    log = json.loads(sarif.read_text())
    jsonschema.validate(log, SARIF)
    assert log["runs"][0]["results"] == []


def test_a_file_that_cannot_be_written_stops_the_work_before_it_begins(guard, cli, tmp_path):
    finished = guard("--sarif", tmp_path / "nowhere" / "guard.sarif")
    assert finished.returncode == 2
    assert "create it" in finished.stderr
    assert cli.calls == []


def test_nothing_secret_is_printed(guard, files, scene, tmp_path):
    steps = []
    for urn, each in scene.resources.items():
        if each["custom"] and each["type"] != TABLE:
            step = scene.step("update", urn, value=SECRET, policy=SECRET, description=SECRET)
            steps.append(step)
    table = scene.step("update", FILES, serverSideEncryption={"kmsKeyArn": {"secret": SECRET}})
    preview = previewed(table, *steps, config={"aws:secretKey": SECRET})
    markdown = tmp_path / "guard.md"
    for more in ((), ("--json",), ("--markdown", markdown)):
        finished = guard(*files(preview), *more)
        assert finished.returncode in {1, 2}
        assert SECRET not in finished.stdout + finished.stderr
    assert SECRET not in markdown.read_text()
