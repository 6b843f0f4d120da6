"""No access policy grants everything on everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.rule import MANDATORY, ResourceRule
from rules.iam.arns import has_wildcard, is_any_service
from rules.iam.documents import ACCESS_POLICIES, each_statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource
    from rules.iam.documents import Statement

_REMEDY: Final = "grant named actions on named ARNs"


def _check(resource: Resource, _settings: Settings) -> Iterable[Finding]:
    return each_statement(resource, _statement)


def _statement(statement: Statement, place: str) -> Iterator[Finding]:
    if not statement.allows:
        return
    everywhere = next(filter(is_any_service, statement.resources), None)
    every = next(filter(_is_any_action, statement.actions), None)
    # NotAction and NotResource grant the rest of AWS. iam-structure refuses them too, but may be
    # waived, and only advises in dev.
    if every and everywhere:
        yield Finding("admin", f"{place} allows {every!r} on {everywhere!r}; {_REMEDY}")
    if statement.not_actions and (everywhere or statement.not_resources):
        where = f"on {everywhere!r}" if everywhere else "outside NotResource"
        yield Finding("not-action", f"{place} allows all but NotAction {where}; {_REMEDY}")
    if every and statement.not_resources:
        yield Finding("not-resource", f"{place} allows {every!r} outside NotResource; {_REMEDY}")


def _is_any_action(action: str) -> bool:
    """Tell whether an action reaches every service: `*`, `*:*`, and what spells them otherwise."""
    return has_wildcard(action.partition(":")[0])


IAM_NO_ADMIN = ResourceRule(
    id="iam-no-admin",
    demands="No access policy grants every action on every resource.",
    severity=Severity.CRITICAL,
    default_level=MANDATORY,
    remediation_steps="In the policy of the aws.iam resource, list the actions that are performed "
    "in Action and the ARNs that they are performed on in Resource; with tablewright, declare "
    "access patterns and attach the consumer's managed policy.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    mappings=Mappings(
        security_hub=("IAM.1",),
        cis=("5.0-1.15", "6.0-2.15", "7.0-2.14"),
        checkov=("CKV_AWS_62", "CKV_AWS_63"),
        trivy=("AWS-0057~",),
        cfn_guard=("IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS",),
    ),
    types=ACCESS_POLICIES,
    check=_check,
)
