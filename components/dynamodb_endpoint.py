"""DynamodbEndpoint: a gateway VPC endpoint through which only the stack's tables are reached."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import pulumi
import pulumi_aws as aws

from tablewright.models import limits
from tablewright.models.names import VERIFIER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tablewright.environment import Label, Settings
    from tablewright.models.statements import Statement

    from .access_plan import AccessPlan
    from .aws_scope import AwsScope


@dataclass(frozen=True, kw_only=True)
class DynamodbEndpointArgs:
    """The VPC, its route tables, and the stores that are reached through the endpoint."""

    vpc_id: str
    route_table_ids: tuple[str, ...]
    plans: tuple[AccessPlan, ...]
    scope: AwsScope
    label: Label
    tags: Mapping[str, str]

    @classmethod
    def of(cls, settings: Settings, plans: tuple[AccessPlan, ...], scope: AwsScope) -> Self:
        """Take what a stack's configuration says; raises ValueError where it names no VPC."""
        chosen = settings.vpc_endpoint
        if chosen is None:
            raise ValueError(
                "tablewright:vpcEndpoint is not set; write its vpcId and routeTableIds"
            )
        return cls(
            vpc_id=chosen.vpc_id,
            route_table_ids=chosen.route_table_ids,
            plans=plans,
            scope=scope,
            label=settings.label,
            tags=settings.tags(),
        )


class DynamodbEndpoint(pulumi.ComponentResource):
    """A gateway endpoint whose policy is the union of what the stores' consumers may do."""

    endpoint_id: pulumi.Output[str]

    def __init__(
        self, name: str, args: DynamodbEndpointArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tablewright:index:DynamodbEndpoint", name, None, opts)
        endpoint = aws.ec2.VpcEndpoint(
            name,
            vpc_id=args.vpc_id,
            vpc_endpoint_type="Gateway",
            service_name=f"com.amazonaws.{args.scope.region}.dynamodb",
            route_table_ids=list(args.route_table_ids),
            policy=endpoint_document(args.plans, args.scope.account),
            tags={"Name": f"{args.label.prefix}-dynamodb", **args.tags},
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.endpoint_id = endpoint.id
        self.register_outputs({"endpointId": endpoint.id})


def endpoint_document(plans: Iterable[AccessPlan], account: str) -> str:
    """Allow the account's own principals what any consumer's access policy grants on a table.

    What is granted on `*`, to list streams or to verify, is left out: it names no table. Raises
    ModelError over 20,480 characters (page "AWS PrivateLink quotas").
    """
    actions: dict[str, set[str]] = defaultdict(set)
    for plan in plans:
        for policy in plan.policies:
            if policy.consumer != VERIFIER:
                _add(actions, policy.statements)
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for resource, allowed in actions.items():
        groups[tuple(sorted(allowed))].append(resource)
    body = [
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": list(allowed),
            "Resource": resources,
            "Condition": {"StringEquals": {"aws:PrincipalAccount": account}},
        }
        for allowed, resources in groups.items()
    ]
    text = json.dumps({"Version": "2012-10-17", "Statement": body}, separators=(",", ":"))
    limits.check_endpoint_policy(len(text))
    return text


def _add(actions: dict[str, set[str]], statements: Iterable[Statement]) -> None:
    for statement in statements:
        allowed = {action for action in statement.actions if action.startswith("dynamodb:")}
        for resource in statement.resources:
            if allowed and resource != "*":
                actions[resource] |= allowed
