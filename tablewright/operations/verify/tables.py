"""Tables: keys, indexes, stream, encryption, recovery, expiry and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.operations.verify.comparison import NOT_REPORTED, Comparison, reported
from tablewright.operations.verify.indexes import check_indexes, described_key, key_schema
from tablewright.operations.verify.optional import check_optional

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb import DynamoDBClient

    from tablewright.models import DataModel, TableSpec
    from tablewright.operations.verify.stack import Stack

OFF = "off"
ON = "on"


def check_table(
    stack: Stack, model: DataModel, spec: TableSpec, dynamodb: DynamoDBClient, into: Comparison
) -> str | None:
    """Compare one table, and return the ARN of its stream, if it has one."""
    name = stack.label.table(spec.name)
    resource = f"table {name}"
    answer: Any = into.read(resource, "existence", lambda: dynamodb.describe_table(TableName=name))
    if answer is None:
        return None
    table = answer["Table"]
    _check_shape(resource, spec, table, into)
    check_indexes(resource, spec, table, into)
    _check_settings(resource, stack, spec, table, into)
    check_optional(resource, stack, spec, table, into)
    _check_expiry(resource, name, spec, dynamodb, into)
    _check_recovery(resource, name, stack.profile(spec).point_in_time_recovery_days, dynamodb, into)
    tags = into.read(resource, "tags", lambda: table_tags(dynamodb, table["TableArn"]))
    into.compare_tags(resource, stack.settings.tags(model.name), tags)
    stream = table.get("LatestStreamArn")
    return stream if isinstance(stream, str) else None


def table_tags(dynamodb: DynamoDBClient, arn: str) -> list[Any]:
    """Return all tags of a table."""
    pages = dynamodb.get_paginator("list_tags_of_resource").paginate(ResourceArn=arn)
    return [tag for page in pages for tag in page.get("Tags", [])]


def _check_shape(resource: str, spec: TableSpec, table: Any, into: Comparison) -> None:  # noqa: ANN401 -- as AWS answers
    into.compare(resource, "status", "ACTIVE", reported(table, "TableStatus"))
    into.compare(resource, "key schema", key_schema(spec.key), described_key(table))
    into.compare(
        resource,
        "attribute definitions",
        {attribute.name: str(attribute.type) for attribute in spec.attributes},
        {a["AttributeName"]: a["AttributeType"] for a in table["AttributeDefinitions"]},
    )


def _check_settings(
    resource: str,
    stack: Stack,
    spec: TableSpec,
    table: Mapping[str, Any],
    into: Comparison,
) -> None:
    into.compare(resource, "billing mode", "PAY_PER_REQUEST", _billing_mode(table))
    view = stack.stream_view(spec)
    stream = table.get("StreamSpecification") or {}
    on = stream.get("StreamEnabled")
    into.compare(
        resource, "stream view", str(view) if view else OFF, stream["StreamViewType"] if on else OFF
    )
    # Without a description, AWS encrypts by a key that it owns and that nobody can audit.
    encryption = table.get("SSEDescription") or {}
    kind = encryption.get("SSEType", OFF) if encryption.get("Status") != "DISABLED" else OFF
    into.compare(resource, "encryption", "KMS", kind)
    if key := stack.settings.customer_managed_key_arn:
        into.compare(resource, "KMS key", key, encryption.get("KMSMasterKeyArn"))
    into.compare(
        resource,
        "deletion protection",
        stack.profile(spec).retain,
        reported(table, "DeletionProtectionEnabled"),
    )


def _billing_mode(table: Mapping[str, Any]) -> object:
    """Return the mode; AWS gives no summary for a table that never was on demand."""
    if "BillingModeSummary" in table:
        return table["BillingModeSummary"].get("BillingMode", NOT_REPORTED)
    capacity = table.get("ProvisionedThroughput") or {}
    return "PROVISIONED" if capacity.get("ReadCapacityUnits") else NOT_REPORTED


def _check_expiry(
    resource: str, name: str, spec: TableSpec, dynamodb: DynamoDBClient, into: Comparison
) -> None:
    answer: Any = into.read(
        resource, "time to live", lambda: dynamodb.describe_time_to_live(TableName=name)
    )
    if answer is None:
        return
    described = answer["TimeToLiveDescription"]
    on = described.get("TimeToLiveStatus") in ("ENABLED", "ENABLING")
    actual = described.get("AttributeName", NOT_REPORTED) if on else OFF
    into.compare(resource, "time to live", spec.ttl_attribute or OFF, actual)


def _check_recovery(
    resource: str, name: str, days: int, dynamodb: DynamoDBClient, into: Comparison
) -> None:
    what = "point-in-time recovery"
    answer: Any = into.read(
        resource, what, lambda: dynamodb.describe_continuous_backups(TableName=name)
    )
    if answer is None:
        return
    described = answer["ContinuousBackupsDescription"].get("PointInTimeRecoveryDescription", {})
    on = described.get("PointInTimeRecoveryStatus") == "ENABLED"
    into.compare(resource, what, ON if days else OFF, ON if on else OFF)
    if days and on:
        window = reported(described, "RecoveryPeriodInDays")
        into.compare(resource, "recovery window in days", days, window)
