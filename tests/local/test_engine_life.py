"""Stacks under the real Pulumi CLI: their whole life, what goes wrong, and what is left behind."""

import json
import signal
import subprocess
import sys
import time

import pytest

from tablewright.local.clients import Clients
from tablewright.local.emulator import Emulator
from tablewright.local.engine import Engine
from tablewright.local.errors import LocalError
from tests.support.engine import ROOT, contents, link_local_stack, write_project
from tests.support.processes import running

pytestmark = pytest.mark.engine


def changed(engine):
    """What a preview would do, without the resources that stay the same."""
    return {
        (step["op"], step["urn"].rpartition("::")[2]): sorted(step.get("detailedDiff") or {})
        for step in engine.steps()
        if step["op"] != "same"
    }


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
