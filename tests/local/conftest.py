import pytest

from tablewright.local.clients import Clients
from tablewright.local.emulator import Emulator

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
