"""Which action accepts which kind of resource, as the Service Authorization Reference has it.

State of 2026-06-22. A kind of `*` means that the action accepts no ARN, only the lone wildcard.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

ANY = "*"

LEADING_KEY_ACTIONS = frozenset(
    f"dynamodb:{name}"
    for name in (
        "BatchGetItem",
        "BatchWriteItem",
        "ConditionCheckItem",
        "DeleteItem",
        "GetItem",
        "PartiQLDelete",
        "PartiQLInsert",
        "PartiQLSelect",
        "PartiQLUpdate",
        "PutItem",
        "Query",
        "UpdateItem",
    )
)
"""The actions whose requests carry dynamodb:LeadingKeys; Scan is none of them."""

_KINDS: Mapping[str, Mapping[tuple[str, ...], str]] = {
    "dynamodb": {
        ("table",): (
            "BatchGetItem BatchWriteItem ConditionCheckItem CreateBackup CreateTable DeleteItem "
            "DeleteTable DescribeContinuousBackups DescribeTable DescribeTimeToLive "
            "ExportTableToPointInTime GetItem ListTagsOfResource PartiQLDelete PartiQLInsert "
            "PartiQLUpdate PutItem RestoreTableToPointInTime TagResource UntagResource "
            "UpdateContinuousBackups UpdateItem UpdateTable UpdateTimeToLive"
        ),
        ("table", "index"): "PartiQLSelect Query Scan",
        ("table", "stream"): "DeleteResourcePolicy GetResourcePolicy PutResourcePolicy",
        ("stream",): "DescribeStream GetRecords GetShardIterator",
        (ANY,): "DescribeEndpoints DescribeLimits ListStreams ListTables",
    },
    "cloudwatch": {("alarm",): "DescribeAlarms ListTagsForResource DeleteAlarms PutMetricAlarm"},
    "ec2": {(ANY,): "DescribeVpcEndpoints"},
    "iam": {
        ("policy",): "CreatePolicyVersion GetPolicy GetPolicyVersion ListPolicyTags",
        ("role",): "AttachRolePolicy ListAttachedRolePolicies",
    },
    "kms": {
        ("key",): (
            "CreateGrant Decrypt DescribeKey Encrypt GenerateDataKey ReEncryptFrom ReEncryptTo "
            "ScheduleKeyDeletion"
        ),
    },
    "sns": {("topic",): "GetTopicAttributes ListTagsForResource Publish"},
    "ssm": {
        ("parameter",): "DeleteParameter GetParameter GetParameters ListTagsForResource "
        "PutParameter",
        (ANY,): "DescribeParameters",
    },
}

ACTIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        f"{service}:{name}": frozenset(kinds)
        for service, table in _KINDS.items()
        for kinds, names in table.items()
        for name in names.split()
    }
)
"""Every action that the evaluator knows, and the kinds of resource that it accepts."""

_ARNS = {
    ("dynamodb", "table"): r"table/[^/*?]+",
    ("dynamodb", "index"): r"table/[^/*?]+/index/[^/*?]+",
    ("dynamodb", "stream"): r"table/[^/*?]+/stream/([^/*?]+|\*)",
    ("cloudwatch", "alarm"): r"alarm:[^*?]+",
    ("iam", "policy"): r"policy/[^*?]+",
    ("iam", "role"): r"role/[^*?]+",
    ("kms", "key"): r"key/[^/*?]+",
    ("sns", "topic"): r"[^:*?]+",
    ("ssm", "parameter"): r"parameter/[^*?]+",
}
_ARN = re.compile(r"arn:(aws|aws-cn|aws-us-gov):([a-z0-9]+):([a-z0-9-]*):(\d{12}):(.+)")


def kind_of(resource: str) -> str | None:
    """Return the kind of resource that an ARN names; None for what is no exact ARN.

    The one wildcard within an ARN is the label of a stream, which AWS makes.
    """
    if resource == ANY:
        return ANY
    match = _ARN.fullmatch(resource)
    if match is None:
        return None
    for (service, kind), pattern in _ARNS.items():
        if service == match[2] and re.fullmatch(pattern, match[5]):
            return kind
    return None


def covers(granted: str, asked: str) -> bool:
    """Tell whether the ARN of a statement names the resource of a request."""
    if granted.endswith("/stream/*"):
        return asked.startswith(granted[:-1]) and kind_of(asked) == "stream"
    return granted == asked
