"""The engine's own life is tested with the real CLI; the rest needs none."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tablewright.local.clients import Clients
from tablewright.local.emulator import Emulator
from tablewright.local.engine import Engine, find_cli
from tablewright.local.errors import LocalError
from tests.support.engine import ROOT, contents, link_local_stack, write_project
from tests.support.processes import running

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
            LocalError, match=r"not on PATH.*https://www\.pulumi\.com/docs/install/"
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


def changed(engine):
    """What a preview would do, without the resources that stay the same."""
    return {
        (step["op"], step["urn"].rpartition("::")[2]): sorted(step.get("detailedDiff") or {})
        for step in engine.steps()
        if step["op"] != "same"
    }


@pytest.mark.engine
def test_the_local_stack_lives_its_whole_life_under_the_engine(tmp_path):
    before = contents(link_local_stack(tmp_path))
    with (
        tmp_path.with_suffix(".log").open("w") as log,
        Emulator() as emulator,
        Engine(tmp_path, emulator.endpoint, output=log) as engine,
    ):
        assert {op for op, _ in changed(engine)} == {"create"}
        assert engine.up() == 0
        assert engine.up("--expect-no-changes") == 0
        assert engine.refresh("--expect-no-changes") == 0
        assert "dropify-local-files" in json.dumps(engine.outputs()["file_sharing"])

        engine.configure({"tablewright:costCenter": "42"})
        assert set(map(tuple, changed(engine).values())) == {("tags.CostCenter",)}
        assert engine.up() == 0
        assert engine.up("--expect-no-changes") == 0

        engine.configure({"tablewright:costCenter": "42", "tablewright:project": "other"})
        assert ("replace", "file-sharing-files") in changed(engine)
        assert engine.destroy() == 0
        assert engine.outputs() == {}
        clients = Clients(emulator.endpoint, "us-east-1")
        assert clients.dynamodb.list_tables()["TableNames"] == []
    assert contents(tmp_path) == before


@pytest.mark.engine
def test_a_replacement_is_shown_as_such_and_deletes_first(tmp_path):
    write_project(tmp_path)
    with (
        tmp_path.with_suffix(".log").open("w+") as log,
        Emulator() as emulator,
        Engine(tmp_path, emulator.endpoint, output=log) as engine,
    ):
        assert engine.up() == 0
        engine.configure({"tiny:key": "ownerId", "tiny:days": 7})
        assert changed(engine) == {
            ("replace", "files"): ["attributes[0].name", "hashKey", "pointInTimeRecovery"]
        }
        assert engine.preview() == 0
        assert engine.up() == 0
        assert engine.refresh("--expect-no-changes") == 0
        log.seek(0)
        told = log.read()
    assert "aws:dynamodb/table:Table: (replace)" in told
    assert told.index("deleted original") < told.index("created replacement")


@pytest.mark.engine
def test_drift_is_taken_into_the_state_and_mended_by_the_next_up(tmp_path):
    write_project(tmp_path)
    with (
        tmp_path.with_suffix(".log").open("w") as log,
        Emulator() as emulator,
        Engine(tmp_path, emulator.endpoint, output=log) as engine,
    ):
        assert engine.up() == 0
        clients = Clients(emulator.endpoint, "eu-west-1")
        arn = engine.outputs()["arn"]
        clients.dynamodb.tag_resource(ResourceArn=arn, Tags=[{"Key": "Owner", "Value": "z"}])
        clients.ssm.delete_parameter(Name="/tiny/files")
        assert engine.refresh("--expect-no-changes") != 0
        assert engine.refresh() == 0
        assert changed(engine) == {
            ("update", "files"): ["tags.Owner"],
            ("create", "files-name"): [],
        }
        assert engine.up() == 0
        assert clients.dynamodb.list_tags_of_resource(ResourceArn=arn)["Tags"] == [
            {"Key": "Owner", "Value": "x"}
        ]


@pytest.mark.engine
def test_a_failure_reaches_the_user_as_one_line_and_an_exit_code(tmp_path):
    program = """
    import pulumi_aws as aws

    aws.dynamodb.Table("t", name="t", hash_key="id", attributes=[{"name": "id", "type": "S"}])
    """
    write_project(tmp_path, program)
    nobody = "http://127.0.0.1:1"
    with tmp_path.with_suffix(".log").open("w+") as log:
        with Engine(tmp_path, nobody, output=log) as engine:
            assert engine.up() != 0
        log.seek(0)
        told = log.read()
    assert "the emulator does not answer" in told
    assert "tablewright/local" not in told


@pytest.mark.engine
def test_state_is_gone_with_its_run_and_another_run_finds_it_only_meanwhile(tmp_path):
    write_project(tmp_path)
    with pytest.raises(LocalError, match="nothing serves the local stack"):
        Engine.attached(tmp_path)
    with tmp_path.with_suffix(".log").open("w") as log, Emulator() as emulator:
        with Engine(tmp_path, emulator.endpoint, output=log) as engine:
            assert engine.up() == 0
            other = Engine.attached(tmp_path, output=log)
            assert other.endpoint == emulator.endpoint
            assert other.up("--expect-no-changes") == 0
            with pytest.raises(LocalError, match=rf"already served at {emulator.endpoint}"):
                Engine(tmp_path, emulator.endpoint).__enter__()
        assert not (tmp_path / ".tablewright" / "engine" / "state").exists()


@pytest.mark.engine
def test_ctrl_c_stops_the_engine_in_order_and_leaves_nothing_running(tmp_path):
    marker = tmp_path.with_suffix(".reached")
    program = f"""
    import pathlib, time
    import pulumi_aws as aws

    aws.get_caller_identity()
    pathlib.Path({str(marker)!r}).touch()
    time.sleep(300)
    """
    write_project(tmp_path, program)
    runner = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tablewright.local.emulator import Emulator\n"
        "from tablewright.local.engine import Engine\n"
        f"root = Path({str(tmp_path)!r})\n"
        "with Emulator() as emulator, Engine(root, emulator.endpoint) as engine:\n"
        "    sys.exit(engine.up())\n"
    )
    log = tmp_path.with_suffix(".log").open("w+")
    process = subprocess.Popen(
        [sys.executable, "-c", runner], cwd=ROOT, stdout=log, stderr=subprocess.STDOUT
    )
    deadline = time.monotonic() + 60
    while not marker.exists():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == -signal.SIGINT
    log.close()
    assert not (tmp_path / ".tablewright" / "engine" / "state").exists()
    deadline = time.monotonic() + 10
    while left := running(tmp_path):
        assert time.monotonic() < deadline, left
        time.sleep(0.2)
