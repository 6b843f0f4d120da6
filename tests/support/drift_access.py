"""Where what repositories send and what IAM allows differ."""

from tests.support.iam import Request
from tests.support.iam_universe import ACCOUNT, REGION, access_of, needs_of, scope_of
from tests.support.pattern_matching import partition_of
from tests.support.pattern_matching_rules import Action, actions_of


def of_access(workload, method, access=access_of):
    """Say which consumers a request of a method is denied to, or allowed to, against the model.

    `access` tells what a consumer may do; it is derived from the model unless a test forges it.
    """
    model = workload.model
    named = workload.named[method] or ()
    holders = holders_of(model, named)
    if not holders:
        return [f"no consumer holds all patterns of {method}: {', '.join(named)}"]
    scope = scope_of(model)
    problems = []
    for consumer in model.consumers:
        may, needs = access(model, consumer, scope), needs_of(model, consumer, scope)
        for request in authorised(workload, method):
            allowed = may.allows(request)
            if consumer in holders and not allowed:
                problems.append(f"{consumer} performs {method}, but is denied {request}")
            elif allowed is not ((request.action, request.resource) in needs):
                what = "allowed" if allowed else "denied"
                problems.append(f"{consumer} is {what} {request}, against its patterns")
    return problems


def holders_of(model, named):
    """Return the consumers that hold every one of some patterns."""
    return [
        consumer
        for consumer in model.consumers
        if set(named) <= {pattern.name for pattern in model.patterns_of(consumer)}
    ]


def authorised(workload, method):
    """Return what IAM decides on for the requests of a method, parts of transactions one by one."""
    found = {
        (request.action, request.resource, *sorted(request.context.items())): request
        for sent in workload.requests_of(method)
        for action in _actions(sent)
        for request in _requests(workload, action)
    }
    return list(found.values())


def _actions(sent):
    if sent.operation == "TransactWriteItems":
        return actions_of(sent.arguments)
    if "RequestItems" not in sent.arguments:
        return [sent]
    return [
        Action(sent.operation, {"TableName": table, "RequestItems": requests})
        for table, requests in sent.arguments["RequestItems"].items()
    ]


def _requests(workload, action):
    table = action.arguments["TableName"]
    (logical,) = (name for name, physical in workload.tables.items() if physical == table)
    arn = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{table}"
    if "IndexName" in action.arguments:
        arn += f"/index/{action.arguments['IndexName']}"
    keys = _leading_keys(workload.model, logical, action.arguments)
    yield Request(f"dynamodb:{action.operation}", arn, {"dynamodb:LeadingKeys": keys})


def _leading_keys(model, table, arguments):
    if "RequestItems" not in arguments:
        return (partition_of(model, table, arguments),)
    requests = arguments["RequestItems"]
    items = (
        requests["Keys"]
        if isinstance(requests, dict)
        else [item for each in requests for body in each.values() for item in body.values()]
    )
    (partition,) = model.table(table).key.partition
    return tuple(dict.fromkeys(item[partition.name]["S"] for item in items))
