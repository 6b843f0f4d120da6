"""`tablewright policies` called in this process, and a project to make mistakes in."""

import sys
from types import SimpleNamespace

import pytest

from tablewright.operations.command_line import main
from tests.support.projects import copy_project


@pytest.fixture(scope="module")
def run():
    """Call the program in this process: exit code, standard output and standard error."""

    def call(*arguments, capture):
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {"NO_COLOR": "1", "COLUMNS": "200"}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["tablewright", "policies", *map(str, arguments)])
            try:
                main()
                code = 0
            except SystemExit as ended:
                code = ended.code
        said = capture.readouterr()
        return SimpleNamespace(returncode=code, stdout=said.out, stderr=said.err)

    return call


@pytest.fixture
def project(tmp_path):
    return copy_project(tmp_path)
