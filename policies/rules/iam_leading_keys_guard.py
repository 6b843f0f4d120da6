"""A condition on partition keys also holds for requests that name none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.order import known_first
from rules.framework.rule import MANDATORY, ResourceRule
from rules.iam.documents import POLICIES, access_documents
from rules.iam.leading_keys import actions, beside, guard, limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rules.framework.finding import Finding
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource
    from rules.iam.documents import Document
    from rules.iam.statements import Statement


def _check(resource: Resource, _: Settings) -> Iterable[Finding]:
    return known_first(*(_document(document) for document in access_documents(resource)))


def _document(document: Document) -> Iterator[Finding]:
    granting: list[Statement] = []

    def alone(read: Callable[[], Statement]) -> Iterator[Finding]:
        statement = read()
        granting.extend([statement] if statement.allows else ())
        if statement.allows and limits(statement):
            which = f"{document.where}: {statement.label}"
            yield from guard(statement, which)
            yield from actions(statement, which)

    def together() -> Iterator[Finding]:
        others = [each for each in granting if not limits(each)]
        for statement in granting:
            if limits(statement):
                yield from beside(statement, others, f"{document.where}: {statement.label}")

    yield from known_first(*(alone(read) for read in document.readings()), together())


IAM_LEADING_KEYS_GUARD = ResourceRule(
    id="iam-leading-keys-guard",
    demands="A condition on dynamodb:LeadingKeys cannot be passed by leaving out the key.",
    severity=Severity.CRITICAL,
    default_level=MANDATORY,
    remediation_steps='Add "Null": {"dynamodb:LeadingKeys": "false"} beside ForAllValues in the '
    "statement's Condition, and list only item actions and Query there; with tablewright, declare "
    "tenant_key on the access pattern, which writes both.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html",
    types=POLICIES,
    check=_check,
)
