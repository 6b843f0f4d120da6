"""The program before its commands: a mistake in a model and Ctrl-C while it is still loading."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODEL = Path("tablewright/models/catalog/kv_storage.py")


@pytest.fixture
def project(tmp_path):
    """A copy of the project, to make mistakes in."""
    for name in ("tablewright", "components"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Pulumi.yaml", "Pulumi.local.yaml", "__main__.py"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def run(*arguments, project, cwd=None, **environment):
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "PULUMI_"))}
    return subprocess.run(
        [sys.executable, "-m", "tablewright.operations", *arguments],
        cwd=cwd or project,
        env={**inherited, "PYTHONPATH": str(project), "NO_COLOR": "1", "COLUMNS": "40"}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def make_a_mistake_in(model):
    right = model.read_text()
    wrong = right.replace('index="GSI1"', 'index="GSI9"', 1)
    assert wrong != right
    model.write_text(wrong)


def test_a_mistake_in_a_model_is_one_line_that_names_its_file(project):
    make_a_mistake_in(project / MODEL)
    finished = run("preview", project=project)
    assert finished.returncode == 1
    (told,) = finished.stderr.splitlines()
    assert told.startswith(f"error: {MODEL}:")
    assert "there is no index 'GSI9'" in told
    assert finished.stdout == ""


@pytest.mark.parametrize("command", ["adopt", "drift", "guard", "plan-index", "policies"])
def test_for_what_judges_a_mistake_in_a_model_is_that_it_could_not(project, command):
    make_a_mistake_in(project / MODEL)
    finished = run(command, project=project)
    assert finished.returncode == 2
    assert finished.stderr.startswith(f"error: {MODEL}:")


def test_a_model_outside_the_current_folder_is_named_by_its_whole_path(project, tmp_path):
    make_a_mistake_in(project / MODEL)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    finished = run("--help", project=project, cwd=elsewhere)
    assert finished.returncode == 1
    assert finished.stderr.startswith(f"error: {project / MODEL}:")


def test_a_mistake_in_the_program_s_own_model_is_named_with_its_file(project):
    with (project / "__main__.py").open("a") as program:
        program.write("\nfrom tablewright.models.catalog import SHOP\nSHOP.table('shops')\n")
    last = len((project / "__main__.py").read_text().splitlines())
    finished = run("preview", project=project)
    assert finished.returncode == 1
    (told,) = finished.stderr.splitlines()
    assert told.startswith(f"error: __main__.py:{last}: ")


def test_any_other_mistake_in_a_model_keeps_its_traceback(project):
    with (project / MODEL).open("a") as model:
        model.write("\nTABEL = KV_STORAGE_DATE\n")
    finished = run("preview", project=project)
    assert finished.returncode == 1
    assert "Traceback" in finished.stderr
    assert finished.stderr.splitlines()[-1].startswith("NameError: name 'KV_STORAGE_DATE'")


def test_ctrl_c_while_loading_ends_with_a_message(project):
    with (project / MODEL).open("a") as model:
        model.write("\nimport os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    finished = run("preview", project=project)
    assert finished.returncode == 130
    assert finished.stderr == "Interrupted; nothing is left running.\n"


def test_an_output_that_lacks_a_character_gets_a_question_mark(project):
    finished = run("preview", project=project, PYTHONIOENCODING="latin-1")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert "\n??? DataStore application-table\n" in finished.stdout
