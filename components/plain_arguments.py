"""The plain arguments that named stores share, so that any Pulumi language can write them.

Annotations stay evaluated here, for Pulumi reads a package's schema from them.
"""

from dataclasses import replace
from typing import NotRequired, TypedDict

import pulumi

from tablewright.environment import PROFILES, Environment, Label, Profile
from tablewright.models import DataModel

from .aws_scope import AwsScope
from .data_store import DataStoreArgs
from .grant import Grant
from .table_inputs import TableOptions


class PlainArguments(TypedDict):
    """Where, how and for whom to deploy; what is left out follows the environment's profile.

    `environment` is local, dev, staging or prod. `role_names` maps a consumer to existing roles.
    """

    project: str
    environment: str
    owner: str
    cost_center: str
    account_id: str
    region: str
    partition: NotRequired[str]
    retain: NotRequired[bool]
    point_in_time_recovery_days: NotRequired[int]
    alarms: NotRequired[bool]
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    enable_audit_trail: NotRequired[bool]
    customer_managed_key_arn: NotRequired[str]
    role_names: NotRequired[dict[str, list[str]]]
    extra_tags: NotRequired[dict[str, str]]


def data_store_args(
    model: DataModel, args: PlainArguments, grants: tuple[Grant, ...] = ()
) -> DataStoreArgs:
    """Turn plain arguments into a DataStore's; raises LabelError or ValueError for bad ones."""
    label = Label(project=args["project"], environment=args["environment"])
    roles = {consumer: tuple(names) for consumer, names in args.get("role_names", {}).items()}
    return DataStoreArgs(
        model=model,
        label=label,
        profile=_profile(args),
        scope=AwsScope(
            partition=args.get("partition", "aws"),
            region=args["region"],
            account=args["account_id"],
        ),
        tags=label.tags(
            owner=args["owner"],
            cost_center=args["cost_center"],
            data_model=model.name,
            extra=args.get("extra_tags", {}),
        ),
        table_options=TableOptions(
            enable_audit_trail=args.get("enable_audit_trail", False),
            customer_managed_key_arn=args.get("customer_managed_key_arn"),
        ),
        role_names=roles,
        grants=grants,
        alarm_topic_arn=args.get("alarm_topic_arn"),
    )


def _profile(args: PlainArguments) -> Profile:
    try:
        profile = PROFILES[Environment(args["environment"])]
    except ValueError:
        raise ValueError(
            f"environment {args['environment']!r} is unknown; write one of {', '.join(Environment)}"
        ) from None
    return replace(
        profile,
        retain=args.get("retain", profile.retain),
        # From other languages a whole number arrives as 7.0.
        point_in_time_recovery_days=int(
            args.get("point_in_time_recovery_days", profile.point_in_time_recovery_days)
        ),
        alarms=args.get("alarms", profile.alarms),
    )
