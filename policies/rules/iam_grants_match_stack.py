"""Access policies grant on what is in the stack, or on what the settings list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.order import known_first
from rules.framework.rule import MANDATORY, StackRule
from rules.framework.settings import texts
from rules.iam.arns import arn_of, filled_in, matches
from rules.iam.documents import ACCESS_POLICIES, each_statement
from rules.tables.stack_arns import StackArns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource, Stack
    from rules.iam.statements import Statement


def _check(stack: Stack, settings: Settings) -> Iterable[Finding]:
    arns = StackArns(stack)
    external = settings.texts("externalResources")
    return known_first(
        *(_resource(each, arns, external) for each in stack.of_type(*ACCESS_POLICIES))
    )


def _resource(resource: Resource, arns: StackArns, external: tuple[str, ...]) -> Iterator[Finding]:
    def judge(statement: Statement, which: str) -> Iterable[Finding]:
        resources = statement.resources if statement.allows else ()
        return known_first(*(_arn(text, f"{which} of '{resource.name}'") for text in resources))

    def _arn(text: str, which: str) -> Iterator[Finding]:
        # A variable is nothing that the stack has; what is in it would part the ARN wrongly.
        arn = arn_of(filled_in(text, "-"))
        # What is no ARN, `*` among it, is for the rules that judge a statement alone.
        if arn is None or any(matches(glob, text) for glob in external):
            return
        for kind, problem in arns.problems(arn):
            yield Finding(
                kind,
                f"{which} grants on {text!r}, but {problem}; correct the ARN, or list it in "
                "setting externalResources if another stack owns it",
                resource.urn,
            )

    yield from each_statement(resource, judge)


IAM_GRANTS_MATCH_STACK = StackRule(
    id="iam-grants-match-stack",
    demands="Access policies name tables, indexes, streams and parameters that the stack has.",
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
