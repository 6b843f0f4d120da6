"""What is wrong with a statement that limits partition keys, and with those beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rules.framework.finding import Finding
from rules.iam.granted import allowed, may_overlap, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.iam.statements import Condition, Statement

_KEY: Final = "dynamodb:LeadingKeys"
CARRIERS: Final = tuple(
    f"dynamodb:{action}"
    for action in (
        "BatchGetItem", "BatchWriteItem", "ConditionCheckItem", "DeleteItem", "GetItem",
        "PartiQLDelete", "PartiQLInsert", "PartiQLSelect", "PartiQLUpdate", "PutItem", "Query",
        "UpdateItem",
    )
)  # fmt: skip
"""Service Authorization Reference, DynamoDB: the actions that list the condition key."""
_SCAN: Final = "dynamodb:Scan"
_SELECT: Final = "dynamodb:PartiQLSelect"
_JUDGED: Final = frozenset(map(str.lower, (*CARRIERS, _SCAN)))


def limits(statement: Statement) -> list[Condition]:
    """Return the conditions of a statement that compare the key."""
    return [each for each in _on(statement, _KEY) if each.operator.lower() != "null"]


def _on(statement: Statement, key: str) -> list[Condition]:
    return [each for each in statement.conditions if each.key.lower() == key.lower()]


def _demands(statement: Statement, operator: str, key: str) -> bool:
    """Tell whether a key must be `false` by an operator."""
    return any(
        each.operator.lower() == operator
        and each.values
        and all(value.lower() == "false" for value in each.values)
        for each in _on(statement, key)
    )


def guard(statement: Statement, which: str) -> Iterator[Finding]:
    """Find conditions on the key that requests pass which should not."""
    for limit in limits(statement):
        operator = limit.operator.lower()
        if not operator.startswith("forallvalues:"):
            yield Finding(
                "operator",
                f"{which}: {limit.operator!r} on {_KEY} holds when one key of a batch matches; "
                "use ForAllValues:StringEquals or ForAllValues:StringLike",
            )
        holds_without = operator.startswith("forallvalues:") or operator.endswith("ifexists")
        if (holds_without or "not" in operator) and not _demands(statement, "null", _KEY):
            yield Finding(
                "null-guard",
                f"{which}: {limit.operator!r} on {_KEY} also holds for a request without a "
                f'partition key; add "Null": {{"{_KEY}": "false"}} to the statement',
            )
        if "like" in operator and any(not value.strip("*") for value in limit.values):
            yield Finding(
                "any-key",
                f"{which}: {limit.operator!r} on {_KEY} is '*', which every key matches; begin "
                "the value with the tenant's policy variable",
            )


def actions(statement: Statement, which: str) -> Iterator[Finding]:
    """Find actions beside the condition that never carry the key, or read a table without it."""
    if found := allowed(statement, (_SCAN,)):
        yield Finding(
            "scan",
            f"{which} allows {told(found)}, which carries no {_KEY}; remove it, and query instead",
        )
    found = allowed(statement, (_SELECT,))
    if found and not _demands(statement, "bool", "dynamodb:FullTableScan"):
        yield Finding(
            "partiql-select",
            f"{which} allows {told(found)}, which may read the whole table; remove it, or move it "
            'to a statement with "Bool": {"dynamodb:FullTableScan": "false"}',
        )
    others = [each for each in statement.actions if each.lower() not in _JUDGED]
    if others or statement.not_actions:
        yield Finding(
            "other-action",
            f"{which} allows {', '.join(others) or 'by NotAction'} beside a condition on {_KEY}, "
            "which only the item actions, Query and PartiQL carry; name those, and move the rest "
            "to a statement of its own",
        )


def beside(statement: Statement, others: list[Statement], which: str) -> Iterator[Finding]:
    """Find statements that allow without the condition what this one limits."""
    limited = (*allowed(statement, CARRIERS), _SCAN, _SELECT)
    for other in others:
        found = allowed(other, limited)
        if found and _share_resources(statement, other):
            yield Finding(
                "unguarded-beside",
                f"{which} limits {_KEY}, but {other.label} allows {told(found)} on the same table "
                "without that condition; add it there too, or use an access policy of its own",
            )


def _share_resources(one: Statement, other: Statement) -> bool:
    if one.not_resources or other.not_resources:
        return True
    return any(may_overlap(mine, its) for mine in one.resources for its in other.resources)
