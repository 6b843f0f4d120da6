"""Access policies are managed, attached to roles, and say whom and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.order import known_first
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.settings import texts
from rules.iam.attachments import ATTACHMENTS, aws_managed, inline, of_users
from rules.iam.delegation import key_use, passing
from rules.iam.documents import POLICIES, Document, each_statement
from rules.iam.trust import trust

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rules.framework.reading import Properties
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource
    from rules.iam.statements import Statement


def _check(resource: Resource, settings: Settings) -> Iterable[Finding]:
    without_source = frozenset(map(str.lower, settings.texts("servicesWithoutSource")))
    return known_first(
        inline(resource),
        of_users(resource),
        aws_managed(resource),
        _statements(resource),
        _trust(resource.properties, without_source),
    )


def _statements(resource: Resource) -> Iterator[Finding]:
    if resource.type in POLICIES:
        yield from each_statement(resource, _statement)


def _statement(statement: Statement, which: str) -> Iterator[Finding]:
    yield from _negated(statement, which)
    yield from passing(statement, which)
    yield from key_use(statement, which)


def _negated(statement: Statement, which: str) -> Iterator[Finding]:
    negated = {
        "NotAction": statement.not_actions,
        "NotResource": statement.not_resources,
        "NotPrincipal": statement.not_principals,
    }
    for element in (name for name, values in negated.items() if values):
        yield Finding(
            f"not-{element.removeprefix('Not').lower()}",
            f"{which} uses {element}, whose meaning grows with all that it leaves out; use "
            f"{element.removeprefix('Not')} and list what is meant",
        )


def _trust(properties: Properties, without_source: frozenset[str]) -> Iterator[Finding]:
    def judge(read: Callable[[], Statement]) -> Iterator[Finding]:
        statement = read()
        which = f"assumeRolePolicy: {statement.label}"
        yield from _negated(statement, which)
        yield from trust(statement, which, without_source)

    document = Document("assumeRolePolicy", properties, "assumeRolePolicy")
    yield from known_first(*(judge(read) for read in document.readings()))


IAM_STRUCTURE = ResourceRule(
    id="iam-structure",
    demands="Access policies are managed ones of roles and list what they grant; trust policies "
    "name whom they trust.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Use aws.iam.Policy with aws.iam.RolePolicyAttachment; list Action, Resource "
    "and Principal; add aws:SourceAccount to a service's trust, iam:PassedToService to "
    "iam:PassRole, and kms:ViaService to the use of keys; with tablewright, name the roles under "
    "tablewright:roleNames, and the key under tablewright:customerManagedKeyArn. A service that "
    "sends no source goes into setting servicesWithoutSource.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    mappings=Mappings(
        security_hub=("IAM.2", "KMS.1", "KMS.2"),
        cdk_nag=("IAM4",),
        checkov=("CKV_AWS_40", "CKV_AWS_60", "CKV_AWS_61", "CKV_AWS_274"),
        cfn_guard=("IAM_NO_INLINE_POLICY_CHECK",),
        prowler=("iam_inline_policy_no_administrative_privileges~",),
    ),
    settings={
        "servicesWithoutSource": texts(
            "Service principals that a trust policy may name without aws:SourceAccount or "
            "aws:SourceArn, because the service sends neither when it assumes a role; AWS "
            "publishes no list, so add one here only after it was tried.",
            ("ec2.amazonaws.com",),
            pattern=r"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$",
        )
    },
    types=(*POLICIES, *ATTACHMENTS),
    check=_check,
)
