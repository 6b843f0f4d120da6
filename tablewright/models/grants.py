"""Ready statements: what several consumers share, and grants for programs without patterns yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tablewright.models.errors import ModelError
from tablewright.models.statements import ArnScope, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tablewright.models.table import TableSpec

TABLE_READ_ACTIONS = ("dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query")
INDEX_READ_ACTIONS = ("dynamodb:Query",)
WRITE_ACTIONS = (
    "dynamodb:BatchWriteItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DeleteItem",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
)
STREAM_ACTIONS = ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator")
PARAMETER_ACTIONS = ("ssm:GetParameter", "ssm:GetParameters")
KEY_ACTIONS = ("kms:Decrypt", "kms:DescribeKey")
KEY_WRITE_ACTIONS = ("kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo")
TABLE_VERIFY_ACTIONS = (
    "dynamodb:DescribeContinuousBackups",
    "dynamodb:DescribeTable",
    "dynamodb:DescribeTimeToLive",
    "dynamodb:GetResourcePolicy",
    "dynamodb:ListTagsOfResource",
)
PARAMETER_VERIFY_ACTIONS = (*PARAMETER_ACTIONS, "ssm:ListTagsForResource")
POLICY_VERIFY_ACTIONS = ("iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyTags")
ROLE_VERIFY_ACTIONS = ("iam:ListAttachedRolePolicies",)
ALARM_VERIFY_ACTIONS = ("cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource")
TOPIC_VERIFY_ACTIONS = ("sns:GetTopicAttributes", "sns:ListTagsForResource")
LISTING_ACTIONS = ("dynamodb:ListTables",)
ENDPOINT_ACTIONS = ("ec2:DescribeVpcEndpoints",)
INDEX_ACTIONS = frozenset({"dynamodb:Query", "dynamodb:Scan"})
"""The item actions that accept an index's ARN beside the table's."""
ITEM_ACTIONS = frozenset({*TABLE_READ_ACTIONS, *WRITE_ACTIONS, *INDEX_ACTIONS})
"""Everything that reads or writes items by their keys, and Scan."""


def sid(*words: str | None) -> str:
    """Join words to a statement id, which AWS limits to letters and digits."""
    parts = (re.split(r"[^0-9A-Za-z]+", word) for word in words if word)
    return "".join(part[:1].upper() + part[1:] for split in parts for part in split)


def leading_keys(tenant_key: str) -> Mapping[str, Mapping[str, Any]]:
    """Limit a statement to partition keys of one tenant.

    ForAllValues holds when the request carries no partition key at all, so a Null guard demands
    one (page "Using IAM policy conditions for fine-grained access control").
    """
    return {
        "ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [tenant_key]},
        "Null": {"dynamodb:LeadingKeys": "false"},
    }


def stream(table: str, scope: ArnScope) -> Statement:
    """Read one table's stream, whichever label AWS has given it."""
    return Statement(
        sid=sid(table, "Stream"), actions=STREAM_ACTIONS, resources=scope.stream(table)
    )


def list_streams() -> Statement:
    """Find streams: ListStreams accepts no resource but `*`, so it stands alone."""
    return Statement(sid="ListStreams", actions=("dynamodb:ListStreams",), resources=("*",))


def parameters(paths: Iterable[str], scope: ArnScope) -> Statement:
    """Read these SSM parameters."""
    arns = tuple(arn for path in paths for arn in scope.parameter(path))
    return Statement(sid="Parameters", actions=PARAMETER_ACTIONS, resources=arns)


def customer_managed_key(key_arn: str, scope: ArnScope, *, writes: bool) -> Statement:
    """Use a customer-managed key, but only as DynamoDB does on the consumer's behalf.

    Replicas need a multi-Region key, whose ARNs differ by region alone.
    """
    services = [f"dynamodb.{region}.amazonaws.com" for region in scope.regions]
    partition, service, _, account, key = key_arn.split(":")[1:]
    replicas = (
        f"arn:{partition}:{service}:{region}:{account}:{key}" for region in scope.regions[1:]
    )
    return Statement(
        sid="CustomerManagedKey",
        actions=(*KEY_ACTIONS, *(KEY_WRITE_ACTIONS if writes else ())),
        resources=(key_arn, *replicas),
        conditions={
            "StringEquals": {
                "kms:ViaService": services if len(services) > 1 else services[0],
            }
        },
    )


def read(table: TableSpec, scope: ArnScope) -> tuple[Statement, ...]:
    """Get and query a table and each of its indexes: no Scan, no stream."""
    return _on(table, scope, TABLE_READ_ACTIONS, INDEX_READ_ACTIONS)


def read_write(table: TableSpec, scope: ArnScope) -> tuple[Statement, ...]:
    """Read, put, update and delete items; never the table itself."""
    actions = tuple(sorted((*TABLE_READ_ACTIONS, *WRITE_ACTIONS)))
    return _on(table, scope, actions, INDEX_READ_ACTIONS)


def single_action(action: str, table: TableSpec, scope: ArnScope) -> tuple[Statement, ...]:
    """Perform one item action, on the indexes too where it accepts them.

    Raises ModelError for what is no item action, a wildcard among them.
    """
    if action not in ITEM_ACTIONS:
        raise ModelError(
            f"table {table.name!r}: {action!r} is no single item action; use one of "
            f"{', '.join(sorted(ITEM_ACTIONS))}"
        )
    return _on(table, scope, (action,), (action,) if action in INDEX_ACTIONS else ())


def _on(
    table: TableSpec, scope: ArnScope, actions: tuple[str, ...], index_actions: tuple[str, ...]
) -> tuple[Statement, ...]:
    statements = [
        Statement(sid=sid(table.name), actions=actions, resources=scope.table(table.name))
    ]
    if table.indexes and index_actions:
        arns = (arn for index in table.indexes for arn in scope.index(table.name, index.name))
        statements.append(
            Statement(sid=sid(table.name, "Indexes"), actions=index_actions, resources=tuple(arns))
        )
    return tuple(statements)


def verifier(
    scope: ArnScope,
    paths: Iterable[str],
    policies: Iterable[str],
    *,
    alarm_arns: Iterable[str] = (),
    topic_arns: Iterable[str] = (),
    role_arns: Iterable[str] = (),
    vpc_endpoint: bool = False,
) -> list[Statement]:
    """Read what was deployed, for the check after a deployment; never an item.

    `paths` are SSM paths, `policies` managed policy names, `role_arns` the roles that policies are
    attached to. Alarms are described by name: DescribeAlarms without names, and every composite
    alarm, would need `*` (API: DescribeAlarms). Actions that accept only `*` (Service
    Authorization Reference) stand in a statement of their own.
    """
    granted = (
        ("Tables", TABLE_VERIFY_ACTIONS, (a for t in scope.table_names for a in scope.table(t))),
        ("Parameters", PARAMETER_VERIFY_ACTIONS, (a for p in paths for a in scope.parameter(p))),
        ("AccessPolicies", POLICY_VERIFY_ACTIONS, (scope.managed_policy(p) for p in policies)),
        ("Roles", ROLE_VERIFY_ACTIONS, role_arns),
        ("Alarms", ALARM_VERIFY_ACTIONS, alarm_arns),
        ("Topics", TOPIC_VERIFY_ACTIONS, topic_arns),
        ("Listings", (*LISTING_ACTIONS, *(ENDPOINT_ACTIONS if vpc_endpoint else ())), ("*",)),
    )
    return [
        Statement(sid=name, actions=actions, resources=resources)
        for name, actions, arns in granted
        if (resources := tuple(arns))
    ]
