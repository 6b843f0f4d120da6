"""A table's own policy lets in principals of known accounts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity
from pulumi_policy.proxy import UnknownValueError

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.order import known_first
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.settings import text, texts
from rules.framework.tokens import TABLE_RESOURCE_POLICY
from rules.framework.values import MalformedError
from rules.iam.arns import arn_of, has_wildcard
from rules.iam.documents import statements_of
from rules.iam.principals import Trust, account_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource
    from rules.iam.documents import Statement

_REMEDY = "name the ARNs of the roles that need the table"


def _check(resource: Resource, settings: Settings) -> Iterable[Finding]:
    if not resource.properties.holds("policy"):
        raise MalformedError("policy", "a policy document", None)
    trust = Trust(
        frozenset(settings.texts("trustedAccounts")),
        frozenset(settings.texts("trustedOrganizations")),
        lambda: settings.text("account") or _account(resource),
    )
    given = statements_of(resource.properties, "policy")
    allowing = [statement for statement in given if statement.allows]
    return known_first(
        *(
            _principal(statement, kind, principal, trust)
            for statement in allowing
            for kind, principal in statement.principals
        ),
        *(_not_principal(statement) for statement in allowing if statement.not_principals),
    )


def _account(resource: Resource) -> str:
    try:
        arn = arn_of(resource.properties.text("resourceArn"))
    except UnknownValueError as error:
        # The SDK makes the message of the path alone.
        where = f"{error.props[-1]} (the setting account tells it before the table exists)"
        raise UnknownValueError(error.unknown_type_sentinel, [*error.props[:-1], where]) from None
    if arn is None or not arn.account:
        raise MalformedError("resourceArn", "an ARN with an account", "")
    return arn.account


def _principal(statement: Statement, kind: str, principal: str, trust: Trust) -> Iterator[Finding]:
    where = statement.label
    if kind == "Service":
        if not trust.narrows_source(statement):
            yield Finding(
                "service",
                f"{where} lets in the service {principal} on anybody's behalf; add a condition "
                "StringEquals on aws:SourceAccount with the own account",
            )
    elif kind not in {"AWS", "*"}:
        yield Finding("other-kind", f"{where} lets in principals of kind {kind}; {_REMEDY}")
    elif has_wildcard(principal):
        if not trust.narrows(statement):
            yield Finding("wildcard", f"{where} lets in {principal}, which is anybody; {_REMEDY}")
    else:
        yield from _account_principal(statement, principal, trust)


def _account_principal(statement: Statement, principal: str, trust: Trust) -> Iterator[Finding]:
    account = account_of(principal)
    if account is None:
        yield Finding(
            "unclear",
            f"{statement.label} lets in {principal}, which names no account; {_REMEDY}",
        )
    elif not trust.holds(account) and not trust.narrows(statement):
        yield Finding(
            "foreign-account",
            f"{statement.label} lets in {principal} of account {account}; remove it, or list the "
            "account in the setting trustedAccounts",
        )


def _not_principal(statement: Statement) -> Iterator[Finding]:
    yield Finding(
        "not-principal",
        f"{statement.label} lets in everybody whom NotPrincipal does not name; {_REMEDY} in "
        "Principal",
    )


DDB_RESOURCE_POLICY_SCOPED = ResourceRule(
    id="ddb-resource-policy-scoped",
    demands="The policies of tables and streams let in principals of the own account, or of those "
    "that are trusted by name.",
    severity=Severity.CRITICAL,
    default_level=MANDATORY,
    remediation_steps="Name role ARNs of the own account in Principal of the "
    "dynamodb.ResourcePolicy, and aws:SourceAccount in a condition for services; tablewright "
    "grants by managed policies and declares no resource policy. Who else is trusted goes into "
    "setting trustedAccounts or trustedOrganizations.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-best-practices.html",
    mappings=Mappings(prowler=("dynamodb_table_cross_account_access",)),
    settings={
        "account": text(
            "The own account, 12 digits; without it, the one in the table's ARN, which a preview "
            "does not know before the table exists.",
            "",
            pattern="^([0-9]{12})?$",
        ),
        "trustedAccounts": texts(
            "Other accounts whose principals may be let in.", pattern="^[0-9]{12}$"
        ),
        "trustedOrganizations": texts(
            "AWS organizations whose principals may be let in, by their ids; they count in "
            "conditions on aws:PrincipalOrgID and aws:SourceOrgID.",
            pattern="^o-[a-z0-9]{10,32}$",
        ),
    },
    types=(TABLE_RESOURCE_POLICY,),
    check=_check,
)
