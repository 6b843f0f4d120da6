"""A project of one store, a stand-in for the CLI, and an emulator that has what is declared."""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tablewright.local.backend import EmulatorBackend
from tablewright.local.clients import Clients
from tablewright.local.emulator import Emulator
from tablewright.operations.command_line import main
from tablewright.recorder import OfflineBackend, load_configuration, record
from tests.support.engine_documents import exported, previewed
from tests.support.projects import copy_project
from tests.support.stand_in_cli import StandInCli

REGION = "us-east-1"
ACCOUNT = "123456789012"
STACK_FILE = """config:
  aws:region: us-east-1
  tablewright:environment: dev
  tablewright:owner: platform-team
  tablewright:costCenter: {cost_center}
  tablewright:stores: [{stores}]
"""


@pytest.fixture
def project(tmp_path):
    """The project with its pack and a stack `dev` of one store."""
    root = copy_project(tmp_path)
    write_stack(root)
    return root


@pytest.fixture
def packless(project):
    """The project without a pack, which is judged sooner."""
    shutil.rmtree(project / "policies")
    return project


def write_stack(root, *, stores="kv_storage", cost_center="one"):
    text = STACK_FILE.format(stores=stores, cost_center=cost_center)
    (root / "Pulumi.dev.yaml").write_text(text)


def recorded(root, *, backend=None, preview=False):
    """What the program registers with the stack file as it is now."""
    name, configuration = load_configuration(root, "dev")
    return record(
        root / "__main__.py",
        project=name,
        stack="dev",
        configuration=configuration,
        backend=backend or OfflineBackend(region=REGION, account=ACCOUNT),
        preview=preview,
    )


@pytest.fixture
def cli(tmp_path, monkeypatch):
    """The stand-in, before every other `pulumi` on PATH."""
    stand_in = StandInCli.install(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{stand_in.folder}{os.pathsep}{os.environ['PATH']}")
    return stand_in


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The endpoint of an emulator to which the stack of one store is deployed.

    It has a process of its own: servers within one share their tables, also with other tests.
    """
    folder = tmp_path_factory.mktemp("served")
    for name in ("Pulumi.yaml", "__main__.py"):
        shutil.copy(Path(__file__).parents[3] / name, folder)
    write_stack(folder)
    with Emulator() as emulator:
        recorded(folder, backend=EmulatorBackend(Clients(emulator.endpoint, REGION)))
        yield emulator.endpoint


@pytest.fixture
def run(monkeypatch, capfd, served):
    """Call the program in this process: exit code, standard output and standard error."""

    def call(*arguments, root, stack="dev", **changes):
        for name in [name for name in os.environ if name.startswith(("AWS_", "GITHUB_"))]:
            monkeypatch.delenv(name)
        changed = {"NO_COLOR": "1", "COLUMNS": "200", "AWS_ENDPOINT_URL": served, **changes}
        for name, value in changed.items():
            monkeypatch.setenv(name, value)
        line = ["tablewright", *arguments, "--stack", stack, "--root", str(root)]
        monkeypatch.setattr(sys, "argv", line)
        with pytest.raises(SystemExit) as ended:
            main()
        said = capfd.readouterr()
        return SimpleNamespace(returncode=ended.value.code, stdout=said.out, stderr=said.err)

    return call


@pytest.fixture
def terminal(monkeypatch):
    """Sit at a terminal, and say something into it."""

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    def sit(*, says):
        monkeypatch.setattr(sys, "stdin", Terminal(says))

    return sit


@pytest.fixture
def deploying(cli):
    """Let the stand-in deploy: the state before and after, the preview, what the update does."""

    def answer(root, *, before=None, up=None, exports=(), errors=(), preview=None):
        after = recorded(root, preview=True)
        shown = preview or {"says": previewed(before, after, errors=errors)}
        cli.answers(
            {
                "stack export": [{"says": exported(before)}, *exports],
                "preview": [shown],
                "up": [up or {"says": "Updating (dev)\n"}],
            }
        )
        return after

    return answer
