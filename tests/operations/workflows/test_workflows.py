"""The workflows for users are sound: by actionlint where it is there, and by their own rules."""

from __future__ import annotations

import copy

import pytest

from tests.support.documented_commands import code_of, mistakes_in
from tests.support.recording import ROOT
from tests.support.workflows import ACTIONS, WORKFLOWS, problems, read, said_by_actionlint

BY_NAME = {path.name: path for path in WORKFLOWS}


def name_of(path):
    return path.parent.name if path.name == "action.yml" else path.name


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=name_of)
def test_nothing_is_wrong_with_a_workflow(path):
    assert problems(read(path)) == []
    if path in WORKFLOWS:
        assert said_by_actionlint(path) == ""


def test_the_stacks_go_one_after_the_other_and_prod_is_last():
    jobs = read(BY_NAME["deploy.yml"])["jobs"]
    order = {name: job.get("needs") for name, job in jobs.items()}
    assert order == {"test": None, "dev": "test", "staging": "dev", "prod": "staging"}
    assert {name: job["with"]["stack"] for name, job in jobs.items() if "with" in job} == {
        name: name for name in ("dev", "staging", "prod")
    }


@pytest.mark.parametrize("name", ["pull-request.yml", "drift.yml"])
def test_every_stack_on_aws_is_previewed_and_compared(name):
    stacks = {path.name.split(".")[1] for path in ROOT.glob("Pulumi.*.yaml")} - {"local"}
    matrices = [
        job["strategy"]["matrix"]["stack"]
        for job in read(BY_NAME[name])["jobs"].values()
        if "strategy" in job
    ]
    assert [set(matrix) for matrix in matrices] == [stacks]


def test_a_pull_request_is_tested_and_so_is_what_is_deployed():
    for name in ("pull-request.yml", "deploy.yml"):
        assert read(BY_NAME[name])["jobs"]["test"]["uses"] == "./.github/workflows/ci.yml"
    steps = read(BY_NAME["ci.yml"])["jobs"]["test"]["steps"]
    assert ".ci/run" in [step.get("run") for step in steps]


def test_a_fork_gets_no_role_and_is_told_so():
    jobs = read(BY_NAME["pull-request.yml"])["jobs"]
    own = "github.event.pull_request.head.repo.full_name == github.repository"
    assert jobs["preview"]["if"] == own
    assert jobs["fork"]["if"] == own.replace("==", "!=")
    assert "GITHUB_STEP_SUMMARY" in jobs["fork"]["steps"][0]["run"]


def altered(name, change):
    document = copy.deepcopy(read(BY_NAME[name]))
    change(document)
    return problems(document)


def step_of(document, job, text):
    return next(s for s in document["jobs"][job]["steps"] if text in str(s))


