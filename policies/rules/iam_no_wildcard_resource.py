"""Access policies name every resource that they grant something on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.settings import Schema, Settings, texts
from rules.iam.actions import action_table, is_star
from rules.iam.arns import filled_in
from rules.iam.documents import POLICIES, each_statement
from rules.iam.wildcards import is_any_log_stream, wildcards_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from rules.framework.subjects import Resource
    from rules.iam.documents import Statement

_SETTINGS: Final[Schema] = {
    "starActions": texts(
        "Actions that accept no resource but `*`, of services that the pack's table of actions "
        "does not hold, such as `xray:PutTraceSegments`; by default those that many programs need.",
        (
            "ecr:GetAuthorizationToken",
            "sts:GetCallerIdentity",
            "xray:GetSamplingRules",
            "xray:GetSamplingStatisticSummaries",
            "xray:GetSamplingTargets",
            "xray:PutTelemetryRecords",
            "xray:PutTraceSegments",
        ),
        pattern="^[A-Za-z0-9-]+:[A-Za-z0-9]+$",
    )
}
_TO_LOG_STREAMS: Final = {"logs:createlogstream", "logs:putlogevents"}


def _check(resource: Resource, settings: Settings) -> Iterable[Finding]:
    listed = {action.lower() for action in settings.texts("starActions")}
    return each_statement(resource, lambda statement, place: _statement(statement, place, listed))


def _statement(statement: Statement, place: str, listed: Collection[str]) -> Iterator[Finding]:
    if not statement.allows:
        return  # to deny more is safe
    exempt = statement.actions and all(_needs_star(each, listed) for each in statement.actions)
    logs = _TO_LOG_STREAMS.issuperset(each.lower() for each in statement.actions or ("",))
    for resource in statement.resources:
        if (exempt and is_star(resource)) or (logs and is_any_log_stream(resource)):
            continue
        for wildcard in wildcards_of(resource):
            yield Finding(
                wildcard.id, f"{place} names {resource!r}, {wildcard.reach}; {wildcard.remedy}"
            )
        if filled_in(resource, "") != resource:
            yield Finding(
                "variable",
                f"{place} names {resource!r}, which whoever sets the variable chooses; name the "
                "resource, or hold the caller to it by a condition",
            )


def _needs_star(action: str, listed: Collection[str]) -> bool:
    """Tell whether an action, written out, is granted on `*` alone."""
    found = action_table().matching(action)
    exact = len(found) == 1 and found[0].name.lower() == action.lower()
    return (exact and found[0].accepts_star_alone) or action.lower() in listed


IAM_NO_WILDCARD_RESOURCE = ResourceRule(
    id="iam-no-wildcard-resource",
    demands="Access policies name every resource that they grant something on; only the label of "
    "a table's stream, the log streams of a named log group, and the resource of actions that "
    "accept no ARN may be a wildcard.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Replace each resource that holds * or ? by the ARNs that are needed, in the "
    "policy of the aws.iam resource, and put actions that accept only * in a statement of their "
    "own; with tablewright, declare access patterns, from which the ARNs follow. Such actions of "
    "services that the pack does not know go into setting starActions.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
    mappings=Mappings(
        cdk_nag=("IAM5",),
        checkov=("CKV_AWS_355", "CKV_AWS_356"),
        trivy=("AWS-0057~",),
    ),
    settings=_SETTINGS,
    types=POLICIES,
    check=_check,
)
