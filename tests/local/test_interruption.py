import os
import signal
import subprocess
import sys
import time

import pytest

from tablewright.local import interruption
from tests.support.engine import ROOT
from tests.support.processes import running

CHILD = """
import pathlib, signal, sys, time
place = pathlib.Path(sys.argv[1])
stubborn = sys.argv[2] == "stubborn"
def heard(number, frame):
    with (place / "heard").open("a") as file:
        file.write("x")
    if not stubborn:
        time.sleep(0.5)  # finishing in order takes a while
        (place / "finished").touch()
        sys.exit(7)
signal.signal(signal.SIGINT, heard)
(place / "ready").touch()
while True:
    time.sleep(0.1)
"""
PARENT = """
import os, sys
from pathlib import Path
from tablewright.local import interruption
interruption.PATIENCE_SECONDS = float(sys.argv[3])
interruption.run_interruptibly(
    [sys.executable, sys.argv[1] + "/child.py", sys.argv[1], sys.argv[2]],
    cwd=Path(sys.argv[1]), env=dict(os.environ),
)
"""


def interrupted(place, kind, number, *, patience, send=os.kill):
    (place / "child.py").write_text(CHILD)
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(place), kind, str(patience)],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
        process_group=0,
    )
    while not (place / "ready").exists():
        assert parent.poll() is None
        time.sleep(0.05)
    send(parent.pid, number)
    return parent.wait(30)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_child_hears_one_interrupt_and_may_finish(tmp_path, number):
    assert interrupted(tmp_path, "polite", number, patience=20) != 0
    assert (tmp_path / "heard").read_text() == "x"
    assert (tmp_path / "finished").exists()


def test_a_terminal_that_interrupts_the_whole_group_is_heard_once_too(tmp_path):
    interrupted(tmp_path, "polite", signal.SIGINT, patience=20, send=os.killpg)
    assert (tmp_path / "heard").read_text() == "x"
    assert (tmp_path / "finished").exists()


def test_a_child_that_does_not_listen_is_told_twice_and_killed(tmp_path):
    assert interrupted(tmp_path, "stubborn", signal.SIGINT, patience=0.5) != 0
    assert (tmp_path / "heard").read_text() == "xx"
    assert running(tmp_path) == []


def test_the_exit_code_and_the_output_of_the_child_are_passed_on(tmp_path):
    with (tmp_path / "log").open("w+") as log:
        command = [sys.executable, "-c", "import sys; print('out'); sys.exit('err')"]
        code = interruption.run_interruptibly(command, cwd=tmp_path, env={}, output=log)
        log.seek(0)
        assert sorted(log.read().split()) == ["err", "out"]
    assert code == 1


def test_the_handler_of_sigterm_is_put_back(tmp_path):
    own = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        interruption.run_interruptibly([sys.executable, "-c", ""], cwd=tmp_path, env={})
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, own)
