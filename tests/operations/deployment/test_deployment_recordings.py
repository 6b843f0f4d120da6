"""The CLI replays what a real engine and AWS provider said: only harmless changes get to `up`."""

import shutil

import pytest

from tests.support.recorded_previews import FOLDER, NAMES
from tests.support.recording import ROOT

HARMLESS = {"no-change", "tags-only", "provisioned-capacity", "index-added"}
STACK_FILE = """config:
  aws:region: eu-north-1
  tablewright:environment: prod
  tablewright:owner: team-data
  tablewright:costCenter: production
  tablewright:stores: [file_sharing]
  tablewright:alarmTopicArn: arn:aws:sns:eu-north-1:123456789012:on-call
"""


@pytest.fixture
def recorded_project(tmp_path):
    """A project of which the program is the recorded one."""
    root = tmp_path / "recorded"
    root.mkdir()
    shutil.copy(ROOT / "Pulumi.yaml", root)
    shutil.copy(FOLDER / "program.py", root / "__main__.py")
    (root / "Pulumi.prod.yaml").write_text(STACK_FILE)
    return root


@pytest.mark.parametrize("variant", NAMES)
def test_only_a_recorded_change_that_is_harmless_is_deployed(run, cli, recorded_project, variant):
    cli.answers(
        {
            "stack export": [{"says": (FOLDER / "state.json").read_text()}],
            "preview": [{"says": (FOLDER / f"{variant}.json").read_text()}],
            "up": [{}],
        }
    )
    program = "base" if variant == "no-change" else variant
    finished = run("up", "--yes", root=recorded_project, stack="prod", VARIANT=program)
    assert finished.returncode == 1  # the emulator has no such stack, so verify differs at best
    ending = finished.stdout.splitlines()[-1]
    assert ("up" in cli.commands) == (variant in HARMLESS), ending
    stopped = "deployed, but not as declared" if variant in HARMLESS else "stopped by the guard"
    assert stopped in ending
