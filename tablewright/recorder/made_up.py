"""Ids and computed outputs in the form AWS gives them, the same in every run."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from .registration import Registration

STREAM_LABEL: Final = "2026-01-01T00:00:00.000"  # AWS takes the time; here it must not vary

Outputs = dict[str, Any]


@dataclass(frozen=True)
class Scope:
    """Where the resources would be."""

    partition: str
    region: str
    account: str

    def arn(self, service: str, resource: str, *, region: str | None = None) -> str:
        """Make an ARN of this account; global services have the region ''."""
        where = self.region if region is None else region
        return f"arn:{self.partition}:{service}:{where}:{self.account}:{resource}"


def outputs_of(registration: Registration, scope: Scope) -> tuple[str, Outputs]:
    """Return the id and the outputs: the inputs, with a name, and what AWS computes."""
    name = registration.inputs.get("name") or f"{registration.name}-{_token(registration)[:7]}"
    inputs = {**registration.inputs, "name": name}
    scope = replace(scope, region=inputs.get("region") or scope.region)
    make = MAKERS.get(registration.type)
    if make is None:
        return name, dict(registration.inputs)
    id_, computed = make(inputs, scope, _token(registration))
    return id_, {**inputs, **computed}


def _token(registration: Registration) -> str:
    """Stands for what AWS draws at random."""
    return hashlib.sha256(registration.urn.encode()).hexdigest()[:17]


def _table(inputs: Mapping[str, Any], scope: Scope, _token: str) -> tuple[str, Outputs]:
    arn = scope.arn("dynamodb", f"table/{inputs['name']}")
    computed = {"arn": arn, "tagsAll": inputs.get("tags", {}), "streamArn": "", "streamLabel": ""}
    if inputs.get("streamEnabled"):
        computed |= {"streamArn": f"{arn}/stream/{STREAM_LABEL}", "streamLabel": STREAM_LABEL}
    return inputs["name"], computed


def _parameter(inputs: Mapping[str, Any], scope: Scope, _token: str) -> tuple[str, Outputs]:
    arn = scope.arn("ssm", f"parameter/{inputs['name'].removeprefix('/')}")
    return inputs["name"], {"arn": arn, "version": 1, "tagsAll": inputs.get("tags", {})}


def _policy(inputs: Mapping[str, Any], scope: Scope, token: str) -> tuple[str, Outputs]:
    path = inputs.get("path", "/")
    arn = scope.arn("iam", f"policy{path}{inputs['name']}", region="")
    policy_id = f"ANPA{token.upper()}"
    return arn, {"arn": arn, "policyId": policy_id, "tagsAll": inputs.get("tags", {})}


def _attachment(inputs: Mapping[str, Any], _scope: Scope, _token: str) -> tuple[str, Outputs]:
    return f"{inputs['role']}/{inputs['policyArn']}", {}


def _alarm(inputs: Mapping[str, Any], scope: Scope, _token: str) -> tuple[str, Outputs]:
    arn = scope.arn("cloudwatch", f"alarm:{inputs['name']}")
    return inputs["name"], {"arn": arn, "tagsAll": inputs.get("tags", {})}


def _topic(inputs: Mapping[str, Any], scope: Scope, _token: str) -> tuple[str, Outputs]:
    arn = scope.arn("sns", inputs["name"])
    return arn, {"arn": arn, "owner": scope.account, "tagsAll": inputs.get("tags", {})}


def _subscription(inputs: Mapping[str, Any], scope: Scope, token: str) -> tuple[str, Outputs]:
    arn = f"{inputs['topic']}:{token}"
    return arn, {"arn": arn, "ownerId": scope.account, "pendingConfirmation": True}


def _endpoint(inputs: Mapping[str, Any], scope: Scope, token: str) -> tuple[str, Outputs]:
    id_ = f"vpce-{token}"
    computed = {
        "arn": scope.arn("ec2", f"vpc-endpoint/{id_}"),
        "ownerId": scope.account,
        "prefixListId": f"pl-{token[:8]}",
        "state": "available",
        "tagsAll": inputs.get("tags", {}),
    }
    return id_, computed


MAKERS: Final[Mapping[str, Callable[[Mapping[str, Any], Scope, str], tuple[str, Outputs]]]] = {
    "aws:dynamodb/table:Table": _table,
    "aws:ssm/parameter:Parameter": _parameter,
    "aws:iam/policy:Policy": _policy,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": _attachment,
    "aws:cloudwatch/metricAlarm:MetricAlarm": _alarm,
    "aws:sns/topic:Topic": _topic,
    "aws:sns/topicSubscription:TopicSubscription": _subscription,
    "aws:ec2/vpcEndpoint:VpcEndpoint": _endpoint,
}
