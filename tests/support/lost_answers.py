"""What becomes of a call when one of its requests is not answered: each in turn, applied or not.

The scenarios of a workload are played once. Each call that writes is made first as it is, and then
again from the same tables, clock and ids, with every one of its requests lost in every way.
"""

from __future__ import annotations

import importlib
import inspect
from collections import defaultdict
from dataclasses import replace
from functools import cache, wraps

from tablewright.data_access.errors import (
    DataAccessError,
    Incomplete,
    Retryable,
    UnknownOutcome,
)
from tablewright.models.catalog import CATALOG
from tests.support import backends
from tests.support.faults import Faults
from tests.support.moto_tables import create_tables
from tests.support.recording_client import Recorder
from tests.support.repository_scenarios import PREFIX, Stage, repositories_of
from tests.support.table_contents import TIMES, Contents
from tests.support.uncertain_client import LOSSES, ONCE, UncertainClient

WRITES = frozenset(
    {"put_item", "update_item", "delete_item", "batch_write_item", "transact_write_items"}
)
ASIDE = frozenset({"usage_quotas.QuotasRepository.consume"})
"""Methods that write what is nobody's operation: a period begins, whoever notices it first."""


class Ids:
    """Numbers that can be counted from an earlier one again."""

    def __init__(self):
        self.last = 0

    def __next__(self):
        self.last += 1
        return self.last


class UncertainStage(Stage):
    """A stage that can be brought back to where it was."""

    def __init__(self, names, client, faults, contents):
        super().__init__(names, client, faults)
        self.client = client
        self.contents = contents
        self._ids = Ids()

    @property
    def connection(self):
        """A connection that gives up after a few attempts."""
        usual = super().connection
        patience = replace(usual.wire.patience, deadline_seconds=1.0)
        return replace(usual, wire=replace(usual.wire, patience=patience))

    def save(self):
        script = {operation: [*waiting] for operation, waiting in self.faults._script.items()}
        return self.contents.read(), self.clock.elapsed, self._ids.last, script

    def restore(self, saved):
        items, self.clock.elapsed, self._ids.last, script = saved
        self.contents.restore(items)
        self.faults._script.clear()
        self.faults._script.update({name: [*waiting] for name, waiting in script.items()})

    def ids_from(self, saved):
        self._ids.last = saved[2]


class Losing(Recorder):
    """Makes each call that writes once as it is, and then with its requests lost.

    `found` holds, for each method that was tried, sentences of what did not hold.
    """

    def __init__(self, stage, found):
        super().__init__()
        self._stage = stage
        self._found = found
        self._seen = set()
        self._inside = False

    def _watched(self, method, function):
        @wraps(function)
        def watched(*arguments, **named):
            if self._inside:
                return function(*arguments, **named)

            def call(**repeat_with):
                given = inspect.signature(function).bind(*arguments, **named)
                given.arguments.update(repeat_with)
                return function(*given.args, **given.kwargs)

            self._inside = True
            try:
                return self._tried(method, call)
            finally:
                self._inside = False

        return watched

    def _tried(self, method, call):
        stage = self._stage
        before = stage.save()
        with stage.client.meeting(None) as sent:
            result = call()
        shape = (method, *sent)
        if not WRITES & {operation for operation, _ in sent} or shape in self._seen:
            return result
        self._seen.add(shape)
        after = stage.save()
        for number, (operation, _) in enumerate(sent):
            for loss in LOSSES:
                stage.restore(before)
                trial = Trial(stage, call, before, after, aside=method in ASIDE)
                for fault in trial.faults_of(loss, number, result):
                    where = f"{operation}, request {number + 1} of {len(sent)}, {loss.name}"
                    self._found[method].append(f"{where}: {fault}")
        self._found[method] += []
        stage.restore(after)
        return result


class Trial:
    """A call that loses an answer, and what is there before and after one that loses none."""

    def __init__(self, stage, call, before, after, *, aside):
        self._stage = stage
        self._aside = aside
        self._call = call
        self._before = before
        self._contents = stage.contents
        self._wanted = after[0]

    def faults_of(self, loss, number, result):
        """Say what does not hold when the answer of a request is lost in this way."""
        with self._stage.client.meeting(loss.of(number)):
            try:
                given = self._call()
            except DataAccessError as error:
                if loss in ONCE:
                    return [f"the call ended in {error!r}"]
                return self._faults_of_repeating(error)
        if _comparable(given) != _comparable(result):
            return [f"returned {given!r} in place of {result!r}", *self._differences()]
        return self._differences()

    def _faults_of_repeating(self, error):
        if not isinstance(error, UnknownOutcome | Retryable | Incomplete):
            return [f"the call ended in {error!r}"]
        unchanged = self._contents.read() == self._before[0]
        if isinstance(error, Retryable) and not unchanged and not self._aside:
            return [f"something was written, yet {error!r}"]
        known = isinstance(error, UnknownOutcome)
        if unchanged and not known:
            self._stage.ids_from(self._before)  # so that the same ids are made up again
        try:
            with self._stage.client.meeting(None):
                self._call(**(error.repeat_with if known else {}))
        except DataAccessError as again:
            return [f"{error!r}, and repeating the call ended in {again!r}"]
        return self._differences(without=() if known else ("operationId",))

    def _differences(self, without=()):
        return self._contents.differences(self._wanted, self._contents.read(), without)


def _comparable(result):
    """Return what a call gave without its times."""
    return TIMES.sub("<time>", repr(result))


@cache
def faults_of(name):
    """Play every scenario of a workload; return what does not hold, by method."""
    model = CATALOG[name]
    found = defaultdict(list)
    for scenario in importlib.import_module(f"tests.support.scenarios.{name}").SCENARIOS:
        with backends.moto() as backend, Faults(backend.client) as faults:
            names = create_tables(backend.client, model, PREFIX, audit_trail=False)
            contents = Contents(backends.client_of("moto", fast=False), model, names)
            stage = UncertainStage(names, UncertainClient(backend.client), faults, contents)
            with Losing(stage, found).watching(repositories_of(model)):
                scenario(stage)
    return dict(found)
