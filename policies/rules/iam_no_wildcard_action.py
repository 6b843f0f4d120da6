"""Access policies name every action that they grant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.rule import MANDATORY, ResourceRule
from rules.iam.actions import action_table
from rules.iam.arns import has_wildcard
from rules.iam.documents import POLICIES, each_statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource
    from rules.iam.documents import Statement

_FEW: Final = 5


def _check(resource: Resource, _settings: Settings) -> Iterable[Finding]:
    return each_statement(resource, _statement)


def _statement(statement: Statement, place: str) -> Iterator[Finding]:
    if not statement.allows:
        return  # to deny more is safe
    for action in filter(has_wildcard, statement.actions):
        yield Finding(
            _kind(action),
            f"{place} allows {action!r}, {_extent(action)}, and what AWS adds later; list the "
            "actions that are needed",
        )


def _kind(action: str) -> str:
    service, _, name = action.partition(":")
    if has_wildcard(service):
        return "every-service"
    return "every-action" if not name.strip("*?") else "some-actions"


def _extent(action: str) -> str:
    """Say what an action with a wildcard stands for, as far as the table knows."""
    service = action_table().service_of(action)
    names = [each.name for each in action_table().matching(action)]
    if service is None or not service.complete or not names:
        return "which is whatever has such a name"
    shown = f"{', '.join(names[:_FEW])}{' …' if len(names) > _FEW else ''}"
    return f"which is {len(names)} of today's actions ({shown})"


IAM_NO_WILDCARD_ACTION = ResourceRule(
    id="iam-no-wildcard-action",
    demands="Access policies name every action that they grant, without wildcards.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Replace each action that holds * or ? by the actions that are performed, in "
    "the policy of the aws.iam resource; with tablewright, declare access patterns, from which the "
    "actions follow.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html",
    mappings=Mappings(
        security_hub=("IAM.21",),
        cdk_nag=("IAM5",),
        checkov=("CKV_AWS_63~",),
    ),
    types=POLICIES,
    check=_check,
)
