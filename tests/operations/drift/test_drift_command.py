"""`tablewright drift` as a schedule calls it: exit codes, files and messages."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from tablewright.operations.command_line import app
from tests.support.deployed_stack import deployed
from tests.support.recording import ROOT

NOWHERE = "http://127.0.0.1:9"


def run(*arguments):
    return CliRunner().invoke(app, ["drift", "--root", str(ROOT), *arguments])


@pytest.fixture(scope="module")
def stack():
    """The stack `dev` of this project, as its file declares it."""
    stores = ["file_sharing", "application_table", "kv_storage", "shop", "usage_quotas"]
    owner = {"owner": "platform-team", "costCenter": "development"}
    with deployed(environment="dev", stores=stores, **owner) as running:
        yield running


def test_a_stack_as_declared_ends_with_0(stack):
    ended = run("--stack", "dev", "--endpoint", stack.endpoint.url)
    assert ended.exit_code == 0, ended.output
    assert ended.output.splitlines()[-1].startswith("dev: same: ")


def test_a_changed_stack_ends_with_1_in_every_format(stack, tmp_path):
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    name = "dropify-dev-users"
    stack.endpoint.dynamodb.update_table(TableName=name, DeletionProtectionEnabled=True)
    try:
        ended = run(
            "--stack", "dev", "--endpoint", stack.endpoint.url, "--markdown", str(summary), "--json"
        )
    finally:
        stack.endpoint.dynamodb.update_table(TableName=name, DeletionProtectionEnabled=False)
    assert ended.exit_code == 1
    report = json.loads(ended.stdout)
    (found,) = report["differences"]
    assert (found["resource"], found["property"]) == (f"table {name}", "deletion protection")
    assert (found["expected"], found["actual"]) == (False, True)
    assert found["mends"] == "refresh and up"
    assert report["exitCode"] == 1
    written = summary.read_text()
    assert written.startswith("before\n## Drift: `dev` **drifted**\n")
    assert "deletion protection: declared false, deployed true" in written
    assert "pulumi refresh --stack dev" in written


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--stack", "dev", "--endpoint", NOWHERE), f"nothing answers at {NOWHERE}"),
        (("--stack", "qa"), "staging"),
        (("--stack", "local"), "make up KEEP=1"),
        (("--stack", "dev", "--markdown", "/nowhere/drift.md"), "there is no folder /nowhere"),
    ],
)
def test_what_could_not_be_compared_ends_with_2_and_says_why(arguments, said, monkeypatch):
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    ended = run(*arguments)
    assert ended.exit_code == 2
    assert said in ended.stderr


def test_a_stack_that_was_never_deployed_ends_with_2(stack):
    ended = run("--stack", "prod", "--endpoint", stack.endpoint.url)
    assert ended.exit_code == 2
    assert "nothing of stack 'prod' is deployed in account 123456789012" in ended.stderr
