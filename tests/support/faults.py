"""Wire faults by script, on a client that otherwise works: on moto in this process, or any server.

```python
with Faults(client) as faults:
    faults.on("PutItem", LOST)                # the first one is applied, and its answer lost
    faults.on("UpdateItem", None, THROTTLED)  # the first one goes through, the second does not
    faults.always("GetItem", TIMED_OUT)
    ...
    assert faults.count("PutItem") == 2
```

A fault takes an `Exchange` and returns the response, or raises what botocore's HTTP layer raises.
It sits below signing and above parsing, so that real bytes go through the real parser.
"""

import json
import threading
from base64 import b64encode
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from botocore import exceptions as sdk
from botocore.hooks import first_non_none_response

from tablewright.data_access.transport.fast_path import canned

_URL = {"endpoint_url": "https://dynamodb.example.com"}
_TYPE = "com.amazonaws.dynamodb.v20120810#"


class Faults:
    """A script of faults for a client while the context lasts, and a record of all attempts.

    Faults of one operation are used up one by one; then requests go through, or meet the fault
    that is there `always`. `attempts` holds (operation, body) of everything that was sent.
    """

    def __init__(self, client):
        self.client = client
        self.attempts = []
        self._script = defaultdict(list)
        self._always = {}
        self._lock = threading.Lock()
        self._own = threading.local()

    def __enter__(self):
        self._endpoint = self.client._endpoint
        self._emitter = self._endpoint._event_emitter
        self._endpoint._event_emitter = _Emitter(self._emitter, self._answer)
        return self

    def __exit__(self, *_):
        self._endpoint._event_emitter = self._emitter

    def on(self, operation, *faults):
        """Meet the next requests of an operation with these, one each; None goes through."""
        self._script[operation] += faults

    def always(self, operation, fault):
        """Meet every request of an operation with this, behind what the script says."""
        self._always[operation] = fault

    def bodies(self, operation):
        """Return the bodies of an operation's attempts, in order."""
        return [body for name, body in self.attempts if name == operation]

    def count(self, operation):
        """Return how often an operation was attempted."""
        return len(self.bodies(operation))

    def call(self, action):
        """Do something on the same client that meets no fault and is not recorded."""
        self._own.calling = True
        try:
            return action()
        finally:
            self._own.calling = False

    def _answer(self, operation, request, responses):
        def apply():
            answered = first_non_none_response(responses())
            return answered if answered is not None else self._endpoint._send(request)

        if getattr(self._own, "calling", False):
            return apply()
        body = json.loads(request.body)
        with self._lock:
            self.attempts.append((operation, body))
            waiting = self._script[operation]
            fault = waiting.pop(0) if waiting else self._always.get(operation)
        return apply() if fault is None else fault(Exchange(self, operation, body, request, apply))


@dataclass(frozen=True)
class Exchange:
    """One request on its way; `apply` sends it and returns the response."""

    faults: Faults
    operation: str
    body: dict[str, Any]
    request: Any
    apply: Any

    def reply(self, status, body):
        """Return a response that no server gave."""
        return canned(self.request, status, body)

    def error(self, code, message="by script", status=400, **fields):
        """Return an error as DynamoDB writes it."""
        text = {"__type": f"{_TYPE}{code}", "message": message, **fields}
        return self.reply(status, json.dumps(text).encode())


class _Emitter:
    """An emitter of events that has every request answered by a script."""

    def __init__(self, emitter, answer):
        self._emitter = emitter
        self._answer = answer

    def __getattr__(self, name):
        return getattr(self._emitter, name)

    def emit(self, event, **arguments):
        def responses():
            return self._emitter.emit(event, **arguments)

        if not event.startswith("before-send."):
            return responses()
        operation = event.rpartition(".")[2]
        return [(None, self._answer(operation, arguments["request"], responses))]


def error(code, message="by script", status=400, **fields):
    """Refuse with an error of DynamoDB; nothing is applied."""
    return lambda exchange: exchange.error(code, message, status, **fields)


def raising(make, *, applied=False):
    """Raise an error of botocore's HTTP layer, before the request is applied or after."""

    def fault(exchange):
        if applied:
            exchange.apply()
        raise make()

    return fault


