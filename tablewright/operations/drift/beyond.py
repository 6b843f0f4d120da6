"""What is deployed beyond the declaration, where verification has nothing to compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from tablewright.operations.policy_report.formats.wording import counted
from tablewright.operations.verify.access import managed_policies
from tablewright.operations.verify.check import Status
from tablewright.operations.verify.comparison import Comparison
from tablewright.operations.verify.documents import difference_lines, grants_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iam import IAMClient

    from tablewright.models import DataModel, TableSpec
    from tablewright.operations.verify.access import ManagedPolicy
    from tablewright.operations.verify.stack import Stack

RESOURCE_POLICY: Final = "resource policy"
_NO_POLICY: Final = "PolicyNotFoundException"
_NONE: Final = "none"


def check_resource_policies(stack: Stack, dynamodb: DynamoDBClient, into: Comparison) -> None:
    """Compare the policies attached to tables, which grant rights that no consumer shows.

    The components attach none, so each one is somebody's own.
    """
    for model in stack.settings.models:
        for table in model.tables:
            _check_resource_policy(stack, model, table, dynamodb, into)


def _check_resource_policy(
    stack: Stack, model: DataModel, table: TableSpec, dynamodb: DynamoDBClient, into: Comparison
) -> None:
    name = stack.label.table(table.name)
    arn = stack.arns(model).table(table.name)[0]
    asked = Comparison(into.endpoint)
    found = asked.read(f"table {name}", RESOURCE_POLICY, lambda: _policy(dynamodb, arn))
    if found is None:
        # A table that is not there is told once, where it is described.
        into.checks += (check for check in asked.checks if check.status is not Status.MISSING)
        return
    granted = grants_of(found) if found else frozenset()
    into.compare(
        f"table {name}",
        RESOURCE_POLICY,
        _NONE,
        "; ".join(sorted(map(str, granted))) or _NONE,
        details=difference_lines(frozenset(), granted),
    )


def _policy(dynamodb: DynamoDBClient, arn: str) -> str:
    """Return a table's resource policy; nothing where it has none."""
    try:
        return dynamodb.get_resource_policy(ResourceArn=arn)["Policy"]
    except ClientError as error:
        if error.response["Error"].get("Code") == _NO_POLICY:
            return ""
        raise


def used_elsewhere(stack: Stack, iam: IAMClient, into: Comparison) -> Iterator[str]:
    """Tell of managed policies that more identities use than the stack attaches them to.

    Consumers may attach their policy themselves, which finds its ARN in SSM, so that is no
    difference. IAM tells the number alone to somebody who may not list every role (API: GetPolicy).
    """
    for model in stack.settings.models:
        for policy in managed_policies(stack, model):
            found = _described(policy, iam, into)
            if found:
                yield from _surplus(stack, model, policy, found)


def _described(policy: ManagedPolicy, iam: IAMClient, into: Comparison) -> Any:  # noqa: ANN401 -- as AWS answers
    # What cannot be read is noted already, where the policy's document is compared.
    asked = Comparison(into.endpoint)
    return asked.read(policy.name, "use", lambda: iam.get_policy(PolicyArn=policy.arn)["Policy"])


def _surplus(
    stack: Stack, model: DataModel, policy: ManagedPolicy, found: dict[str, Any]
) -> Iterator[str]:
    own = len(stack.settings.roles_of(model.name, policy.consumer))
    users = found.get("AttachmentCount", 0)
    if users > own:
        yield (
            f"managed policy {policy.name} has {counted(users, 'attachment')}, {own} of them by "
            "this stack; see that the others are its consumer's: aws iam "
            f"list-entities-for-policy --policy-arn {policy.arn}"
        )
    if bounded := found.get("PermissionsBoundaryUsageCount", 0):
        yield (
            f"managed policy {policy.name} is the permissions boundary of "
            f"{counted(bounded, 'identity', 'identities')}"
        )
