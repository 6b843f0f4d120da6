"""Which requests each public method of a repository sends, from a client that keeps them.

```python
recorder = Recorder()
with recorder.watching([UsersRepository]):
    UsersRepository(connection_over(recorder.client(boto3_client))).get_user("u1")
recorder.calls[0].requests
```

A request counts for every public method that is under way when it is sent: a method that calls
another repository performs what that one does.
"""

import copy
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from tablewright.data_access.repository.performer import Performer

OPERATIONS = {
    "get_item": "GetItem",
    "query": "Query",
    "put_item": "PutItem",
    "update_item": "UpdateItem",
    "delete_item": "DeleteItem",
    "batch_get_item": "BatchGetItem",
    "batch_write_item": "BatchWriteItem",
    "transact_write_items": "TransactWriteItems",
}
"""The methods of a client that an access pattern can declare; of others only the name is kept."""


@dataclass(frozen=True)
class Sent:
    """A request: the operation, and its arguments as boto3 takes them."""

    operation: str
    arguments: dict[str, Any]


@dataclass
class Call:
    """One call of a public method: what was sent meanwhile, and how it ended.

    `announced` are the patterns by whose names the primitives of the repository were used.
    """

    method: str
    nested: bool
    requests: list[Sent] = field(default_factory=list)
    announced: set[str] = field(default_factory=set)
    returned: bool = False


class Recorder:
    """Keeps every call of the public methods that it watches; for one thread."""

    def __init__(self):
        self.calls = []
        self.strays = []
        self._under_way = []

    def client(self, client):
        """Return a client that keeps what is sent before it sends it."""
        return _RecordingClient(client, self._keep)

    @contextmanager
    def watching(self, classes):
        """Watch the public methods of these classes while the context lasts."""
        watched = [(cls, name, method) for cls in classes for name, method in methods_of(cls)]
        announce = Performer._declared
        own = [(cls, name) for cls, name, _ in watched if name in vars(cls)]
        for cls, name, method in watched:
            setattr(cls, name, self._watched(label(cls, name), method))
        Performer._declared = self._announcing(announce)
        try:
            yield self
        finally:
            Performer._declared = announce
            for cls, name, method in watched:
                if (cls, name) in own:
                    setattr(cls, name, method)
                else:
                    delattr(cls, name)

    def _keep(self, sent):
        for call in self._under_way:
            call.requests.append(sent)
        if not self._under_way:
            self.strays.append(sent)

    def _watched(self, method, function):
        @wraps(function)
        def watched(*arguments, **named):
            call = Call(method, nested=bool(self._under_way))
            self.calls.append(call)
            with self._during(call):
                result = function(*arguments, **named)
            call.returned = True
            # What a generator sends, it sends while it is read.
            return self._read(call, result) if isinstance(result, Iterator) else result

        return watched

    def _read(self, call, results):
        while True:
            with self._during(call):
                try:
                    result = next(results)
                except StopIteration:
                    return
            yield result

    @contextmanager
    def _during(self, call):
        self._under_way.append(call)
        try:
            yield
        finally:
            self._under_way.remove(call)

    def _announcing(self, declared):
        @wraps(declared)
        def announcing(performer, pattern, operation):
            for call in self._under_way:
                call.announced.add(pattern)
            return declared(performer, pattern, operation)

        return announcing


class _RecordingClient:
    def __init__(self, client, keep):
        self._client = client
        self._keep = keep

    def __getattr__(self, name):
        found = getattr(self._client, name)
        if not callable(found) or name.startswith("_"):
            return found

        def send(**arguments):
            self._keep(Sent(OPERATIONS.get(name, name), copy.deepcopy(arguments)))
            return found(**arguments)

        return send


def methods_of(cls):
    """Return the public methods of a class by their names, inherited ones too."""
    return [
        (name, method)
        for name, method in inspect.getmembers(cls, inspect.isfunction)
        if not name.startswith("_")
    ]


def label(cls, name):
    """Return how a method is named: package, class and method."""
    package = cls.__module__.removeprefix("tablewright.data_access.").split(".")[0]
    return f"{package}.{cls.__qualname__}.{name}"
