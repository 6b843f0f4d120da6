import pytest

from tablewright.local.clients import Clients
from tablewright.local.emulator import Emulator
from tests.support.update_log import UpdateLog

REGION = "eu-north-1"


@pytest.fixture(scope="session")
def emulator():
    with Emulator() as emulator:
        yield emulator


@pytest.fixture(scope="session")
def _session_clients(emulator):
    return Clients(emulator.endpoint, REGION)


@pytest.fixture
def clients(emulator, _session_clients):
    emulator.reset()
    return _session_clients


@pytest.fixture
def log(clients):
    log = UpdateLog(clients)
    yield log
    log.stop()
