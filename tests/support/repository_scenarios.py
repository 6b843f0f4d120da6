"""Drives the repositories of a workload by its scenarios, and keeps what they send.

A scenario is a function that takes a `Stage`: empty tables in a moto of its own, repositories, a
clock. `SCENARIOS` of `tests/support/scenarios/<workload>.py` lists those of a workload.
"""

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from itertools import count

import tablewright.data_access
from tablewright.data_access.connection import Connection
from tablewright.data_access.repository.base import BaseRepository
from tablewright.data_access.repository.cursors import CursorKey, Cursors
from tablewright.data_access.repository.performs import patterns_in, performed_by
from tablewright.data_access.table_names import TableNames
from tablewright.data_access.transport.timing import Patience
from tablewright.data_access.transport.wire import Wire
from tablewright.models.catalog import CATALOG
from tests.support import backends
from tests.support.clocks import SteppingClock
from tests.support.faults import Faults
from tests.support.moto_tables import create_tables
from tests.support.recording_client import Recorder, label, methods_of

PREFIX = "dropify-dev"


class Stage:
    """Where a scenario plays: repositories on empty tables, a clock, and faults by script."""

    def __init__(self, tables, client, faults):
        self.clock = SteppingClock()
        self.faults = faults
        self._tables = tables
        self._client = client
        self._ids = count(1)

    @property
    def connection(self):
        """A connection whose requests are recorded; ids are `id-1`, `id-2` and so on."""
        return Connection(
            wire=Wire(self._client, Patience(clock=self.clock, chance=lambda: 0.5)),
            tables=TableNames(given=self._tables, variables={}),
            cursors=Cursors([CursorKey("test", b"k" * 32)]),
            new_id=lambda: f"id-{next(self._ids)}",
            new_secret=lambda size: next(self._ids).to_bytes(size, "big"),
        )


@dataclass(frozen=True)
class Workload:
    """A model, its repositories' methods with the patterns that they name, and what they sent."""

    model: object
    tables: dict
    named: dict
    calls: list
    strays: list

    def calls_of(self, method):
        """Return every call of a method, within others too."""
        return [call for call in self.calls if call.method == method]

    def requests_of(self, method):
        """Return every request that was sent during a method."""
        return [sent for call in self.calls_of(method) for sent in call.requests]


@cache
def repositories():
    """Return every repository class of the package, by walking it.

    One that others of the package extend is but a part of those.
    """
    package = tablewright.data_access
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    classes = [cls for cls in _below(BaseRepository) if cls.__module__.startswith(package.__name__)]
    return [cls for cls in classes if not any(cls in other.__bases__ for other in classes)]


def repositories_of(model):
    """Return the repository classes of a workload."""
    return [cls for cls in repositories() if cls.model is model]


def named_by(classes):
    """Return, for each public method of some repositories, the patterns that it names."""
    return {
        label(cls, name): _named(cls.model, performed_by(method))
        for cls in classes
        for name, method in methods_of(cls)
    }


@cache
def driven(name):
    """Play every scenario of a workload, each on empty tables, and return it with what it sent."""
    model = CATALOG[name]
    scenarios = importlib.import_module(f"tests.support.scenarios.{name}").SCENARIOS
    return drive(model, repositories_of(model), scenarios)


def drive(model, classes, scenarios):
    """Play scenarios on some repository classes."""
    named = named_by(classes)
    recorder = Recorder()
    for scenario in scenarios:
        with backends.moto() as backend, Faults(backend.client) as faults:
            tables = create_tables(backend.client, model, PREFIX, audit_trail=False)
            with recorder.watching(classes):
                scenario(Stage(tables, recorder.client(backend.client), faults))
    return Workload(model, tables_of(model), named, recorder.calls, recorder.strays)


def tables_of(model):
    """Return the physical names of a model's tables, as a stack of these tests has them."""
    return {table.name: f"{PREFIX}-{table.name}" for table in model.tables}


def _named(model, patterns):
    return None if patterns is None else patterns_in(model, patterns)


def _below(cls):
    """Return every class that extends this one, each once."""
    found = {}
    for each in cls.__subclasses__():
        found |= {each: None, **dict.fromkeys(_below(each))}
    return tuple(found)
