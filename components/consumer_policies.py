"""ConsumerPolicies: what each consumer of a store may do, as managed policies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from tablewright.models.names import VERIFIER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .access_plan import AccessPlan
    from .planned_policy import PlannedPolicy


@dataclass(frozen=True, kw_only=True)
class ConsumerPoliciesArgs:
    """The access that is planned, and the tags of the managed policies."""

    plan: AccessPlan
    tags: Mapping[str, str]


class ConsumerPolicies(pulumi.ComponentResource):
    """One customer-managed policy a consumer, its ARN in SSM, attached to the named roles."""

    policy_arns: pulumi.Output[dict[str, str]]

    def __init__(
        self, name: str, args: ConsumerPoliciesArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tablewright:index:ConsumerPolicies", name, None, opts)
        arns: dict[str, pulumi.Output[str]] = {}
        for planned in args.plan.policies:
            arns[planned.key] = self._policy(name, planned, args)
        for consumer in args.plan.without_policy:
            pulumi.log.info(
                f"consumer {consumer!r} of {args.plan.model.name!r} gets no access policy: every "
                "pattern of it reads a stream that this stack does not have",
                self,
            )
        self.policy_arns = pulumi.Output.all(**arns)
        self.register_outputs({"policyArns": arns})

    def _policy(
        self, name: str, planned: PlannedPolicy, args: ConsumerPoliciesArgs
    ) -> pulumi.Output[str]:
        child = pulumi.ResourceOptions(parent=self)
        logical = f"{name}-{planned.key}"
        policy = aws.iam.Policy(
            logical,
            name=planned.name,
            description=_description(planned, args.plan),
            policy=planned.document,
            tags=args.tags,
            opts=child,
        )
        aws.ssm.Parameter(
            f"{logical}-policy-arn",
            name=planned.path,
            type="String",
            value=policy.arn,
            description=f"The ARN of managed policy {planned.name}",
            tags=args.tags,
            opts=child,
        )
        for role in args.plan.role_names.get(planned.consumer, ()):
            aws.iam.RolePolicyAttachment(
                f"{logical}-{role}", role=role, policy_arn=policy.arn, opts=child
            )
        return policy.arn


def _description(planned: PlannedPolicy, plan: AccessPlan) -> str:
    if planned.consumer == VERIFIER:
        return f"Lets the check after a deployment read how {plan.model.name} is configured"
    return f"What {planned.consumer} of {plan.model.name} needs, derived from its access patterns"
