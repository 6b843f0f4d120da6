"""Managed policies: what each grants, its tags, and the roles that it is attached to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.models.statements import document
from tablewright.operations.verify.access import ManagedPolicy, managed_policies
from tablewright.operations.verify.documents import difference, difference_lines, grants_of

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

    from tablewright.models import DataModel
    from tablewright.operations.verify.comparison import Comparison
    from tablewright.operations.verify.stack import Stack


def check_policies(stack: Stack, model: DataModel, iam: IAMClient, into: Comparison) -> None:
    """Compare the managed policies of one model."""
    for policy in managed_policies(stack, model):
        _check_policy(stack, model, policy, iam, into)
        for role in stack.settings.roles_of(model.name, policy.consumer):
            _check_attached(role, policy, iam, into)


def _check_policy(
    stack: Stack, model: DataModel, policy: ManagedPolicy, iam: IAMClient, into: Comparison
) -> None:
    resource = f"managed policy {policy.name}"
    answer: Any = into.read(
        resource, "existence", lambda: iam.get_policy(PolicyArn=policy.arn)["Policy"]
    )
    if answer is None:
        return
    version = answer["DefaultVersionId"]
    deployed: Any = into.read(
        resource,
        "document",
        lambda: iam.get_policy_version(PolicyArn=policy.arn, VersionId=version)["PolicyVersion"],
    )
    if deployed is not None:
        compare_documents(
            resource, "document", document(policy.statements), deployed["Document"], into
        )
    tags: Any = into.read(
        resource,
        "tags",
        lambda: [
            tag
            for page in iam.get_paginator("list_policy_tags").paginate(PolicyArn=policy.arn)
            for tag in page["Tags"]
        ],
    )
    into.compare_tags(resource, stack.settings.tags(model.name), tags)


def compare_documents(
    resource: str,
    name: str,
    expected: str,
    actual: Any,  # noqa: ANN401 -- text, or JSON as boto3 has parsed it
    into: Comparison,
) -> None:
    """Compare by what is granted; a difference lists only what one of the two grants."""
    declared, deployed = grants_of(expected), grants_of(actual)
    lacks, exceeds = difference(declared, deployed)
    same = f"{len(declared)} grants"
    into.compare(
        resource,
        name,
        same if declared == deployed else lacks or "nothing more",
        same if declared == deployed else exceeds or "less than that",
        details=difference_lines(declared, deployed),
    )


def _check_attached(role: str, policy: ManagedPolicy, iam: IAMClient, into: Comparison) -> None:
    resource = f"role {role}"
    name = role.rpartition("/")[2]
    attached: Any = into.read(
        resource,
        "attached policies",
        lambda: [
            entry["PolicyArn"]
            for page in iam.get_paginator("list_attached_role_policies").paginate(RoleName=name)
            for entry in page["AttachedPolicies"]
        ],
    )
    if attached is not None:
        found = policy.arn if policy.arn in attached else None
        into.compare(resource, f"attached {policy.name}", policy.arn, found)
