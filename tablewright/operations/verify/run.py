"""Compares a deployed stack with its models and settings, reading only what a verifier may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tablewright.operations.errors import OperationError
from tablewright.operations.verify.alarms import check_alarms, check_topic
from tablewright.operations.verify.comparison import Comparison
from tablewright.operations.verify.parameters import check_parameters
from tablewright.operations.verify.policies import check_policies
from tablewright.operations.verify.report import Report
from tablewright.operations.verify.stack import Stack
from tablewright.operations.verify.strangers import check_strangers
from tablewright.operations.verify.tables import check_table
from tablewright.operations.verify.vpc_endpoint import check_vpc_endpoint

if TYPE_CHECKING:
    from tablewright.environment import Settings
    from tablewright.operations.endpoint import Endpoint


def verify(settings: Settings, endpoint: Endpoint) -> Report:
    """Compare everything that the stack deploys with what is declared.

    Nothing is taken from what the program registered, so that this is a second opinion. Raises
    EndpointUnreachable, or OperationError where the endpoint refuses the credentials.
    """
    into = Comparison(str(endpoint))
    compare_stack(locate(settings, endpoint, into), endpoint, into)
    return Report(tuple(into.checks))


def compare_stack(stack: Stack, endpoint: Endpoint, into: Comparison) -> None:
    """Compare everything that a located stack deploys."""
    settings = stack.settings
    streams = {
        stack.label.table(table.name): check_table(stack, model, table, endpoint.dynamodb, into)
        for model in settings.models
        for table in model.tables
    }
    check_strangers(stack, endpoint.dynamodb, into)
    check_parameters(stack, streams, endpoint.ssm, into)
    for model in settings.models:
        check_policies(stack, model, endpoint.iam, into)
    if settings.profile.alarms:
        check_alarms(stack, endpoint.cloudwatch, into)
    if stack.own_topic:
        check_topic(stack, endpoint.sns, into)
    if settings.vpc_endpoint:
        check_vpc_endpoint(stack, endpoint.ec2, into)


def locate(settings: Settings, endpoint: Endpoint, into: Comparison) -> Stack:
    """Ask whose account it is, which needs no permission (API: GetCallerIdentity)."""
    identity: Any = into.read("account", "identity", endpoint.sts.get_caller_identity)
    if identity is None:
        raise OperationError(
            f"{endpoint} does not say whose account it is ({into.checks[-1].actual}); check the "
            "credentials"
        )
    return Stack(
        settings=settings,
        partition=identity["Arn"].split(":")[1],
        account=identity["Account"],
        region=endpoint.dynamodb.meta.region_name,
    )
