"""`tablewright guard` called in this process, on a copy of the project and its deployed stack."""

import io
import json
import os
import sys
from types import SimpleNamespace

import pytest
import yaml

from tablewright.operations.command_line import main
from tests.support.guard_scenes import deployed
from tests.support.projects import copy_project
from tests.support.stand_in_cli import StandInCli


@pytest.fixture
def scene():
    return deployed("prod")


@pytest.fixture
def project(tmp_path, scene):
    """A copy of the project, whose stack `prod` is configured as the scene is."""
    root = copy_project(tmp_path)
    values = {
        key: json.loads(text) if text.startswith(("[", "{")) else text
        for key, text in scene.configuration.items()
        if text
    }
    (root / "Pulumi.prod.yaml").write_text(yaml.safe_dump({"config": values}))
    return root


@pytest.fixture
def cli(tmp_path, monkeypatch):
    """A stand-in for the CLI, before every other on PATH."""
    stand_in = StandInCli.install(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{stand_in.folder}{os.pathsep}{os.environ['PATH']}")
    return stand_in


@pytest.fixture
def guard(project, capfd, monkeypatch):
    """Call the program: exit code, standard output and standard error."""

    def call(*options, stack="prod", given=None):
        for name, value in {"NO_COLOR": "1", "COLUMNS": "200"}.items():
            monkeypatch.setenv(name, value)
        if given is not None:
            monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        arguments = ["tablewright", "guard", "--stack", stack, "--root", project, *options]
        monkeypatch.setattr(sys, "argv", list(map(str, arguments)))
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = ended.code
        said = capfd.readouterr()
        return SimpleNamespace(returncode=code, stdout=said.out, stderr=said.err)

    return call


@pytest.fixture
def files(tmp_path, scene):
    """Write a preview and a state; give the options that name them."""

    def write(preview, state=None):
        paths = tmp_path / "preview.json", tmp_path / "state.json"
        for path, text in zip(paths, (preview, state or scene.exported()), strict=True):
            path.write_text(text)
        return "--preview", paths[0], "--state", paths[1]

    return write
