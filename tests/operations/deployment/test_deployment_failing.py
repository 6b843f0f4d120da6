"""An update that fails, is cut off or is interrupted: in what state the stack is, and what next."""

import signal

import pytest

from tests.operations.deployment.conftest import recorded, write_stack
from tests.support.engine_documents import exported

TABLE = "kv-storage-kv-storage-data"
LATER = ("kv-storage-access-api", "kv-storage-access-admin")
NEXT = "`make up STACK=dev`: it previews, judges and does what is not done"


@pytest.fixture
def half_way(packless, deploying):
    """A first deployment of which the update ends in some way, with the table still pending."""

    def answer(up, *, exports=None):
        deployed = recorded(packless)
        left = exported(deployed, without=(TABLE, *LATER), pending=[(TABLE, "creating")])
        deploying(packless, up=up, exports=exports or [{"says": exported(None)}, {"says": left}])
        return packless

    return answer


def test_an_update_that_fails_half_way_tells_what_is_done_pending_and_open(run, cli, half_way):
    root = half_way({"says": "error: AccessDeniedException\n", "code": 255})
    finished = run("up", "--yes", root=root)
    assert finished.returncode == 1
    said = finished.stdout
    assert cli.commands[-2:] == ["up", "stack export"]
    assert "error: AccessDeniedException" in said
    assert "✗ Up" in said
    assert "`pulumi up` ended with exit code 255" in said.splitlines()[-1]
    state = said[said.index("State of stack dev now:") :]
    done, _, rest = state.partition("In doubt: 1")
    unknown, _, rest = rest.partition("Not begun: 2")
    assert "create Parameter /dropify-dev/tables/kv-storage-data-table-name" in done
    assert f"creating Table {TABLE}" in unknown
    assert "create Policy dropify-dev-kv-storage-admin" in rest
    assert "1. compare the state with AWS: `pulumi refresh --stack dev`" in rest
    assert "--clear-pending-creates" in rest
    assert f"3. mend the cause, then {NEXT}" in rest
    assert "Verify" not in said


def test_an_update_that_fails_before_it_changed_anything_says_so(run, packless, deploying):
    before = recorded(packless)
    write_stack(packless, cost_center="two")
    deploying(packless, before=before, up={"code": 1})
    finished = run("up", "--yes", root=packless)
    assert finished.returncode == 1
    assert "Not begun: 9" in finished.stdout
    assert "Done" not in finished.stdout
    assert "pulumi refresh" not in finished.stdout
    assert NEXT in finished.stdout


def test_a_replaced_resource_whose_old_one_still_goes_is_half_done(run, packless, deploying):
    before = recorded(packless)
    write_stack(packless, cost_center="two")
    left = exported(before, doomed=[TABLE])
    deploying(
        packless,
        before=before,
        up={"code": 1},
        exports=[{"says": exported(before)}, {"says": left}],
    )
    finished = run("up", "--yes", root=packless)
    assert "Replaced, the old one still to be deleted: 1" in finished.stdout


def test_a_secret_that_is_encrypted_anew_is_no_change(run, packless, deploying):
    before = recorded(packless)
    write_stack(packless, cost_center="two")
    states = [{"says": exported(before, ciphertext=text)} for text in ("anew", "once more")]
    deploying(packless, before=before, up={"code": 1}, exports=states)
    finished = run("up", "--yes", root=packless)
    assert "`pulumi up` ended with exit code 1: 9 not begun" in finished.stdout


@pytest.mark.parametrize("killed", ["SIGKILL", "SIGHUP"])
def test_a_cli_that_is_killed_may_leave_a_lock(run, half_way, killed):
    finished = run("up", "--yes", root=half_way({"killed": killed}))
    assert finished.returncode == 1
    assert f"`pulumi up` was ended by {killed}" in finished.stdout.splitlines()[-1]
    assert "1. the CLI may have left the stack locked" in finished.stdout
    assert "`pulumi cancel dev`" in finished.stdout
    assert f"creating Table {TABLE}" in finished.stdout


