"""What holds for every request, whatever it is for: nothing but what a pattern can declare."""

from dataclasses import dataclass

from tests.support.pattern_matching_expressions import changes, conditions, projection
from tests.support.pattern_matching_terms import Aliases, ExpressionError

_EXPRESSIONS = {"ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues"}
_KEPT = {"ReturnValuesOnConditionCheckFailure"}
_TAKEN = {
    "GetItem": {"TableName", "Key", "ConsistentRead"},
    "Query": {
        "TableName",
        "IndexName",
        "KeyConditionExpression",
        "ProjectionExpression",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "ScanIndexForward",
        "ConsistentRead",
        "Limit",
        "ExclusiveStartKey",
    },
    "PutItem": {"TableName", "Item", *_EXPRESSIONS, *_KEPT, "ReturnValues"},
    "UpdateItem": {
        "TableName",
        "Key",
        "UpdateExpression",
        *_EXPRESSIONS,
        *_KEPT,
        "ReturnValues",
    },
    "DeleteItem": {"TableName", "Key", *_EXPRESSIONS, *_KEPT, "ReturnValues"},
    "BatchGetItem": {"RequestItems"},
    "BatchWriteItem": {"RequestItems"},
    "TransactWriteItems": {"TransactItems", "ClientRequestToken"},
}
"""What a request may say; a filter, or the ways of before expressions, no pattern declares."""
_PARTS = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}
_TOKEN_CHARACTERS = 36
_BATCHES = {"BatchGetItem": 100, "BatchWriteItem": 25}


@dataclass(frozen=True)
class Action:
    """One write, alone or in a transaction, or one read: its operation and its arguments."""

    operation: str
    arguments: dict


def actions_of(arguments):
    """Return the parts of a transaction."""
    return [
        Action(_PARTS[verb], body)
        for part in arguments["TransactItems"]
        for verb, body in part.items()
    ]


def faults_of(sent):
    """Say what is wrong with a request whatever it is for."""
    if sent.operation not in _TAKEN:
        return [f"{sent.operation} can be no access pattern"]
    arguments = sent.arguments
    faults = [f"says {name}" for name in sorted(set(arguments) - _TAKEN[sent.operation])]
    token = arguments.get("ClientRequestToken", "")
    if sent.operation == "TransactWriteItems" and not 1 <= len(token) <= _TOKEN_CHARACTERS:
        faults.append(f"has a client token of {len(token)} characters")
    for requests in arguments.get("RequestItems", {}).values():
        count = len(requests["Keys"] if isinstance(requests, dict) else requests)
        if count > _BATCHES[sent.operation]:
            faults.append(f"is a batch of {count}")
    actions = actions_of(arguments) if sent.operation == "TransactWriteItems" else [sent]
    return [*faults, *(fault for action in actions for fault in _faults_of_expressions(action))]


def _faults_of_expressions(action):
    arguments = action.arguments
    aliases = Aliases(arguments)
    try:
        for name in ("KeyConditionExpression", "ConditionExpression"):
            if name in arguments:
                conditions(arguments[name], aliases)
        if "UpdateExpression" in arguments:
            changes(arguments["UpdateExpression"], aliases)
        if "ProjectionExpression" in arguments:
            projection(arguments["ProjectionExpression"], aliases)
    except ExpressionError as error:
        yield str(error)
        return
    if aliases.unused():
        yield f"does not use {aliases.unused()}"
