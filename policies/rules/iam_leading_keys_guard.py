"""Rule 29: a condition on partition keys also holds for requests that name none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from .shared.arns import has_wildcard
from .shared.documents import ACCESS_POLICIES, access_documents, each_statement
from .shared.finding import Finding
from .shared.granted import allowed, may_overlap, told
from .shared.reading import known_first
from .shared.rule import MANDATORY, Levels, ResourceRule
from .shared.tokens import TABLE_RESOURCE_POLICY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .shared.documents import Document
    from .shared.settings import Settings
    from .shared.statements import Condition, Statement
    from .shared.subjects import Resource

_KEY: Final = "dynamodb:LeadingKeys"
_CARRIERS: Final = tuple(
    f"dynamodb:{action}"
    for action in (
        "BatchGetItem", "BatchWriteItem", "ConditionCheckItem", "DeleteItem", "GetItem",
        "PartiQLDelete", "PartiQLInsert", "PartiQLSelect", "PartiQLUpdate", "PutItem", "Query",
        "UpdateItem",
    )
)  # fmt: skip
"""Service Authorization Reference, DynamoDB: the actions that list the condition key."""
_CARRIERS_LOWER: Final = frozenset(map(str.lower, _CARRIERS))
_SCAN: Final = "dynamodb:Scan"
_SELECT: Final = "dynamodb:PartiQLSelect"


def _check(resource: Resource, _: Settings) -> Iterable[Finding]:
    return known_first(
        each_statement(resource, _statement),
        *(_document(document) for document in access_documents(resource)),
    )


def _statement(statement: Statement, which: str) -> Iterator[Finding]:
    if statement.allows and _limits(statement):
        yield from _guard(statement, which)
        yield from _actions(statement, which)


def _document(document: Document) -> Iterator[Finding]:
    statements = [each for each in document.statements() if each.allows]
    others = [each for each in statements if not _limits(each)]
    for statement in statements:
        if _limits(statement):
            yield from _beside(statement, others, f"{document.where}: {statement.label}")


def _limits(statement: Statement) -> list[Condition]:
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


def _guard(statement: Statement, which: str) -> Iterator[Finding]:
    for limit in _limits(statement):
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


def _actions(statement: Statement, which: str) -> Iterator[Finding]:
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
    others = [
        each
        for each in statement.actions
        if has_wildcard(each) or each.lower() not in {*_CARRIERS_LOWER, _SCAN.lower()}
    ]
    if others or statement.not_actions:
        yield Finding(
            "other-action",
            f"{which} allows {', '.join(others) or 'by NotAction'} beside a condition on {_KEY}, "
            "which only the item actions, Query and PartiQL carry; name those, and move the rest "
            "to a statement of its own",
        )


def _beside(statement: Statement, others: list[Statement], which: str) -> Iterator[Finding]:
    """Find statements that allow without the condition what this one limits."""
    limited = (*allowed(statement, _CARRIERS), _SCAN, _SELECT)
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
    return any(may_overlap(a, b) for a in one.resources for b in other.resources)


IAM_LEADING_KEYS_GUARD = ResourceRule(
    id="iam-leading-keys-guard",
    demands="A condition on dynamodb:LeadingKeys cannot be passed by leaving out the key.",
    severity=Severity.CRITICAL,
    levels=Levels(dev=MANDATORY, staging=MANDATORY, prod=MANDATORY),
    remediation_steps='Add "Null": {"dynamodb:LeadingKeys": "false"} beside ForAllValues in the '
    "statement's Condition, and list only item actions and Query there; with tablewright, declare "
    "tenant_key on the access pattern, which writes both.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html",
    types=(*ACCESS_POLICIES, TABLE_RESOURCE_POLICY),
    check=_check,
)
