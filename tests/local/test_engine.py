"""What the runner does before the CLI starts; `test_engine_life` has what happens under it."""

import os

import pytest

from tablewright.local.engine import Engine, find_cli
from tablewright.local.errors import LocalError
from tests.support.engine import write_project

ENDPOINT = "http://127.0.0.1:4566"


@pytest.fixture
def without_cli(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def cli_for_show(monkeypatch, tmp_path):
    """A `pulumi` that is found and never run."""
    (tmp_path / "bin").mkdir()
    cli = tmp_path / "bin" / "pulumi"
    cli.write_text("#!/bin/sh\nexit 1\n")
    cli.chmod(0o755)
    monkeypatch.setenv("PATH", f"{cli.parent}{os.pathsep}{os.environ['PATH']}")
    return cli


@pytest.mark.usefixtures("without_cli")
def test_without_a_cli_the_error_says_where_to_get_one(tmp_path):
    for need_of_it in (find_cli, lambda: Engine(tmp_path, ENDPOINT)):
        with pytest.raises(
            LocalError,
            match=r"not on PATH.*https://www\.pulumi\.com/docs/install/.*needs none: `make up`",
        ):
            need_of_it()
    assert not (tmp_path / ".tablewright").exists()


@pytest.mark.usefixtures("cli_for_show")
def test_nothing_in_the_environment_can_lead_the_run_to_aws_or_a_cloud(monkeypatch, tmp_path):
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_DYNAMODB", "AWS_REGION"):
        monkeypatch.setenv(name, "real")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "real")
    monkeypatch.setenv("PULUMI_ACCESS_TOKEN", "real")
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE_FILE", "real")
    environment = Engine(tmp_path, ENDPOINT).environment()
    assert "real" not in environment.values()
    assert environment["AWS_ENDPOINT_URL"] == ENDPOINT
    assert environment["PULUMI_BACKEND_URL"].startswith(f"file://{tmp_path}/.tablewright/")
    assert environment["PULUMI_HOME"] == f"{tmp_path}/.tablewright/pulumi-home"
    assert environment["PULUMI_IGNORE_AMBIENT_PLUGINS"] == "true"


@pytest.mark.usefixtures("cli_for_show")
def test_the_official_plugin_is_the_users_own_before_the_same_emulator(monkeypatch, tmp_path):
    monkeypatch.setenv("PULUMI_HOME", "/home/user/.pulumi")
    engine = Engine(tmp_path, ENDPOINT, official_plugin=True)
    environment = engine.environment()
    assert environment["PULUMI_HOME"] == "/home/user/.pulumi"
    assert environment["AWS_ENDPOINT_URL"] == ENDPOINT
    assert "PULUMI_IGNORE_AMBIENT_PLUGINS" not in environment
    assert "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION" not in environment


@pytest.mark.usefixtures("cli_for_show")
def test_a_stack_that_cannot_be_made_leaves_the_folder_free(tmp_path):
    write_project(tmp_path)
    for _ in range(2):
        with pytest.raises(LocalError, match="`pulumi stack` failed"):
            Engine(tmp_path, ENDPOINT).__enter__()
        assert not (tmp_path / ".tablewright" / "engine" / "state").exists()
