"""A deployment that nothing stops, and the preview of one."""

import shutil

import pytest

from tests.operations.deployment.conftest import recorded, write_stack
from tests.support.engine_documents import exported

STACK = ["--stack", "dev"]
ORDER = ["stack export", "preview", "stack export", "up"]


def test_a_first_deployment_goes_from_preview_to_proof(run, cli, project, deploying):
    deploying(project)
    finished = run("up", "--yes", root=project)
    assert finished.returncode == 0, finished
    assert cli.commands == ORDER
    stages = [line for line in finished.stdout.splitlines() if line.startswith("✓")]
    assert [line.split()[1] for line in stages] == ["Preview", "Guard", "Policies", "Up", "Verify"]
    assert "+ create Table dropify-dev-kv-storage-data" in finished.stdout
    assert "Updating (dev)" in finished.stdout
    assert finished.stdout.splitlines()[-1].endswith(" create: deployed and verified")


def test_the_update_is_held_to_what_was_judged_and_judged_again_by_the_pack(
    run, cli, project, deploying
):
    deploying(project)
    finished = run("up", "--yes", root=project)
    pack = project / "policies"
    judged = ["--policy-pack", str(pack), "--policy-pack-config", str(pack / "levels" / "dev.json")]
    saved = cli.arguments("preview")
    plan = saved[saved.index("--save-plan") + 1]
    assert saved == ["preview", "--json", *judged, "--save-plan", plan, *STACK, "--non-interactive"]
    assert cli.arguments("up") == [
        *("up", "--yes", "--skip-preview", "--plan", plan),
        *judged,
        *STACK,
    ]
    assert "the plan" in finished.stdout  # the stand-in read it
    assert {call["folder"] for call in cli.calls} == {str(project)}


def test_the_plan_does_not_outlive_the_deployment(run, cli, packless, deploying):
    deploying(packless)
    run("up", "--yes", root=packless)
    arguments = cli.arguments("up")
    plan = arguments[arguments.index("--plan") + 1]
    assert not packless.joinpath(plan).exists()


def test_a_project_without_a_pack_deploys_without_one(run, cli, packless, deploying):
    deploying(packless)
    finished = run("up", "--yes", root=packless)
    assert finished.returncode == 0, finished
    assert "Policies" not in finished.stdout
    assert "--policy-pack" not in cli.arguments("up")


def test_a_preview_shows_the_same_and_deploys_nothing(run, cli, project, deploying):
    deploying(project)
    finished = run("preview", root=project)
    assert finished.returncode == 0, finished
    assert cli.commands == ["stack export", "preview"]
    assert "--save-plan" not in cli.arguments("preview")
    assert "+ create Table dropify-dev-kv-storage-data" in finished.stdout
    assert finished.stdout.splitlines()[-1].endswith("nothing stops it; nothing was deployed")


def test_an_update_names_what_changes_of_each_resource(run, packless, deploying):
    before = recorded(packless)
    write_stack(packless, cost_center="two")
    deploying(packless, before=before)
    finished = run("preview", root=packless)
    assert finished.returncode == 0, finished
    assert "~ update Table dropify-dev-kv-storage-data (tags)" in finished.stdout
    assert "create" not in finished.stdout


def test_a_stack_that_is_as_declared_asks_nothing_and_is_verified(
    run, cli, packless, deploying, terminal
):
    deploying(packless, before=recorded(packless))
    terminal(says="")
    finished = run("up", root=packless)
    assert finished.returncode == 0, finished
    assert cli.commands == ORDER
    assert finished.stdout.splitlines()[-1].endswith("no change: deployed and verified")


def test_what_differs_after_the_update_is_told_and_ends_with_code_1(run, packless, deploying):
    write_stack(packless, cost_center="not what the emulator has")
    deploying(packless)
    finished = run("up", "--yes", root=packless)
    assert finished.returncode == 1
    assert "✗ Verify" in finished.stdout
    assert "not what the emulator has" in finished.stdout
    assert "deployed, but not as declared" in finished.stdout.splitlines()[-1]
    assert "`make verify STACK=dev` compares again" in finished.stdout


def test_a_deployment_that_cannot_be_verified_is_not_called_fine(run, packless, deploying):
    deploying(packless)
    finished = run("up", "--yes", root=packless, AWS_ENDPOINT_URL="http://127.0.0.1:9")
    assert finished.returncode == 2
    assert "deployed, but not verified: nothing answers at http://127.0.0.1:9" in finished.stdout


@pytest.mark.parametrize("command", [("up", "--yes"), ("preview",)])
def test_a_pack_that_has_gone_is_no_reason_to_fail(run, project, deploying, command):
    deploying(project)
    shutil.rmtree(project / "policies")
    assert run(*command, root=project).returncode == 0


def test_another_time_in_the_manifest_alone_is_no_change_of_the_stack(
    run, cli, packless, deploying
):
    before = recorded(packless)
    later = exported(before).replace("13:31:37", "14:00:00")
    deploying(packless, before=before, exports=[{"says": later}])
    assert run("up", "--yes", root=packless).returncode == 0
    assert "up" in cli.commands
