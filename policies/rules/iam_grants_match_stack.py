"""Access policies grant on what is in the stack, or on what the settings list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.order import each_of, known_first
from rules.framework.rule import MANDATORY, StackRule
from rules.framework.settings import texts
from rules.framework.tokens import ROLE
from rules.iam.arns import arn_of, filled_in, matches
from rules.iam.attachments import ATTACHMENTS, from_elsewhere
from rules.iam.documents import ACCESS_POLICIES, each_statement
from rules.tables.stack_arns import StackArns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource, Stack
    from rules.iam.statements import Statement


@dataclass(frozen=True)
class _Grant:
    """A resource that a statement allows something on."""

    text: str
    place: str
    urn: str


def _check(stack: Stack, settings: Settings) -> Iterable[Finding]:
    grants: list[_Grant] = []
    return known_first(
        each_of(stack.of_type(*ACCESS_POLICIES), lambda each: _read(each, grants)),
        _judged(grants, StackArns(stack), settings.texts("externalResources")),
        each_of(stack.of_type(ROLE, *ATTACHMENTS), lambda each: from_elsewhere(each, stack)),
    )


def _read(resource: Resource, grants: list[_Grant]) -> Iterator[Finding]:
    """Add what an access policy grants on; what keeps it from being read is that policy's."""

    def add(statement: Statement, which: str) -> Iterable[Finding]:
        place = f"{which} of '{resource.name}'"
        resources = statement.resources if statement.allows else ()
        grants.extend(_Grant(text, place, resource.urn) for text in resources)
        return ()

    return each_statement(resource, add)


def _judged(grants: list[_Grant], arns: StackArns, external: tuple[str, ...]) -> Iterator[Finding]:
    yield from known_first(*(_grant(each, arns, external) for each in grants))


def _grant(grant: _Grant, arns: StackArns, external: tuple[str, ...]) -> Iterator[Finding]:
    # A variable is nothing that the stack has; what is in it would part the ARN wrongly.
    arn = arn_of(filled_in(grant.text, "-"))
    # What is no ARN, `*` among it, is for the rules that judge a statement alone.
    if arn is None or any(matches(glob, grant.text) for glob in external):
        return
    for kind, problem in arns.problems(arn):
        yield Finding(
            kind,
            f"{grant.place} grants on {grant.text!r}, but {problem}; correct the ARN, or list it "
            "in setting externalResources if another stack owns it",
            grant.urn,
        )


IAM_GRANTS_MATCH_STACK = StackRule(
    id="iam-grants-match-stack",
    demands="Access policies name tables, indexes, streams and parameters that the stack has, and "
    "what is attached is an access policy of the stack, or written out.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Build the ARNs of the document from the names of the stack's own tables, "
    "indexes and parameters, or list what another stack owns in setting externalResources; with "
    "tablewright, leave the documents to the access patterns and grants of a store.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/security_iam_service-with-iam.html",
    settings={
        "externalResources": texts(
            "Globs over the ARNs of tables, indexes, streams and parameters of other stacks that "
            "access policies of this one may name.",
            # Of one service, and with more than wildcards in what it names.
            pattern="^arn:[^:]+:(dynamodb|ssm):[^:]*:[^:]*:(table|parameter)/.*[A-Za-z0-9]",
        )
    },
    check=_check,
)
