"""Calls from many threads at once, over a client that may lose answers meanwhile."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from itertools import count

from botocore import exceptions as sdk

from tablewright.data_access.errors import DataAccessError

_READS = frozenset({"get_item", "query", "batch_get_item"})


class RacingClient:
    """A client for threads; each `lose`-th write is applied and its answer lost.

    moto applies a request in several steps, so there requests come one after the other; what is
    raced is everything between the requests of a call.
    """

    def __init__(self, backend, lose=0):
        self._client = backend.client
        self._alone = threading.Lock() if backend.name == "moto" else nullcontext()
        self._lose = lose
        self._writes = count(1)

    def __getattr__(self, name):
        found = getattr(self._client, name)
        if not callable(found) or name.startswith("_"):
            return found

        def send(**request):
            with self._alone:
                answer = found(**request)
            if self._lose and name not in _READS and next(self._writes) % self._lose == 0:
                raise sdk.ReadTimeoutError(endpoint_url="https://dynamodb.example.com")
            return answer

        return send


class Outcomes:
    """What each of some calls returned, or the error in which it ended, in their order."""

    def __init__(self, ended):
        self.results = [each for each in ended if not isinstance(each, DataAccessError)]
        self.errors = [each for each in ended if isinstance(each, DataAccessError)]

    @property
    def kinds(self):
        """The kinds of the errors."""
        return {type(each) for each in self.errors}


def race(*calls):
    """Make all calls at once, each in a thread of its own."""
    start = threading.Barrier(len(calls))

    def run(call):
        start.wait(timeout=30)
        try:
            return call()
        except DataAccessError as error:
            return error

    with ThreadPoolExecutor(len(calls)) as threads:
        return Outcomes([each.result() for each in [threads.submit(run, call) for call in calls]])


def each_of(number, call):
    """Return so many calls, each with a number of its own."""
    return [lambda own=own: call(own) for own in range(number)]
