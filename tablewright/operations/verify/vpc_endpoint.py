"""The gateway VPC endpoint: where it is, and whom it lets through to which tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tablewright.environment.tags import NAME
from tablewright.local.resources.stand_ins import declared_ids, without_marks
from tablewright.models.names import VERIFIER
from tablewright.operations.verify.access import managed_policies
from tablewright.operations.verify.comparison import reported
from tablewright.operations.verify.policies import compare_documents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_ec2 import EC2Client

    from tablewright.operations.verify.comparison import Comparison
    from tablewright.operations.verify.stack import Stack

_GONE = frozenset({"deleted", "deleting"})


def check_vpc_endpoint(stack: Stack, ec2: EC2Client, into: Comparison) -> None:
    """Compare the endpoint for DynamoDB in the stack's VPC, where the stack has one."""
    chosen = stack.settings.vpc_endpoint
    if chosen is None:
        return
    service = f"com.amazonaws.{stack.region}.dynamodb"
    resource = f"VPC endpoint {service} in {chosen.vpc_id}"
    answer: Any = into.read(
        resource,
        "existence",
        lambda: [
            one
            for page in ec2.get_paginator("describe_vpc_endpoints").paginate(
                Filters=[{"Name": "service-name", "Values": [service]}]
            )
            for one in page["VpcEndpoints"]
        ],
    )
    if answer is None:
        return
    found = next((e for e in answer if _alive(e) and _declared(e)[0] == chosen.vpc_id), None)
    into.compare(resource, "existence", "there", found and "there")
    if found is None:
        return
    into.compare(resource, "type", "Gateway", reported(found, "VpcEndpointType"))
    into.compare(resource, "route tables", sorted(chosen.route_table_ids), _declared(found)[1])
    if policy := found.get("PolicyDocument"):
        compare_documents(resource, "policy", _document(stack), policy, into)
    else:
        into.compare(resource, "policy", "the stack's tables only", None)
    tags, expected = without_marks(_tags(found)), stack.settings.tags()
    if NAME not in expected:
        # The name is the component's own, and says nothing about who may pass.
        tags.pop(NAME, None)
    pairs = [{"Key": key, "Value": value} for key, value in tags.items()]
    into.compare_tags(resource, expected, pairs)


def _alive(endpoint: Mapping[str, Any]) -> bool:
    """Tell whether it still is one; AWS lists an endpoint for some time after its deletion."""
    return str(endpoint.get("State", "")).lower() not in _GONE


def _declared(endpoint: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Return VPC and route tables as the stack names them.

    In an emulator they may be stand-ins, which the endpoint's tags tell; on AWS nothing writes
    such tags. To look at the VPC itself, a verifier would need one more action on `*`.
    """
    declared = declared_ids(_tags(endpoint))
    vpc, tables = endpoint["VpcId"], endpoint.get("RouteTableIds") or ()
    return declared.get(vpc, vpc), sorted(declared.get(table, table) for table in tables)


def _tags(endpoint: Mapping[str, Any]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in endpoint.get("Tags") or ()}


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
