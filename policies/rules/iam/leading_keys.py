"""What is wrong with a statement that limits partition keys, and with those beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rules.framework.finding import Finding
from rules.iam.arns import arn_of, table_part_of
from rules.iam.granted import allowed, may_overlap, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.iam.statements import Condition, Statement

_KEY: Final = "dynamodb:LeadingKeys"
_KEYS: Final = frozenset(
    {
        _KEY.lower(),
        *(f"dynamodb:{nth}partitionkeyvalues" for nth in ("first", "second", "third", "fourth")),
    }
)
"""The others are of partition keys of several attributes."""
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
_QUERY: Final = "dynamodb:Query"
_READS: Final = ("dynamodb:BatchGetItem", "dynamodb:GetItem", _QUERY, _SELECT)
_JUDGED: Final = frozenset(map(str.lower, (*CARRIERS, _SCAN)))
_COMPARING: Final = frozenset(
    f"forallvalues:string{how}{held}" for how in ("equals", "like") for held in ("", "ifexists")
)
_DEFAULT: Final = re.compile(r"\$\{[^}']*'([^']*)'\s*\}")


def limits(statement: Statement) -> list[Condition]:
    """Return the conditions of a statement that compare a partition key."""
    return [
        each
        for each in statement.conditions
        if each.key.lower() in _KEYS and each.operator.lower() != "null"
    ]


def _demands(statement: Statement, operator: str, key: str) -> bool:
    """Tell whether a key must be `false` by an operator."""
    return any(
        each.operator.lower() == operator
        and each.values
        and all(value.lower() == "false" for value in each.values)
        for each in statement.conditions
        if each.key.lower() == key.lower()
    )


def guard(statement: Statement, which: str) -> Iterator[Finding]:
    """Find conditions on the key that requests pass which should not."""
    # They hold together, so a request that must have one of the keys is held by that.
    demanded = any(_demands(statement, "null", each.key) for each in limits(statement))
    for limit in limits(statement):
        operator = limit.operator.lower()
        of = f"{which}: {limit.operator!r} on {limit.key}"
        if "not" in operator:
            yield Finding(
                "negated",
                f"{of} lets in every key but those that it lists; use ForAllValues:StringEquals "
                "with the keys that are meant",
            )
        elif operator not in _COMPARING:
            yield Finding(
                "operator",
                f"{of} does not hold every key of a batch to the tenant's, letter by letter; use "
                "ForAllValues:StringEquals or ForAllValues:StringLike",
            )
        holds_without = operator.startswith("forallvalues:") or operator.endswith("ifexists")
        if (holds_without or "not" in operator) and not demanded:
            yield Finding(
                "null-guard",
                f"{of} also holds for a request without a partition key; add "
                f'"Null": {{"{limit.key}": "false"}} to the statement',
            )
        if any(_is_any(value, operator) for value in limit.values):
            yield Finding(
                "any-key",
                f"{of} has a value that every key matches; begin it with the tenant's policy "
                "variable",
            )


def _is_any(value: str, operator: str) -> bool:
    """Tell whether every key matches a value: by wildcards, or as it stands for the key itself."""
    if "${dynamodb:" in value.lower():
        return True
    return "like" in operator and not _DEFAULT.sub(r"\1", value).strip("*?")


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
    limited = {*allowed(statement, CARRIERS), _SCAN, _SELECT}
    if allowed(statement, _READS):
        limited.add(_QUERY)  # it reads by an index what the condition keeps from being read
    for other in others:
        found = allowed(other, sorted(limited))
        if found and _share_tables(statement, other):
            yield Finding(
                "unguarded-beside",
                f"{which} limits {_KEY}, but {other.label} allows {told(found)} on the same table "
                "or an index of it without that condition; add it there too, or use an access "
                "policy of its own",
            )


def _share_tables(one: Statement, other: Statement) -> bool:
    if one.not_resources or other.not_resources:
        return True
    return any(
        may_overlap(mine, its)
        for ours in one.resources
        for theirs in other.resources
        for mine in _forms(ours)
        for its in _forms(theirs)
    )


def _forms(resource: str) -> Iterator[str]:
    """Give a resource, and what has the same items: its table, all below that, its replicas."""
    yield resource
    arn, part = arn_of(resource), table_part_of(resource)
    if arn and part:
        for region in (arn.region, "-"):
            table = f"arn:{arn.partition}:dynamodb:{region}:{arn.account}:table/{part.table}"
            yield from (table, f"{table}/*")
