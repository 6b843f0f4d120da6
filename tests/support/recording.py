"""What the program, or one component, registers: recorded once for each configuration."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tablewright.environment import PROFILES, Environment, Label
from tablewright.recorder import load_configuration, record
from tests.support.configurations import raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from tablewright.recorder import Recording, Registration

ROOT = Path(__file__).parents[2]
ENVIRONMENTS = tuple(environment.value for environment in Environment)

TABLE = "aws:dynamodb/table:Table"
PARAMETER = "aws:ssm/parameter:Parameter"
MANAGED_POLICY = "aws:iam/policy:Policy"
ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
TOPIC = "aws:sns/topic:Topic"
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"
VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
STACK = "pulumi:pulumi:Stack"
TAGGABLE = {TABLE, PARAMETER, MANAGED_POLICY, ALARM, TOPIC, VPC_ENDPOINT}
UNTAGGABLE = {ATTACHMENT, SUBSCRIPTION}
COMPONENT_PREFIX = "tablewright:index:"


def record_stack(stack: str, /, *, preview: bool = False, **overrides: object) -> Recording:
    """Record the real program for a stack; overrides by key as a stack file writes them.

    None leaves a key out.
    """
    texts = {key: raw(value) for key, value in overrides.items()}
    return _record_stack(stack, tuple(sorted(texts.items())), preview=preview)


@cache
def _record_stack(
    stack: str, overrides: tuple[tuple[str, str | None], ...], *, preview: bool
) -> Recording:
    project, configuration = load_configuration(ROOT, stack)
    configuration |= {f"tablewright:{key}": text for key, text in overrides}
    given = {key: text for key, text in configuration.items() if text is not None}
    return record(ROOT, project=project, stack=stack, configuration=given, preview=preview)


def record_component(
    build: Callable[[], object], environment: str = "dev", *, preview: bool = False
) -> Recording:
    """Record what a callable builds."""
    return record(
        build, project="tablewright", stack=environment, configuration={}, preview=preview
    )


def label_of(environment: str) -> Label:
    """Return the label of a stack of the project `dropify`."""
    return Label(project="dropify", environment=environment)


def profile_of(environment: str):
    """Return the profile of an environment."""
    return PROFILES[Environment(environment)]


def tags_of(environment: str, data_model: str = "shared") -> dict[str, str]:
    """Return the tags of a stack that the owner `team-data` deploys."""
    return label_of(environment).tags(owner="team-data", cost_center="0042", data_model=data_model)


def document_of(registration: Registration) -> list[dict]:
    """Return the statements of a policy document."""
    return json.loads(registration.inputs["policy"])["Statement"]


def consumer_statements(recording: Recording) -> list[dict]:
    """Return the statements of every managed policy but the verifiers'."""
    return [
        statement
        for policy in recording.of_type(MANAGED_POLICY)
        if not policy.inputs["name"].endswith("-verifier")
        for statement in document_of(policy)
    ]
