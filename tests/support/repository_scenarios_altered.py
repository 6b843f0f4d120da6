"""Workloads as they would be with one mistake in repository, model or access policy."""

import copy
import json
from dataclasses import replace

from tests.support.iam import Access
from tests.support.iam_universe import documents_of
from tests.support.recording_client import Sent


def with_requests(workload, method, change):
    """Return the workload with every request of a method changed.

    `change` takes a copy of the arguments, and returns other ones or None where it changed those.
    """
    calls = []
    for call in workload.calls:
        requests = [
            _changed(sent, change) if call.method == method else sent for sent in call.requests
        ]
        calls.append(replace(call, requests=requests))
    return replace(workload, calls=calls)


def with_names(workload, method, *named):
    """Return the workload with a method that names other patterns."""
    return replace(workload, named={**workload.named, method: named})


def with_patterns(workload, change):
    """Return the workload with other patterns in its model."""
    patterns = tuple(filter(None, map(change, workload.model.patterns)))
    return replace(workload, model=replace(workload.model, patterns=patterns))


def without_calls(workload, method):
    """Return the workload with no scenario of a method."""
    return replace(workload, calls=[call for call in workload.calls if call.method != method])


def without_announcements(workload):
    """Return the workload as if the primitives had been asked for just what is named."""
    calls = [
        replace(call, announced=set(workload.named[call.method] or ())) for call in workload.calls
    ]
    return replace(workload, calls=calls)


def access_without(action):
    """Return how access is derived where every statement has lost an action."""

    def access(model, consumer, scope):
        return Access(
            text
            for document in documents_of(model, consumer, scope)
            if (text := _rewritten(document, lambda actions: [a for a in actions if a != action]))
        )

    return access


def access_with(action):
    """Return how access is derived where every statement on a table allows one action more."""

    def access(model, consumer, scope):
        return Access(
            _rewritten(document, lambda actions: sorted({*actions, action}))
            for document in documents_of(model, consumer, scope)
        )

    return access


def _changed(sent, change):
    arguments = copy.deepcopy(sent.arguments)
    changed = change(arguments)
    return Sent(sent.operation, arguments if changed is None else changed)


def _rewritten(document, change):
    body = json.loads(document)
    statements = []
    for entry in body["Statement"]:
        on_tables = not any("/index/" in arn or "/stream/" in arn for arn in entry["Resource"])
        actions = change(entry["Action"]) if on_tables else entry["Action"]
        if actions:
            statements.append({**entry, "Action": actions})
    return json.dumps({**body, "Statement": statements}) if statements else None
