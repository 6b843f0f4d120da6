"""What stops a deployment before anything is changed, and how it is told."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.operations.deployment.conftest import recorded, write_stack
from tests.support.engine_documents import exported

LOSS = "stopped by the guard: 1 data loss"
ALLOWED = """- policy: {kind}
  resource: "*::*"
  environments: [dev]
  reason: The shop of dev moves to a stack of its own.
  owner: team-shop
  expires: {expires}
"""


@pytest.fixture
def losing(project, deploying):
    """A project whose next deployment deletes the table of its second store."""
    write_stack(project, stores="kv_storage, shop")
    before = recorded(project)
    write_stack(project)
    deploying(project, before=before)
    return project


@pytest.fixture
def first(packless, deploying):
    """A project that was never deployed."""
    deploying(packless)
    return packless


@pytest.fixture
def soon():
    return (datetime.now(UTC) + timedelta(days=30)).date()


def allow(root, expires):
    kinds = ("data-loss", "contract-broken")
    entries = (ALLOWED.format(kind=kind, expires=expires) for kind in kinds)
    (root / "guard-allow.yaml").write_text("".join(entries))


@pytest.mark.parametrize("command", [("up", "--yes"), ("preview",)])
def test_the_guard_stops_a_deployment_that_deletes_a_table(run, cli, losing, command):
    finished = run(*command, root=losing)
    assert finished.returncode == 1
    assert "up" not in cli.commands
    assert "✗ Guard" in finished.stdout
    assert "dropify-dev-shop" in finished.stdout
    assert "Data loss" in finished.stdout
    assert LOSS in finished.stdout.splitlines()[-1]
    assert "Policies" not in finished.stdout


def test_what_somebody_accepts_is_deployed_and_told(run, cli, losing, soon):
    allow(losing, soon)
    finished = run("up", "--yes", root=losing)
    assert finished.returncode == 0, finished
    assert "up" in cli.commands
    assert "accepted by team-shop" in finished.stdout
    assert "- delete Table dropify-dev-shop" in finished.stdout
    assert "accepted by team-shop" in (losing / ".tablewright/reports/dev.md").read_text()


def test_an_allowance_that_has_expired_accepts_nothing(run, cli, losing):
    allow(losing, "2026-01-01")
    finished = run("up", "--yes", root=losing)
    assert finished.returncode == 1
    assert "expired on 2026-01-01" in finished.stdout
    assert "up" not in cli.commands


def test_the_pack_stops_what_it_forbids_and_says_why_where_the_preview_does_not(
    run, cli, project, deploying
):
    levels = project / "policies" / "levels" / "dev.json"
    levels.write_text(levels.read_text().replace('"advisory"', '"mandatory"'))
    deploying(project, errors=["preview failed"])
    finished = run("up", "--yes", root=project)
    assert finished.returncode == 1
    assert "✗ Preview" in finished.stdout
    assert "✗ Policies" in finished.stdout
    assert "ddb-pitr-enabled" in finished.stdout
    assert "stopped by the policies: NOT accepted" in finished.stdout.splitlines()[-1]
    assert "up" not in cli.commands


def test_a_preview_that_fails_otherwise_could_not_be_judged(run, cli, project, deploying):
    deploying(project, errors=["Program failed with an unhandled exception"])
    finished = run("up", "--yes", root=project)
    assert finished.returncode == 2
    assert "Program failed with an unhandled exception" in finished.stdout
    assert "up" not in cli.commands


@pytest.mark.parametrize("said", ["n\n", "\n", ""])
def test_who_does_not_say_yes_deploys_nothing(run, cli, first, terminal, said):
    terminal(says=said)
    finished = run("up", root=first)
    assert finished.returncode == 1
    assert "Deploy 9 create to stack dev (http://127.0.0.1:" in finished.stdout
    assert "declined; nothing was deployed" in finished.stdout.splitlines()[-1]
    assert "up" not in cli.commands


def test_who_says_yes_deploys(run, cli, packless, deploying, terminal):
    deploying(packless)
    terminal(says="y\n")
    finished = run("up", root=packless)
    assert finished.returncode == 0, finished
    assert "up" in cli.commands


def test_without_a_terminal_the_user_is_told_what_to_write(run, cli, packless, deploying):
    deploying(packless)
    finished = run("up", root=packless)
    assert finished.returncode == 1
    assert "there is no terminal on which to ask" in finished.stderr
    assert "`make up STACK=dev YES=1` (--yes)" in finished.stderr
    assert "`make preview STACK=dev`" in finished.stderr
    assert cli.commands == []


def changed(root):
    write_stack(root, cost_center="three")
    return exported(recorded(root))


def emptied(_):
    return exported(None)


def cut_off(root):
    return exported(recorded(root), pending=[("kv-storage-kv-storage-data", "updating")])


@pytest.mark.parametrize("change", [changed, emptied, cut_off])
def test_a_state_that_changed_since_it_was_judged_is_not_updated(
    run, cli, packless, deploying, change
):
    before = recorded(packless)
    since = change(packless)
    write_stack(packless, cost_center="two")
    deploying(packless, before=before, exports=[{"says": since}])
    finished = run("up", "--yes", root=packless)
    assert finished.returncode == 1
    assert "the stack was changed since it was judged" in finished.stdout
    assert "among them" in finished.stdout.splitlines()[-1]
    assert "`make up STACK=dev` judges what is there now" in finished.stdout
    assert "up" not in cli.commands


def test_a_state_with_operations_of_unknown_outcome_is_settled_first(run, cli, packless, deploying):
    deploying(packless)
    pending = exported(recorded(packless), pending=[("kv-storage-kv-storage-data", "creating")])
    cli.answers({"stack export": [{"says": pending}]})
    finished = run("up", "--yes", root=packless)
    assert finished.returncode == 2
    assert "an earlier update was cut off" in finished.stdout
    assert "creating kv-storage-kv-storage-data" in finished.stdout
    assert "1. `pulumi refresh --stack dev`" in finished.stdout
    assert "--clear-pending-creates" in finished.stdout
    assert cli.commands == ["stack export"]


FAILURES = {
    "no such stack": ("no stack named 'dev' found", "`pulumi stack init dev`"),
    "no login": (
        "PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
        "`pulumi login`",
    ),
    "wrong passphrase": (
        "getting stack configuration: get stack secrets manager: incorrect passphrase",
        "PULUMI_CONFIG_PASSPHRASE",
    ),
    "locked": ("the stack is currently locked by 1 lock(s)", "pulumi cancel dev"),
    "anything else": ("the moon is not full", "the moon is not full"),
}


@pytest.mark.parametrize("failing", ["stack export", "preview"])
@pytest.mark.parametrize("how", FAILURES)
def test_a_cli_that_cannot_is_quoted_with_what_to_do(run, cli, packless, failing, how):
    words, remedy = FAILURES[how]
    answers = {"stack export": [{"says": exported(None)}], "preview": [{}]}
    cli.answers(answers | {failing: [{"complains": f"error: {words}\n", "code": 6}]})
    finished = run("preview", root=packless)
    assert finished.returncode == 2
    last = finished.stdout.splitlines()[-1]
    assert f"`pulumi {failing}" in last
    assert "ended with exit code 6" in last
    assert words in last
    assert remedy in last


def test_a_preview_that_is_killed_is_no_preview(run, cli, packless):
    cli.answers({"stack export": [{"says": exported(None)}], "preview": [{"killed": "SIGKILL"}]})
    finished = run("up", "--yes", root=packless)
    assert finished.returncode == 2
    assert "was ended by SIGKILL: it said nothing" in finished.stdout


@pytest.mark.parametrize("said", ["", "{", "[]", '{"steps": [{}]}', '{"steps": [], "new": 1}'])
def test_a_preview_that_is_not_understood_is_never_fine(run, cli, packless, said):
    cli.answers({"stack export": [{"says": exported(None)}], "preview": [{"says": said}]})
    finished = run("up", "--yes", root=packless)
    assert finished.returncode == 2
    assert "up" not in cli.commands


def test_a_preview_of_another_program_is_not_judged(run, cli, packless, deploying):
    deploying(packless, preview={"says": json.dumps({"steps": [], "changeSummary": {}})})
    finished = run("up", "--yes", root=packless)
    assert finished.returncode == 2
    assert "it is of another program" in finished.stdout
    assert "up" not in cli.commands


def test_allowances_that_nothing_can_read_stop_what_could_then_not_be_judged(
    run, cli, packless, deploying, soon
):
    deploying(packless)
    allow(packless, soon)
    finished = run("up", "--yes", root=packless)
    assert finished.returncode == 2
    assert "guard-allow.yaml cannot be read: its loader is the policy pack's" in finished.stdout
    assert "up" not in cli.commands


def test_no_cli_is_told_with_where_to_get_one(run, packless):
    without = [f for f in os.environ["PATH"].split(os.pathsep) if not (Path(f) / "pulumi").exists()]
    finished = run("up", "--yes", root=packless, PATH=os.pathsep.join(without))
    assert finished.returncode == 1
    assert "https://www.pulumi.com/docs/install/" in finished.stderr
