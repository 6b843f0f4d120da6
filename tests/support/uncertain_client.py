"""A client whose answers can be lost: of one request of a call, by its number, or of all later."""

import os
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from botocore import exceptions as sdk


class UncertainClient:
    """Has each request of a call meet a fate, which gets its number and what applies it."""

    def __init__(self, client):
        self._client = client
        self._fate = None
        self._sent = []

    @contextmanager
    def meeting(self, fate):
        """Count requests from 0; give those that are sent meanwhile: operation and expressions."""
        self._fate, self._sent = fate, []
        try:
            yield self._sent
        finally:
            self._fate = None

    def __getattr__(self, name):
        found = getattr(self._client, name)
        if not callable(found) or name.startswith("_"):
            return found

        def send(**request):
            self._sent.append((name, _expressions(request)))
            apply = partial(found, **request)
            return self._fate(len(self._sent) - 1, apply) if self._fate else apply()

        return send


@dataclass(frozen=True)
class Loss:
    """A way in which the answer of a request is lost; `of` makes the fate for its number."""

    name: str
    of: Callable[[int], Any]


def _expressions(request):
    """Return every expression of a request, which tell how it differs from others alike."""
    if isinstance(request, list):
        return tuple(map(_expressions, request))
    if not isinstance(request, dict):
        return ()
    own = (text for name, text in request.items() if name.endswith("Expression"))
    return (*own, *(_expressions(each) for each in request.values()))


def _unanswered(*_):
    raise sdk.ReadTimeoutError(endpoint_url="https://dynamodb.example.com")


def _lost(apply):
    with suppress(sdk.ClientError):
        apply()
    _unanswered()


def _throttled(_):
    code = {"Code": "ProvisionedThroughputExceededException", "Message": "by script"}
    answer = {"Error": code, "ResponseMetadata": {"HTTPStatusCode": 400}}
    raise sdk.ClientError(answer, "Operation")


def _answered(apply):
    return apply()


def _from(*fates):
    """Return what makes a fate: before the number all is well, then these come, the last stays."""

    def of(number):
        def fate(sent, apply):
            if sent < number:
                return apply()
            return fates[min(sent - number, len(fates) - 1)](apply)

        return fate

    return of


ONCE = (
    Loss("applied and not answered once", _from(_lost, _answered)),
    Loss("neither applied nor answered once", _from(_unanswered, _answered)),
)
EVER = (
    Loss("applied and not answered any more", _from(_lost, _lost)),
    Loss("neither applied nor answered any more", _from(_unanswered, _unanswered)),
    Loss(
        "applied and not answered, repeated, and then throttled",
        _from(_lost, _answered, _throttled),
    ),
)
EVERY = os.environ.get("TABLEWRIGHT_LOST_ANSWERS") == "every"
LOSSES = tuple(loss for loss in ONCE + EVER if EVERY or loss.name.startswith("applied"))
"""What is applied and lost; with TABLEWRIGHT_LOST_ANSWERS=every also what is lost unapplied."""
