"""What the guard asks of the Pulumi CLI, and what it says where that cannot answer."""

import json

import pytest

from tests.support.guard_scenes import deployed, previewed
from tests.support.recording import TABLE

FILES = next(each["urn"] for each in deployed("prod").of_type(TABLE) if "::file-" in each["urn"])
NEVER = json.dumps({"version": 3, "deployment": {"manifest": {"time": "", "magic": ""}}})
SECRET = "hunter2-which-nobody-may-read"


@pytest.fixture
def fine(scene):
    return previewed(scene.step("same", next(iter(scene.resources))))


def test_what_is_not_given_is_asked_of_the_cli(guard, cli, scene, fine, project):
    cli.answers({"preview": [{"says": fine}], "stack export": [{"says": scene.exported()}]})
    finished = guard()
    assert finished.returncode == 0, finished
    assert sorted(cli.commands) == ["preview", "stack export"]
    assert {call["folder"] for call in cli.calls} == {str(project)}
    for command in cli.commands:
        given = cli.arguments(command)
        assert given[given.index("--stack") + 1] == "prod"
        assert "--non-interactive" in given


def test_a_stack_that_was_never_deployed_has_nothing_to_lose(guard, cli, scene):
    creates = [{**scene.step("create", urn), "oldState": None} for urn in scene.resources]
    cli.answers({"preview": [{"says": previewed(*creates)}], "stack export": [{"says": NEVER}]})
    assert guard().returncode == 0


def test_without_a_cli_the_error_says_where_to_get_one(guard, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    finished = guard()
    assert finished.returncode == 2
    for part in ("not on PATH", "https://www.pulumi.com/docs/install/", "--preview", "--state"):
        assert part in finished.stderr


@pytest.mark.parametrize(
    ("complains", "remedy"),
    [
        ("error: no stack named 'prod' found", "pulumi stack init prod"),
        ("error: PULUMI_ACCESS_TOKEN must be set for login", "pulumi login"),
        ("error: passphrase must be set", "PULUMI_CONFIG_PASSPHRASE"),
    ],
)
def test_a_cli_that_cannot_answer_says_why_and_what_to_do(guard, cli, complains, remedy):
    cli.answers({"stack export": [{"complains": complains, "code": 255}]})
    finished = guard()
    assert finished.returncode == 2
    assert complains in finished.stderr
    assert remedy in finished.stderr


def test_a_preview_that_fails_could_not_be_judged_though_nothing_is_found(guard, cli, scene):
    said = [{"severity": "error", "message": "error: the program raised KeyError\n"}]
    failed = {"says": previewed(diagnostics=said), "code": 255}
    cli.answers({"preview": [failed], "stack export": [{"says": scene.exported()}]})
    finished = guard()
    assert finished.returncode == 2
    assert "The preview failed" in finished.stdout
    assert "KeyError" in finished.stdout


def test_a_protected_table_that_would_be_replaced_is_data_loss_and_says_what_stops_it(
    guard, cli, scene
):
    step = scene.step("replace", FILES, hashKey="other") | {"replaceReasons": ["hashKey"]}
    said = [{"severity": "error", "message": "error: unable to replace resource: protected"}]
    failed = {"says": previewed(step, diagnostics=said), "code": 255}
    cli.answers({"preview": [failed], "stack export": [{"says": scene.exported()}]})
    finished = guard()
    assert finished.returncode == 1
    assert "Stopped by: protect" in finished.stdout


def test_a_preview_that_ends_in_failure_without_a_word_is_never_fine(guard, cli, scene, fine):
    failed = {"says": fine, "complains": "error: out of memory", "code": 1}
    cli.answers({"preview": [failed], "stack export": [{"says": scene.exported()}]})
    finished = guard()
    assert finished.returncode == 2
    assert "out of memory" in finished.stderr
    assert "oldState" not in finished.stderr
