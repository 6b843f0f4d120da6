import subprocess
import sys

import pytest
import yaml

from tablewright.local.engine_workspace import EngineWorkspace
from tablewright.local.errors import LocalError
from tests.support.engine import ROOT, write_project

ENDPOINT = "http://127.0.0.1:4566"


@pytest.fixture
def workspace(tmp_path):
    made = EngineWorkspace(write_project(tmp_path), "local")
    yield made
    made.release()


def test_what_a_dead_run_left_is_not_used_again(workspace):
    died = (
        "import os, sys; from pathlib import Path; "
        "from tablewright.local.engine_workspace import EngineWorkspace; "
        "w = EngineWorkspace(Path(sys.argv[1]), 'local'); w.claim('http://127.0.0.1:9'); "
        "(w.state / 'left').touch(); w.write_stack_file({}); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", died, str(workspace.root)], cwd=ROOT, check=False)
    assert (workspace.state / "left").exists()
    with pytest.raises(LocalError, match=r"nothing serves.*make up ENGINE=pulumi KEEP=1"):
        workspace.endpoint_of_owner()
    workspace.claim(ENDPOINT)
    assert list(workspace.state.iterdir()) == []
    assert not workspace.stack_file.exists()


def test_one_process_owns_the_folder_and_others_learn_its_endpoint(workspace):
    workspace.claim(ENDPOINT)
    other = EngineWorkspace(workspace.root, "local")
    assert other.endpoint_of_owner() == ENDPOINT
    with pytest.raises(LocalError, match=f"already served at {ENDPOINT}"):
        other.claim("http://127.0.0.1:1")
    workspace.release()
    other.claim("http://127.0.0.1:1")
    other.release()


def test_the_copy_of_the_stack_file_takes_changes_and_keeps_the_engines_salt(workspace):
    original = (workspace.root / "Pulumi.local.yaml").read_text()
    workspace.claim(ENDPOINT)
    workspace.write_stack_file({})
    salted = yaml.safe_load(workspace.stack_file.read_text()) | {"encryptionsalt": "v1:x"}
    workspace.stack_file.write_text(yaml.safe_dump(salted))
    workspace.write_stack_file({"tiny:owner": "y", "tiny:list": ["a"]})
    copy = yaml.safe_load(workspace.stack_file.read_text())
    assert copy["encryptionsalt"] == "v1:x"
    assert copy["config"] == yaml.safe_load(original)["config"] | {
        "tiny:owner": "y",
        "tiny:list": ["a"],
    }
    assert (workspace.root / "Pulumi.local.yaml").read_text() == original


def test_a_change_is_dropped_when_the_next_one_comes(workspace):
    workspace.claim(ENDPOINT)
    workspace.write_stack_file({"tiny:owner": "y"})
    workspace.write_stack_file({})
    assert yaml.safe_load(workspace.stack_file.read_text())["config"]["tiny:owner"] == "x"


def test_a_salt_in_the_projects_own_stack_file_is_not_taken_over(workspace):
    stack_file = workspace.root / "Pulumi.local.yaml"
    stack_file.write_text("encryptionsalt: v1:other\n" + stack_file.read_text())
    workspace.claim(ENDPOINT)
    workspace.write_stack_file({})
    assert "encryptionsalt" not in yaml.safe_load(workspace.stack_file.read_text())
