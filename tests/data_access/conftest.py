"""A connection to each backend that is here, with a clock and ids of the test's own."""

from itertools import count

import pytest

from tablewright.data_access.connection import Connection
from tablewright.data_access.repository.cursors import CursorKey, Cursors
from tablewright.data_access.table_names import TableNames
from tablewright.data_access.transport.timing import Patience
from tablewright.data_access.transport.wire import Wire
from tests.support import backends
from tests.support.clocks import SteppingClock
from tests.support.faults import Faults


@pytest.fixture(params=backends.AVAILABLE)
def backend(request):
    """A backend whose tables are empty."""
    if request.param == "moto":
        with backends.moto() as backend:
            yield backend
        return
    backend = request.getfixturevalue(f"served_{request.param}")
    yield backend
    backend.clear()


@pytest.fixture(scope="session")
def served_dynoxide():
    with backends.elsewhere("dynoxide") as backend:
        yield backend


@pytest.fixture(scope="session")
def served_aws():
    with backends.elsewhere("aws") as backend:
        yield backend


@pytest.fixture
def clock():
    return SteppingClock()


@pytest.fixture
def faults(backend):
    """A script of wire faults on the backend's client, empty at first."""
    with Faults(backend.client) as faults:
        yield faults


@pytest.fixture
def connect(backend, clock):
    """Connect to a model's tables on the backend; ids are `id-1`, `id-2` and so on."""
    ids = count(1)

    def connect(model, client=None):
        return Connection(
            wire=Wire(client or backend.client, Patience(clock=clock, chance=lambda: 0.5)),
            tables=TableNames(given=backend.tables(model), variables={}),
            cursors=Cursors([CursorKey("test", b"k" * 32)]),
            new_id=lambda: f"id-{next(ids)}",
            new_secret=lambda size: next(ids).to_bytes(size, "big"),
        )

    return connect