def lost_in(fault):
    """Apply the request, and answer with another fault all the same."""

    def lost(exchange):
        exchange.apply()
        return fault(exchange)

    return lost


def before(action):
    """Do something first (another's write), then let the request through."""

    def fault(exchange):
        exchange.faults.call(action)
        return exchange.apply()

    return fault


def after(action):
    """Let the request through, and do something before its answer arrives."""

    def fault(exchange):
        response = exchange.apply()
        exchange.faults.call(action)
        return response

    return fault


def cancelled(*codes, **fields):
    """Cancel a transaction for these reasons, `None` for the parts behind them."""

    def fault(exchange):
        parts = len(exchange.body["TransactItems"])
        reasons = [{"Code": code} for code in (*codes, *["None"] * (parts - len(codes)))]
        return exchange.error("TransactionCanceledException", CancellationReasons=reasons, **fields)

    return fault


def showing(*items):
    """Answer a Query as an index does that lags behind: with what was there, or with nothing."""

    def fault(exchange):
        body = {"Items": items, "Count": len(items), "ScannedCount": len(items)}
        return exchange.reply(200, json.dumps(body).encode())

    return fault


def leaving(done):
    """Do the first parts of a batch only, and leave the others unprocessed."""

    def fault(exchange):
        part = _leave_writes if exchange.operation == "BatchWriteItem" else _leave_keys
        reply = exchange.faults.call(lambda: part(exchange, done))
        reply.pop("ResponseMetadata", None)
        return exchange.reply(200, json.dumps(reply, default=_text).encode())

    return fault


def _leave_writes(exchange, done):
    ((table, requests),) = exchange.body["RequestItems"].items()
    reply = {"UnprocessedItems": {}}
    if requests[:done]:
        items = {table: requests[:done]}
        reply = dict(exchange.faults.client.batch_write_item(RequestItems=items))
    if requests[done:]:
        reply["UnprocessedItems"] = {table: requests[done:]}
    return reply


def _leave_keys(exchange, done):
    ((table, asked),) = exchange.body["RequestItems"].items()
    keys = asked["Keys"]
    reply = {"Responses": {table: []}, "UnprocessedKeys": {}}
    if keys[:done]:
        items = {table: {**asked, "Keys": keys[:done]}}
        reply = dict(exchange.faults.client.batch_get_item(RequestItems=items))
    if keys[done:]:
        reply["UnprocessedKeys"] = {table: {**asked, "Keys": keys[done:]}}
    return reply


def _text(value):
    return b64encode(value).decode()


# Refused: nothing is applied.
THROTTLED = error("ProvisionedThroughputExceededException")
TOO_MANY_REQUESTS = error("ThrottlingException")
CONFLICT = error("TransactionConflictException")
CANCELLED_BY_CONFLICT = cancelled("TransactionConflict")
CANCELLED_BY_THROTTLING = cancelled("ThrottlingError")
IN_PROGRESS = error("TransactionInProgressException")
DENIED = error("AccessDeniedException", "not authorized to perform this")
NO_TABLE = error("ResourceNotFoundException", "Requested resource not found")
BAD_CREDENTIALS = error("UnrecognizedClientException", "The security token is invalid")

# Not answered, and not applied.
INTERNAL_ERROR = error("InternalServerError", status=500)
NAMELESS_503 = lambda exchange: exchange.reply(503, b"<html>busy</html>")  # noqa: E731 -- one of a list
TIMED_OUT = raising(lambda: sdk.ReadTimeoutError(**_URL))
NO_CONNECTION = raising(lambda: sdk.EndpointConnectionError(**_URL, error="refused"))
CONNECT_TIMED_OUT = raising(lambda: sdk.ConnectTimeoutError(**_URL))
MALFORMED = lambda exchange: exchange.reply(200, b'{"Item": ')  # noqa: E731 -- as above

# Not answered, but applied.
LOST = raising(lambda: sdk.ReadTimeoutError(**_URL), applied=True)
LOST_CONNECTION = raising(lambda: sdk.ConnectionClosedError(**_URL), applied=True)
LOST_IN_500 = lost_in(INTERNAL_ERROR)
LOST_IN_503 = lost_in(NAMELESS_503)
LOST_IN_NONSENSE = lost_in(MALFORMED)
