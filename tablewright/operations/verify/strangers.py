"""Tables that look like the stack's own and that no model declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from tablewright.operations.verify.tables import table_tags

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from tablewright.operations.verify.comparison import Comparison
    from tablewright.operations.verify.stack import Stack


def check_strangers(stack: Stack, dynamodb: DynamoDBClient, into: Comparison) -> None:
    """Report every table with the stack's prefix that is not declared.

    The stack `shop-dev` does not answer for tables of `shop-dev-eu`: tags tell, where they can be
    read, to which stack a table belongs.
    """
    names: Any = into.read(
        f"tables of {stack.label.prefix}",
        "listing",
        lambda: [
            name
            for page in dynamodb.get_paginator("list_tables").paginate()
            for name in page["TableNames"]
        ],
    )
    declared = {
        stack.label.table(table.name) for model in stack.settings.models for table in model.tables
    }
    for name in names or ():
        if name.startswith(f"{stack.label.prefix}-") and name not in declared:
            owner = _owner(stack, name, dynamodb)
            if owner in (None, (stack.label.project, str(stack.label.environment))):
                into.undeclared(f"table {name}", "existence", "there, but no model declares it")


def _owner(stack: Stack, name: str, dynamodb: DynamoDBClient) -> tuple[str, str] | None:
    """Return the project and environment that a table is tagged with, if that can be read."""
    arn = f"arn:{stack.partition}:dynamodb:{stack.region}:{stack.account}:table/{name}"
    try:
        tags = {tag["Key"]: tag["Value"] for tag in table_tags(dynamodb, arn)}
    except ClientError:
        # The verifier may read tags of declared tables only; the prefix must do.
        return None
    if "Project" not in tags or "Environment" not in tags:
        return None
    return tags["Project"], tags["Environment"]
