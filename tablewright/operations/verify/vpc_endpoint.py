"""The gateway VPC endpoint: where it is, and whom it lets through to which tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tablewright.operations.verify.access import VERIFIER, managed_policies
from tablewright.operations.verify.comparison import reported
from tablewright.operations.verify.policies import compare_documents

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client

    from tablewright.operations.verify.comparison import Comparison
    from tablewright.operations.verify.stack import Stack

_NAME = "Name"
_GONE = frozenset({"deleted", "deleting"})


def check_vpc_endpoint(stack: Stack, ec2: EC2Client, into: Comparison) -> None:
    """Compare the endpoint for DynamoDB in the stack's VPC, where the stack has one."""
    chosen = stack.settings.vpc_endpoint
    if chosen is None:
        return
    service = f"com.amazonaws.{stack.region}.dynamodb"
    resource = f"VPC endpoint {service} in {chosen.vpc_id}"
    filters: Any = [
        {"Name": "vpc-id", "Values": [chosen.vpc_id]},
        {"Name": "service-name", "Values": [service]},
    ]
    answer: Any = into.read(
        resource, "existence", lambda: ec2.describe_vpc_endpoints(Filters=filters)
    )
    if answer is None:
        return
    # AWS lists an endpoint for some time after it was deleted.
    living = (e for e in answer["VpcEndpoints"] if e.get("State", "").lower() not in _GONE)
    found = next(living, None)
    into.compare(resource, "existence", "there", found and "there")
    if found is None:
        return
    into.compare(resource, "type", "Gateway", reported(found, "VpcEndpointType"))
    into.compare(
        resource,
        "route tables",
        sorted(chosen.route_table_ids),
        sorted(found.get("RouteTableIds") or ()),
    )
    if policy := found.get("PolicyDocument"):
        compare_documents(resource, "policy", _document(stack), policy, into)
    else:
        into.compare(resource, "policy", "the stack's tables only", None)
    # The name is the component's own, and says nothing about who may pass.
    tags = [tag for tag in found.get("Tags") or () if tag["Key"] != _NAME]
    into.compare_tags(resource, stack.settings.tags(), tags)


def _document(stack: Stack) -> str:
    """Write what any consumer may do on a table, index or stream, for the own account."""
    granted = {
        (action, resource)
        for model in stack.settings.models
        for policy in managed_policies(stack, model)
        if policy.consumer != VERIFIER
        for statement in policy.statements
        for action in statement.actions
        for resource in statement.resources
        if action.startswith("dynamodb:") and resource != "*"
    }
    statements = [
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": action,
            "Resource": resource,
            "Condition": {"StringEquals": {"aws:PrincipalAccount": stack.account}},
        }
        for action, resource in sorted(granted)
    ]
    return json.dumps({"Statement": statements})
