"""The command `tablewright plan-index` as a user runs it."""

import io
import json
import os
import sys
from types import SimpleNamespace

import pytest

from tablewright.operations.command_line import main
from tests.support.recorded_previews import FOLDER
from tests.support.recording import ROOT

STATE = FOLDER / "state.json"
ADD = "1. build index 'fileIdIndexV2' of table dropify-prod-share-links beside what is there"


@pytest.fixture
def run(monkeypatch, capfd):
    """Call the command in this process: exit code, standard output and standard error."""

    def call(*arguments, stack="prod", given="", **changes):
        monkeypatch.chdir(ROOT)
        for name, value in {"NO_COLOR": "1", "COLUMNS": "200", **changes}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        monkeypatch.setattr(
            sys, "argv", ["tablewright", "plan-index", "--stack", stack, *arguments]
        )
        with pytest.raises(SystemExit) as ended:
            main()
        said = capfd.readouterr()
        return SimpleNamespace(code=ended.value.code, out=said.out, error=said.err)

    return call


@pytest.fixture
def cli(tmp_path):
    """A PATH whose Pulumi CLI is a stand-in: a shell script."""

    def make(script):
        (tmp_path / "pulumi").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "pulumi").chmod(0o755)
        return os.pathsep.join((str(tmp_path), "/usr/bin", "/bin"))

    return make


def test_a_plan_is_printed_with_its_verdict_last(run):
    done = run("--state", str(STATE))
    assert done.code == 0, done.error
    assert ADD in done.out
    assert "Edit: in tablewright/models/catalog/file_sharing_tables.py" in done.out
    assert "Check: make verify STACK=prod" in done.out
    assert done.out.splitlines()[-1] == "prod: 4 deployments since the exported state"


@pytest.mark.parametrize(("arguments", "code"), [((), 0), (("--check",), 1)])
def test_a_plan_that_is_needed_is_a_finding_only_where_that_is_checked(run, arguments, code):
    assert run("--state", str(STATE), *arguments).code == code


def test_nothing_to_plan_is_fine_also_where_that_is_checked(run):
    empty = json.dumps({"deployment": {}})
    done = run("--state", "-", "--check", given=empty)
    assert done.code == 0, done.error
    assert "prod: nothing to plan since the exported state" in done.out


def test_a_change_without_a_plan_is_a_finding_where_that_is_checked(run):
    other_key = STATE.read_text().replace('"hashKey": "linkId"', '"hashKey": "fileId"')
    done = run("--state", "-", "--check", given=other_key)
    assert done.code == 1
    assert "No plan: table dropify-prod-share-links: the table's key changes" in done.out
    assert "1 change without a plan since the exported state" in done.out


def test_json_is_for_machines(run):
    done = run("--state", str(STATE), "--json")
    plan = json.loads(done.out)
    assert (plan["stack"], plan["needed"], plan["before"]) == ("prod", True, "the exported state")
    steps = [step for model in plan["models"] for step in model["steps"]]
    assert [step["kind"] for step in steps] == [
        "add-index",
        "switch-patterns",
        "release-index",
        "drop-index",
    ]
    assert all(step["edits"] and step["checks"] and step["duration"] for step in steps)


def test_markdown_is_added_to_a_file_with_a_box_for_each_deployment(run, tmp_path):
    file = tmp_path / "summary.md"
    file.write_text("# Before\n")
    assert run("--state", str(STATE), "--markdown", str(file)).code == 0
    written = file.read_text()
    assert written.startswith("# Before\n## Index plan: `prod`\n")
    assert written.count("- [ ] **") == 4
    assert "  - *Edit*: in tablewright/models/catalog" in written.replace("\\_", "_")


def test_a_changed_index_keeps_its_name_on_demand(run):
    done = run("--state", str(STATE), "--keep-names", "--json")
    subjects = [s["subject"] for m in json.loads(done.out)["models"] for s in m["steps"]]
    assert subjects == ["fileIdIndexV2"] * 2 + ["fileIdIndex"] * 4 + ["fileIdIndexV2"] * 2


def test_a_table_that_no_store_declares_is_named(run):
    done = run("--state", "-", given=STATE.read_text().replace("dropify-prod-users", "visitors"))
    assert "table visitors is in the state, and no store of this stack declares it" in done.out


def test_an_interrupted_update_is_named(run):
    state = json.loads(STATE.read_text())
    state["deployment"]["pending_operations"] = [{"resource": {"urn": "urn"}}]
    assert "left 1 pending operations" in run("--state", "-", given=json.dumps(state)).out


def test_without_a_state_the_cli_exports_it(run, cli, tmp_path):
    path = cli(f'echo "$@" > {tmp_path}/asked; cat {STATE}')
    done = run(PATH=path)
    assert done.code == 0, done.error
    assert ADD in done.out
    asked = (tmp_path / "asked").read_text()
    assert asked == "stack export --stack prod --non-interactive\n"


def test_a_cli_that_fails_is_told_with_what_it_said(run, cli):
    done = run(PATH=cli("echo 'error: no stack named prod' >&2; exit 255"))
    assert done.code == 2
    assert "`pulumi stack export` of stack 'prod' ended with exit code 255" in done.error
    assert "pulumi stack init prod" in done.error
    assert "--state" in done.error
    assert "--revision" in done.error


def test_without_a_cli_the_error_says_what_to_do(run, tmp_path):
    done = run(PATH=str(tmp_path))
    assert done.code == 2
    assert "the Pulumi CLI (`pulumi`) is not on PATH" in done.error
    assert "or give the state (--state" in done.error


@pytest.mark.parametrize(
    ("arguments", "given", "says"),
    [
        (("--state", "-"), '{"deployment": {"resources": [', "is no whole JSON document"),
        (("--state", "-"), '{"steps": []}', "standard input is no state of a stack"),
        (("--state", "nowhere.json"), "", "nowhere.json cannot be read"),
        (("--state", "-", "--revision", "HEAD"), "", "--state and --revision both say"),
        (("--revision", "nowhere"), "", "git knows no revision 'nowhere'"),
        (("--state", "-", "--markdown", "/nowhere/plan.md"), "{}", "there is no folder /nowhere"),
    ],
)
def test_what_cannot_be_compared_ends_with_exit_code_2(run, arguments, given, says):
    done = run(*arguments, given=given)
    assert (done.code, done.out) == (2, "")
    assert says in done.error.replace("\n", " ")


@pytest.mark.parametrize(
    ("stack", "says"),
    [("local", "--revision HEAD"), ("nowhere", "the stacks with one are: dev, local")],
)
def test_a_stack_without_a_state_or_a_file_ends_with_exit_code_2(run, stack, says):
    done = run(stack=stack)
    assert done.code == 2
    assert says in done.error


def test_the_models_of_the_checkout_are_compared_with_those_of_a_revision(run):
    done = run("--revision", "HEAD", stack="local")
    assert done.code == 0, done.error
    assert "since revision HEAD" in done.out
