"""The plugin without an emulator, with a dead one, and without the engine that started it."""

import socket
import subprocess
import sys
import time

import pytest

from tests.support.engine import ROOT
from tests.support.plugin_process import PluginError, running_plugin

TABLE = "aws:dynamodb/table:Table"
LATE = {"name": "late", "hashKey": "id", "attributes": [{"name": "id", "type": "S"}]}


@pytest.mark.parametrize("endpoint", [None, "https://dynamodb.eu-west-1.amazonaws.com"])
def test_without_an_emulator_the_plugin_refuses_to_work(endpoint):
    with (
        running_plugin(endpoint) as plugin,
        pytest.raises(PluginError, match=r"AWS_ENDPOINT_URL is .*never talks to AWS"),
    ):
        plugin.configure(region="eu-west-1")


def test_an_emulator_that_died_is_named_as_the_cause():
    with running_plugin("http://127.0.0.1:1") as plugin:
        plugin.configure(region="eu-west-1")
        with pytest.raises(PluginError, match=r"emulator does not answer.*127\.0\.0\.1:1"):
            plugin.create(
                TABLE,
                LATE,
            )


def test_the_plugin_ends_with_the_process_that_started_it():
    starter = (
        "import subprocess, sys; "
        "p = subprocess.Popen([sys.executable, '-m', 'tablewright.local.provider_process', 'x'],"
        " stdout=subprocess.PIPE); sys.stdout.buffer.write(p.stdout.readline())"
    )
    finished = subprocess.run(
        [sys.executable, "-c", starter], cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=60
    )
    address = ("127.0.0.1", int(finished.stdout))
    deadline = time.monotonic() + 20
    while _listens(address):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _listens(address):
    try:
        socket.create_connection(address, timeout=1).close()
    except ConnectionRefusedError:
        return False
    return True
