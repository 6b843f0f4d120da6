"""The command-line program as a user runs it: exit codes, messages, and nothing left behind."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tablewright.operations.command_line import main
from tests.support.projects import copy_project

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "tablewright.operations"]
PATIENCE = 60


def environment(**changes):
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "PULUMI_"))}
    return {**inherited, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "200", **changes}


@pytest.fixture
def run(monkeypatch, capfd):
    """Call the program in this process: exit code, standard output and standard error."""

    def call(*arguments, cwd=ROOT, **changes):
        monkeypatch.chdir(cwd)
        for name in [name for name in os.environ if name.startswith(("AWS_", "PULUMI_"))]:
            monkeypatch.delenv(name)
        for name, value in {"NO_COLOR": "1", "COLUMNS": "200", **changes}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["tablewright", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capfd.readouterr()
        return SimpleNamespace(returncode=ended.value.code, stdout=said.out, stderr=said.err)

    return call


def start(*arguments, **changes):
    return subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=ROOT,
        env=environment(**changes),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def output_until(process, text):
    seen = ""
    for line in process.stdout:
        seen += line
        if text in line:
            return seen
    pytest.fail(f"{text!r} never came; {seen}\n{process.stderr.read()}")


def nobody_serves(endpoint):
    host, port = endpoint.removeprefix("http://").split(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) != 0


def endpoint_in(output):
    return next(
        line.split("=", 1)[1]
        for line in output.splitlines()
        if line.startswith("export AWS_ENDPOINT_URL=")
    )


@pytest.fixture(scope="module")
def served():
    """One `up --keep` for every test that needs a deployed stack."""
    process = start("up", "--keep")
    output = output_until(process, "until Ctrl-C")
    yield output
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "nothing is left running" in said
    assert nobody_serves(endpoint_in(output))


@pytest.fixture
def one_store(tmp_path):
    """The project with a local stack of one store, which is up in no time."""
    for name in ("Pulumi.yaml", "__main__.py", "components", "tablewright"):
        (tmp_path / name).symlink_to(ROOT / name)
    stack = (ROOT / "Pulumi.local.yaml").read_text()
    before, _, _ = stack.partition("  tablewright:stores:")
    (tmp_path / "Pulumi.local.yaml").write_text(f"{before}  tablewright:stores: [kv_storage]\n")
    return str(tmp_path)


@pytest.fixture
def no_cli():
    """A PATH with the tools of the system, but without a Pulumi CLI."""
    folders = os.environ["PATH"].split(os.pathsep)
    return os.pathsep.join(f for f in folders if not (Path(f) / "pulumi").exists())


@pytest.fixture
def recording_cli(tmp_path, no_cli):
    """A stand-in for the Pulumi CLI that writes down its arguments and ends with code 3."""
    cli, said = tmp_path / "pulumi", tmp_path / "arguments"
    cli.write_text(f'#!/bin/sh\necho "$@" > {said}\nexit 3\n')
    cli.chmod(0o755)
    return os.pathsep.join((str(tmp_path), no_cli)), said


@pytest.fixture
def small_project(tmp_path):
    return copy_project(tmp_path)


def test_up_deploys_verifies_and_executes_every_pattern_of_all_five_stores(served):
    for store in ("file-sharing", "application-table", "kv-storage", "shop", "usage-quotas"):
        assert f"DataStore {store}" in served
    assert "✓ Deploy" in served
    assert "✓ Verify" in served
    assert "✓ Patterns" in served
    assert "Summary: 5 stores, 10 tables" in served
    assert ": proved" in served
    assert "0 failed, 0 not deployed" in served


def test_up_prints_how_to_connect(served):
    assert "export DROPIFY_FILES_TABLE_NAME=dropify-local-files" in served
    assert "export DYNAMODB_TABLE=dropify-local-application" in served
    assert "export AWS_REGION=us-east-1" in served


def test_the_printed_lines_alone_connect_boto3(served, tmp_path):
    lines = "\n".join(line for line in served.splitlines() if line.startswith("export "))
    read = (
        "import boto3; parameter = '/dropify-local/tables/files-table-name'; "
        "print(boto3.client('ssm').get_parameter(Name=parameter)['Parameter']['Value'])"
    )
    finished = subprocess.run(
        ["/bin/sh", "-c", f'{lines}\nexec "$0" -c "$1"', sys.executable, read],
        env={**environment(), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.stdout.strip() == "dropify-local-files", finished.stderr


def test_a_served_stack_verifies_from_another_process(run, served):
    endpoint = endpoint_in(served)
    finished = run("verify", "--json", AWS_ENDPOINT_URL=endpoint, AWS_PROFILE="not-configured")
    assert finished.returncode == 0, finished.stderr
    assert json.loads(finished.stdout)["ok"] is True


def test_the_patterns_of_a_served_stack_run_from_another_process(run, served):
    finished = run("patterns", "--json", "--endpoint", endpoint_in(served))
    assert finished.returncode == 0, finished.stderr
    assert json.loads(finished.stdout)["counts"]["failed"] == 0


def test_verify_ends_with_code_1_on_a_difference(run, served):
    finished = run("verify", "--stack", "dev", "--endpoint", endpoint_in(served))
    assert finished.returncode == 1
    assert "dropify-dev-files" in finished.stdout


def test_up_without_keep_ends_by_itself_and_leaves_nothing_running(run, one_store):
    finished = run("up", "--root", one_store, AWS_PROFILE="not-configured", COLUMNS="30")
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.endswith("; `make up KEEP=1` keeps it serving.\n")
    assert nobody_serves(endpoint_in(finished.stdout))


def test_a_port_in_use_is_named_with_the_remedy(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        finished = run("up", "--port", port)
    assert finished.returncode == 1
    assert f"port {port}" in finished.stderr
    assert "another port" in finished.stderr


@pytest.mark.parametrize("script", ["analyzer_process.py", "emulator_process.py"])
def test_ctrl_c_half_way_ends_with_a_message_and_leaves_no_child(script):
    process = start("up")
    children = first_children_of(process.pid, script)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "Interrupted" in said
    assert children
    assert not any(is_running(child) for child in children)


def first_children_of(pid, script=""):
    """Wait for children of a process: any, or those that run a script."""
    deadline = time.monotonic() + PATIENCE
    while not (children := children_of(pid, script)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return children


def children_of(pid, script):
    listed = subprocess.run(
        ["/bin/ps", "-axww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    )
    rows = (line.split(maxsplit=2) for line in listed.stdout.splitlines())
    return [int(child) for child, parent, run in rows if int(parent) == pid and script in run]


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_stack_that_its_policies_stop_is_told_and_not_deployed(run, small_project):
    levels = small_project / "policies" / "levels" / "local.json"
    levels.write_text(levels.read_text().replace('"advisory"', '"mandatory"', 1))
    finished = run("up", "--root", str(small_project))
    assert finished.returncode == 1
    assert "9 mandatory findings" in finished.stdout
    assert "ddb-pitr-enabled" in finished.stdout
    assert "Nothing was deployed." in finished.stdout
    assert "Deploy" not in finished.stdout.replace("deployed", "")


def test_an_emulator_that_dies_half_way_is_told_and_ends_with_code_1():
    process = start("up")
    (emulator,) = first_children_of(process.pid, "emulator_process.py")
    time.sleep(1.5)
    os.kill(emulator, signal.SIGKILL)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "emulator" in said
    assert "Traceback" not in said


def test_a_stack_on_aws_without_a_cli_says_how_to_get_one(run, no_cli):
    for command in ("up", "preview", "down"):
        asked = [command, *(["--yes"] if command == "up" else [])]
        finished = run(*asked, "--stack", "dev", PATH=no_cli)
        assert finished.returncode == 1
        assert "https://www.pulumi.com/docs/install/" in finished.stderr
        assert "the local stack needs none: `make up`" in finished.stderr


def test_down_is_handed_to_the_cli_with_its_exit_code(run, recording_cli):
    path, said = recording_cli
    finished = run("down", "--stack", "staging", "--yes", PATH=path)
    assert finished.returncode == 3
    assert said.read_text().strip() == "destroy --stack staging --yes"


def test_a_level_file_is_checked_before_the_cli_would_pass_over_its_mistakes(
    run, recording_cli, small_project
):
    path, said = recording_cli
    levels = small_project / "policies" / "levels" / "dev.json"
    levels.write_text(levels.read_text().replace('"ddb-pitr-window"', '"ddb-pitr-windwo"'))
    finished = run("up", "--stack", "dev", "--yes", "--root", str(small_project), PATH=path)
    assert finished.returncode == 1
    assert f"{levels}:3: the pack has no policy 'ddb-pitr-windwo'" in finished.stderr
    assert "did you mean 'ddb-pitr-window'?" in finished.stderr
    assert not said.exists()


def test_a_pack_without_its_virtual_environment_is_told_before_the_cli_would_hang(
    run, recording_cli, small_project
):
    path, said = recording_cli
    shutil.rmtree(small_project / ".venv")
    finished = run("up", "--stack", "dev", "--yes", "--root", str(small_project), PATH=path)
    assert finished.returncode == 1
    assert "there is no virtual environment in" in finished.stderr
    assert "any `make` command sets up .venv" in finished.stderr
    assert not said.exists()


@pytest.mark.parametrize("text", ["", "[]", "runtime: {", "runtimes: python"])
def test_a_pack_that_does_not_describe_itself_is_told(run, recording_cli, small_project, text):
    path, said = recording_cli
    (small_project / "policies" / "PulumiPolicy.yaml").write_text(text)
    finished = run("up", "--stack", "dev", "--yes", "--root", str(small_project), PATH=path)
    assert finished.returncode == 1
    assert "PulumiPolicy.yaml is no description of a policy pack" in finished.stderr
    assert not said.exists()


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (("up", "--keep"), "--keep (KEEP) is for the local stack; leave it out"),
        (("up", "--port", "0"), "--port (PORT) is for the local stack; leave it out"),
        (
            ("up", "--keep", "--port", "4566"),
            "--keep (KEEP) and --port (PORT) are for the local stack; leave them out",
        ),
        (("up", "--aws-plugin", "official"), "--aws-plugin (AWS_PLUGIN) is for the local stack"),
        (("up", "--engine", "python"), "--engine (ENGINE) is for the local stack"),
        (("preview", "--engine", "pulumi"), "--engine (ENGINE) is for the local stack"),
        (("down", "--engine", "pulumi", "--yes"), "--engine (ENGINE) is for the local stack"),
    ],
    ids=lambda value: "_".join(value) if isinstance(value, tuple) else "",
)
def test_a_stack_on_aws_refuses_what_is_for_the_local_stack(run, recording_cli, command, named):
    path, said = recording_cli
    finished = run(*command, "--stack", "dev", PATH=path)
    assert finished.returncode == 1
    assert f"stack 'dev': {named}" in finished.stderr
    assert not said.exists()


@pytest.mark.parametrize("command", ["up", "preview"])
def test_the_local_stack_refuses_a_report_that_it_would_not_write(run, tmp_path, command):
    finished = run(command, "--report", str(tmp_path / "report.md"))
    assert finished.returncode == 1
    assert "--report (REPORT) is for stacks on AWS; leave it out" in finished.stderr


@pytest.mark.parametrize("port", ["abc", "99999", "-1"])
def test_a_port_that_is_none_is_named_with_what_to_give(run, port):
    finished = run("up", "--port", port)
    assert finished.returncode == 2
    assert f"{port!r} is no port; give --port (PORT) a number from 0 to 65535" in finished.stderr


def test_the_help_says_which_stacks_there_can_be(run):
    assert "Pulumi.<name>.yaml" in run("up", "--help").stdout


def test_down_refuses_prod_before_it_calls_the_cli(run, recording_cli):
    path, said = recording_cli
    finished = run("down", "--stack", "prod", "--yes", PATH=path)
    assert finished.returncode == 1
    assert "retains its tables" in finished.stderr
    assert "the guard names every table that would then be unprotected" in finished.stderr
    assert "guard-allow.yaml accepts that" in finished.stderr
    assert "`pulumi destroy --stack prod` yourself" in finished.stderr
    assert not said.exists()


def test_down_refuses_prod_even_where_it_retains_nothing(run, recording_cli, tmp_path):
    path, said = recording_cli
    prod = (ROOT / "Pulumi.prod.yaml").read_text()
    weak = "  tablewright:retain: false\n  tablewright:weakeningReason: moved to another account\n"
    (tmp_path / "Pulumi.yaml").write_text((ROOT / "Pulumi.yaml").read_text())
    (tmp_path / "Pulumi.prod.yaml").write_text(f"{prod.rstrip()}\n{weak}")
    finished = run("down", "--stack", "prod", "--yes", "--root", str(tmp_path), PATH=path)
    assert finished.returncode == 1
    assert "guarded environment" in finished.stderr
    assert "not retained and would go with their items" in finished.stderr
    assert not said.exists()


def test_an_unknown_stack_lists_those_there_are(run):
    finished = run("up", "--stack", "qa")
    assert finished.returncode == 1
    assert "qa" in finished.stderr
    assert "staging" in finished.stderr


def test_a_folder_without_a_project_is_named(run, tmp_path):
    finished = run("up", cwd=tmp_path)
    assert finished.returncode == 1
    assert "Pulumi.yaml" in finished.stderr
    assert "--root" in finished.stderr


def test_bad_configuration_is_one_error_with_every_problem(run, tmp_path, recording_cli):
    path, said = recording_cli
    (tmp_path / "Pulumi.yaml").write_text((ROOT / "Pulumi.yaml").read_text())
    (tmp_path / "Pulumi.dev.yaml").write_text(
        "config:\n  aws:region: us-east-1\n  tablewright:environment: dev\n"
        "  tablewright:owner: me\n  tablewright:costCenter: none\n"
        "  tablewright:stores: [shops]\n  tablewright:retainn: true\n"
    )
    finished = run("up", "--stack", "dev", "--yes", "--root", str(tmp_path), PATH=path)
    assert finished.returncode == 1
    assert "tablewright:stores" in finished.stderr
    assert "tablewright:retainn" in finished.stderr
    assert not said.exists()


def test_preview_of_the_local_stack_draws_the_tree_without_an_emulator(run):
    finished = run("preview")
    assert finished.returncode == 0, finished.stderr
    assert "dropify-local-user-quotas" in finished.stdout
    first, *_, last = finished.stdout.splitlines()
    assert "stack local" in first
    assert last == f"Preview: {resources_in(finished.stdout)} resources; nothing was deployed."


def resources_in(output):
    """Count the resources of a tree; the stack and the components are none."""
    kinds = [line.split("── ")[1].split()[0] for line in output.splitlines() if "── " in line]
    tables = [line for line in output.splitlines() if "── Table dropify-local-" in line]
    components = {"ConsumerPolicies", "DataStore", "Table", "TableExports"}
    return len(tables) + sum(kind not in components for kind in kinds)


def test_preview_and_up_print_the_warnings_of_the_configuration(run, one_store):
    with (Path(one_store) / "Pulumi.local.yaml").open("a") as stack:
        stack.write("  tablewright:weakeningReason: once there was a good reason for something\n")
    for command in ("preview", "up"):
        finished = run(command, "--root", one_store)
        assert finished.returncode == 0, finished.stderr
        assert finished.stdout.count("warning: tablewright:weakeningReason: nothing is weaker") == 1


def test_verify_of_the_local_stack_asks_for_its_emulator(run):
    finished = run("verify")
    assert finished.returncode == 1
    assert "make up KEEP=1" in finished.stderr