def test_a_backend_that_no_longer_answers_leaves_what_was_done_unknown(run, half_way):
    lost = {"complains": "error: dial tcp: connection refused\n", "code": 255}
    root = half_way({"code": 255}, exports=[{"says": exported(None)}, lost])
    finished = run("up", "--yes", root=root)
    assert finished.returncode == 1
    assert "warning: what was done is not known: `pulumi stack export`" in finished.stdout
    assert "connection refused" in finished.stdout
    assert "1. find out what was done as soon as the backend answers" in finished.stdout
    assert "what was done is not known" in finished.stdout.splitlines()[-1]


@pytest.mark.parametrize("request_to_stop", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_ctrl_c_lets_the_cli_finish_what_it_began(run, half_way, request_to_stop):
    root = half_way({"interrupts": 1, "with": request_to_stop, "code": 1})
    finished = run("up", "--yes", root=root)
    assert finished.returncode == 130
    assert finished.stdout.count("interrupted 1") == 1
    assert "State of stack dev now:" in finished.stdout
    assert f"creating Table {TABLE}" in finished.stdout
    assert f"3. {NEXT}" in finished.stdout
    assert ": interrupted: " in finished.stdout.splitlines()[-1]


def test_the_terminal_cannot_send_ctrl_c_to_the_update_a_second_time(run, cli, half_way):
    run("up", "--yes", root=half_way({"code": 1}))
    (update,) = (call for call in cli.calls if call["command"] == "up")
    assert update["leads_its_group"]  # the terminal sends to the group in front alone


def test_a_second_ctrl_c_reaches_the_cli_too(run, half_way):
    finished = run("up", "--yes", root=half_way({"interrupts": 2, "code": 1}))
    assert finished.returncode == 130
    assert "interrupted 2" in finished.stdout


def test_a_third_ctrl_c_ends_a_cli_that_heeds_none(run, half_way):
    finished = run("up", "--yes", root=half_way({"interrupts": 2, "deaf": True}))
    assert finished.returncode == 130
    assert "1. the CLI may have left the stack locked" in finished.stdout


def test_an_update_that_ends_well_in_spite_of_ctrl_c_is_not_called_verified(run, half_way):
    finished = run("up", "--yes", root=half_way({"interrupts": 1, "code": 0}))
    assert finished.returncode == 130
    assert "deployed before it could be interrupted; not verified" in finished.stdout
    assert "1. `make verify STACK=dev`" in finished.stdout
    assert "✓ Up" in finished.stdout
    assert "State of stack" not in finished.stdout


def test_what_handled_ctrl_c_before_handles_it_again(run, half_way):
    before = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    run("up", "--yes", root=half_way({"interrupts": 1, "code": 1}))
    after = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    assert after == before


def test_a_signal_that_the_shell_told_to_ignore_interrupts_nothing(run, half_way):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        finished = run("up", "--yes", root=half_way({"sends": "SIGHUP"}))
    finally:
        signal.signal(signal.SIGHUP, before)
    assert finished.returncode == 0, finished
    assert "interrupted" not in finished.stdout


def test_ctrl_c_before_the_update_is_told_to_have_deployed_nothing(run, cli, packless):
    cli.answers({"stack export": [{"says": exported(None)}], "preview": [{"sends": "SIGINT"}]})
    finished = run("up", "--yes", root=packless)
    assert finished.returncode == 130
    assert "interrupted; nothing was deployed" in finished.stdout.splitlines()[-1]
    assert "Next:" not in finished.stdout
    assert (packless / ".tablewright" / "reports" / "dev.md").is_file()


def test_ctrl_c_after_an_update_that_failed_leaves_what_was_done_unknown(run, half_way):
    exports = [{"says": exported(None)}, {"sends": "SIGINT"}]
    finished = run("up", "--yes", root=half_way({"code": 1}, exports=exports))
    assert finished.returncode == 130
    assert "interrupted before it was known what was done" in finished.stdout.splitlines()[-1]
    assert "`pulumi stack export --stack dev`" in finished.stdout


def test_ctrl_c_during_verification_is_told_to_have_deployed(run, packless, deploying, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    deploying(packless)
    monkeypatch.setattr("tablewright.operations.deployment.run.verify", interrupt)
    finished = run("up", "--yes", root=packless)
    assert finished.returncode == 130
    assert "deployed, but interrupted before it was verified" in finished.stdout.splitlines()[-1]
    assert "1. `make verify STACK=dev`" in finished.stdout