MISTAKES = {
    "no timeout": (
        "drift.yml",
        lambda d: d["jobs"]["compare"].pop("timeout-minutes"),
        "timeout-minutes",
    ),
    "a timeout that GitHub does not give": (
        "drift.yml",
        lambda d: d["jobs"]["compare"].update({"timeout-minutes": "361"}),
        "beyond GitHub's six hours",
    ),
    "no permissions": ("ci.yml", lambda d: d["jobs"]["test"].pop("permissions"), "permissions"),
    "all permissions": (
        "ci.yml",
        lambda d: d["jobs"]["test"].update(permissions="write-all"),
        "write-all",
    ),
    "no concurrency": ("drift.yml", lambda d: d.pop("concurrency"), "no concurrency is set"),
    "a deployment that can be cancelled": (
        "deploy-stack.yml",
        lambda d: d["jobs"]["deploy"]["concurrency"].update({"cancel-in-progress": "true"}),
        "a deployment can be cancelled",
    ),
    "an action of no version": (
        "ci.yml",
        lambda d: d["jobs"]["test"]["steps"][0].update(uses="actions/checkout@main"),
        "actions/checkout@main",
    ),
    "a token that a checkout leaves": (
        "ci.yml",
        lambda d: d["jobs"]["test"]["steps"][0].pop("with"),
        "leaves its token behind",
    ),
    "a target that is not there": (
        "ci.yml",
        lambda d: step_of(d, "test", "make up").update(run="make upp"),
        "there is no target 'upp'",
    ),
    "a variable that no target reads": (
        "deploy-stack.yml",
        lambda d: step_of(d, "deploy", "make up").update(run="make up STAKC=dev"),
        "reads no STAKC",
    ),
    "an option that is not there": (
        "drift.yml",
        lambda d: step_of(d, "compare", "tablewright").update(
            run=".venv/bin/tablewright drift --stacks dev"
        ),
        "there is no option --stacks",
    ),
    "a command that is not there": (
        "drift.yml",
        lambda d: step_of(d, "compare", "tablewright").update(run=".venv/bin/tablewright drfit"),
        "there is no command 'drfit'",
    ),
    "a secret in a script": (
        "deploy-stack.yml",
        lambda d: step_of(d, "deploy", "make up").update(run="echo $PULUMI_ACCESS_TOKEN"),
        "handles the secret PULUMI_ACCESS_TOKEN",
    ),
    "an expression in a script": (
        "deploy-stack.yml",
        lambda d: step_of(d, "deploy", "make up").update(run="echo ${{ github.head_ref }}"),
        "hand it over by env",
    ),
    "a script that is none": (
        "drift.yml",
        lambda d: step_of(d, "issue", "gh issue").update(run="if true; then echo"),
        "bash: ",
    ),
    "a preview that is published": (
        "deploy-stack.yml",
        lambda d: step_of(d, "deploy", "upload-artifact")["with"].update(path="preview.json"),
        "preview.json is published",
    ),
    "an output of a step that is not there": (
        "deploy-stack.yml",
        lambda d: d["jobs"]["deploy"]["steps"][1].update(id="else-where"),
        "steps.set-up is not there",
    ),
    "a job that waits for none": (
        "deploy.yml",
        lambda d: d["jobs"]["prod"].update(needs="stagging"),
        "needs 'stagging', which is no job",
    ),
    "a stack that is not handed over": (
        "deploy.yml",
        lambda d: d["jobs"]["prod"].pop("with"),
        "wants inputs ['stack']",
    ),
    "an input that nobody takes": (
        "drift.yml",
        lambda d: step_of(d, "compare", "set-up")["with"].update(rôle="x"),
        "takes no input 'rôle'",
    ),
    "permissions that a called workflow lacks": (
        "deploy.yml",
        lambda d: d["jobs"]["dev"]["permissions"].pop("id-token"),
        "needs permissions [('id-token', 'write')]",
    ),
    "a role without a token to assume it by": (
        "drift.yml",
        lambda d: d["jobs"]["compare"]["permissions"].pop("id-token"),
        "belongs to the jobs that assume a role",
    ),
    "a role outside of an environment": (
        "drift.yml",
        lambda d: d["jobs"]["compare"].pop("environment"),
        "outside of an environment",
    ),
    "a key that GitHub does not know": (
        "ci.yml",
        lambda d: d["jobs"]["test"].update({"time-out": "5"}),
        "time-out",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_workflow_is_found(mistake):
    name, change, said = MISTAKES[mistake]
    found = altered(name, change)
    assert found
    assert any(said in each for each in found), found


@pytest.mark.parametrize("page", ["ci.md", "adopt.md", "restore.md"])
def test_every_command_of_a_document_exists(page):
    commands = code_of((ROOT / "docs" / page).read_text())
    assert "tablewright drift" in commands
    assert list(mistakes_in(commands)) == []


@pytest.mark.parametrize(
    "text",
    [
        "`make upp`",
        "`make up STAKC=dev`",
        "```sh\ntablewright verify --al\n```",
        "`tablewright drfit`",
    ],
)
def test_a_command_that_does_not_exist_is_found(text):
    assert len(list(mistakes_in(code_of(text)))) == 1


def test_the_page_on_ci_names_every_environment_variable_and_secret_that_a_workflow_reads():
    page = (ROOT / "docs" / "ci.md").read_text()
    sources = "".join(path.read_text() for path in (*WORKFLOWS, *ACTIONS))
    for word in ("vars.", "secrets."):
        names = {part.split()[0].rstrip("}") for part in sources.split(word)[1:]}
        assert names
        for name in names:
            assert f"`{name}`" in page
    for environment in ("preview-", "drift-"):
        assert f"`{environment}<stack>`" in page
