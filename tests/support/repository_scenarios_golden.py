"""The requests of read methods as readable text, to be compared with what was agreed on."""

import json

from tablewright.models import Operation
from tests.support.pattern_matching import Matcher

READS = {Operation.GET_ITEM, Operation.QUERY, Operation.BATCH_GET_ITEM}
_STEP = "  "
_LINE = 96
_VALUES = {"Key", "Keys", "ExpressionAttributeValues", "ExclusiveStartKey", "Limit"}


def read_methods(workload):
    """Return the methods that name reads alone."""
    operations = {pattern.name: pattern.operation for pattern in workload.model.patterns}
    return [
        method
        for method, named in workload.named.items()
        if named and {operations[name] for name in named} <= READS
    ]


def golden(workload):
    """Return the requests of each read method in order: the first of those that differ by values.

    So of a read over all shards the first shard is there, and of a walk its second page.
    """
    return {method: _distinct(workload, method) for method in read_methods(workload)}


def text_of(value, margin=""):
    """Write golden requests as JSON, whatever fits in one line in one."""
    line = json.dumps(value, sort_keys=True)
    if len(margin) + len(line) <= _LINE and margin.startswith(_STEP * 2):
        return line
    inner = margin + _STEP
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {text_of(value[key], inner)}" for key in sorted(value)]
    else:
        parts = [text_of(each, inner) for each in value]
    first, last = "{}" if isinstance(value, dict) else "[]"
    return f"{first}\n{inner}" + f",\n{inner}".join(parts) + f"\n{margin}{last}"


def _distinct(workload, method):
    matcher, named = Matcher(workload.model, workload.tables), workload.named[method]
    first = {}
    for sent in workload.requests_of(method):
        performs = sorted(matcher.matching(sent) & set(named))
        shape = json.dumps([performs, _without_values(sent.arguments)], sort_keys=True)
        entry = {"AccessPattern": ", ".join(performs), sent.operation: _plain(sent.arguments)}
        first.setdefault(shape, entry)
    return list(first.values())


def _plain(arguments):
    """Write values as JSON does: a string for `{"S": …}`, a number for `{"N": …}`."""
    if isinstance(arguments, list):
        return [_plain(each) for each in arguments]
    if not isinstance(arguments, dict):
        return arguments
    if set(arguments) == {"S"}:
        return arguments["S"]
    if set(arguments) == {"N"}:
        return json.loads(arguments["N"])
    return {name: _plain(content) for name, content in arguments.items()}


def _without_values(arguments):
    if not isinstance(arguments, dict):
        return arguments
    return {
        name: None if name in _VALUES else _without_values(content)
        for name, content in arguments.items()
    }
