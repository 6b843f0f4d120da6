import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from botocore.exceptions import BotoCoreError

from tablewright.local import emulator as module
from tablewright.local.clients import Clients
from tablewright.local.emulator import Emulator
from tablewright.local.errors import EmulatorError
from tests.support.processes import ends, runs
from tests.support.table_inputs import table_inputs

ROOT = Path(module.__file__).parents[2]
PARENT = """
import sys, time
from tablewright.local.emulator import Emulator
with Emulator() as emulator:
    print(emulator.pid, flush=True)
    time.sleep(60)
"""

INTERRUPTED = """
import time
from tablewright.local.clients import Clients
from tablewright.local.emulator import Emulator
with Emulator() as emulator:
    try:
        print("ready", flush=True)
        time.sleep(60)
    except KeyboardInterrupt:
        print(Clients(emulator.endpoint, "us-east-1").sts.get_caller_identity()["Account"])
"""


def test_it_serves_on_a_free_port_and_stops_at_the_end_of_the_block():
    with Emulator() as emulator:
        pid = emulator.pid
        clients = Clients(emulator.endpoint, "us-east-1")
        assert clients.sts.get_caller_identity()["Account"] == "123456789012"
        assert emulator.endpoint == f"http://127.0.0.1:{emulator.port}"

    assert not runs(pid)
    with pytest.raises(BotoCoreError):
        clients.sts.get_caller_identity()


def test_it_binds_this_machine_alone():
    with Emulator() as emulator, socket.socket() as other:
        other.bind(("127.0.0.2", emulator.port))  # free: only 127.0.0.1 is taken


def test_it_takes_the_port_it_was_asked_for_and_frees_it():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    connected = []  # with a connection that the emulator closes first, its port rests a while
    for _ in range(2):
        with Emulator(port) as emulator:
            assert emulator.port == port
            connected.append(Clients(emulator.endpoint, "us-east-1"))
            connected[-1].sts.get_caller_identity()


def test_a_port_in_use_is_told_with_its_number_and_the_remedy():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(EmulatorError, match=rf"port {port} of 127.0.0.1 is in use; .*another"):
            Emulator(port).__enter__()


def test_a_port_that_does_not_exist_is_told_as_such():
    with pytest.raises(EmulatorError, match=r"port 70000 of 127\.0\.0\.1 cannot be used"):
        Emulator(70000).__enter__()


def kill(emulator):
    os.kill(emulator.pid, signal.SIGKILL)
    assert ends(emulator.pid)


def work_until_it_dies(emulator):
    clients = Clients(emulator.endpoint, "us-east-1")
    clients.sts.get_caller_identity()
    kill(emulator)
    clients.dynamodb.list_tables()


def wait_for_its_death(emulator):
    kill(emulator)
    with pytest.raises(EmulatorError, match="all its resources are gone; run again"):
        emulator.wait()


def raise_an_error_of_its_own(emulator):
    emulator.check()
    raise ZeroDivisionError


def interrupt(emulator):
    kill(emulator)
    raise KeyboardInterrupt


def in_a_block(work):
    with Emulator() as emulator:
        pid = emulator.pid
        try:
            work(emulator)
        finally:
            work.pid = pid


@pytest.mark.parametrize(
    ("work", "error"),
    [
        (work_until_it_dies, EmulatorError),
        (wait_for_its_death, EmulatorError),
        (raise_an_error_of_its_own, ZeroDivisionError),
        (interrupt, KeyboardInterrupt),
    ],
)
def test_whatever_ends_the_block_leaves_nothing_running(work, error):
    with pytest.raises(error):
        in_a_block(work)

    assert ends(work.pid)


def test_an_emulator_that_dies_half_way_ends_the_block_with_the_reason():
    with pytest.raises(EmulatorError, match=r"stopped before .* \(exit status -9\)") as caught:
        in_a_block(work_until_it_dies)

    assert isinstance(caught.value.__cause__, BotoCoreError)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_goes_away_with_its_parent(number):
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
    ) as parent:
        pid = int(parent.stdout.readline())
        assert runs(pid)
        parent.send_signal(number)

    assert ends(pid)


def test_ctrl_c_in_the_terminal_leaves_it_to_the_parent_to_stop_in_order():
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
    ) as parent:
        assert parent.stdout.readline() == b"ready\n"
        os.killpg(parent.pid, signal.SIGINT)
        assert parent.stdout.read() == b"123456789012\n"

    assert parent.returncode == 0


def test_a_process_that_cannot_start_says_why(monkeypatch, tmp_path):
    script = tmp_path / "broken.py"
    script.write_text("raise SystemExit('no module named moto')")
    monkeypatch.setattr(module, "_SCRIPT", script)

    with pytest.raises(EmulatorError, match=r"(?s)did not start; is moto installed .* no module"):
        Emulator().__enter__()


def test_a_reset_forgets_every_resource(emulator, clients):
    inputs = table_inputs()
    clients.dynamodb.create_table(
        TableName=inputs["name"],
        KeySchema=[{"AttributeName": "userId", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "userId", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )

    emulator.reset()

    assert clients.dynamodb.list_tables()["TableNames"] == []


def test_before_the_block_it_has_no_port():
    with pytest.raises(EmulatorError, match="use it inside a `with` block"):
        _ = Emulator().endpoint
