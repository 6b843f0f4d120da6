"""The plain arguments that named stores share, so that any Pulumi language can write them.

Annotations stay evaluated here, for Pulumi reads a package's schema from them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NotRequired, TypedDict

import pulumi

from tablewright.environment import PROFILES, Environment, Label, Override, Profile
from tablewright.environment.overrides import unexplained
from tablewright.environment.parsing import did_you_mean
from tablewright.models import DataModel

from .aws_scope import AwsScope
from .data_store import DataStoreArgs
from .grant import Grant
from .plain_values import given, misshapen
from .table_inputs import TableOptions


class PlainArguments(TypedDict):
    """Where, how and for whom to deploy; what is left out follows the environment's profile.

    `environment` is local, dev, staging or prod. `role_names` maps a consumer to existing roles.
    What is weaker than prod's profile needs a `weakening_reason`, alarms there a topic.
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
    weakening_reason: NotRequired[str]
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    enable_audit_trail: NotRequired[bool]
    customer_managed_key_arn: NotRequired[str]
    role_names: NotRequired[dict[str, list[str]]]
    extra_tags: NotRequired[dict[str, str]]


EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "project": "dropify",
        "environment": "prod",
        "owner": "team-data",
        "cost_center": "0042",
        "account_id": "123456789012",
        "region": "us-east-1",
    }
)
"""A value of every required argument."""


def check_arguments(name: str, args: PlainArguments, kind: type[PlainArguments]) -> None:
    """Refuse what is missing, unknown to that kind of store, or of a wrong type or form.

    What passes so far must not be weaker than prod for no reason. Raises ValueError with all
    problems.
    """
    problems = (*_misnamed(args, kind), *misshapen(args, kind)) or (*_weakened(args),)
    if problems:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        lines = "".join(f"\n  {problem}" for problem in problems)
        raise ValueError(f"{count} in the arguments of {name!r}:{lines}")


def _misnamed(args: PlainArguments, kind: type[PlainArguments]) -> Iterator[str]:
    named = given(args)
    for key, example in EXAMPLES.items():
        if key not in named:
            yield f'{key} is missing; write it, for example "{key}": "{example}"'
    known = tuple(kind.__annotations__)
    for key in sorted(set(args) - set(known)):
        yield f"{key} is not an argument of it; {did_you_mean(key, known)}"


def _weakened(args: PlainArguments) -> Iterator[str]:
    usual = _usual(args)
    if usual.guarded:
        overrides = (
            Override(key=key, usual=getattr(usual, key), chosen=chosen)
            for key, chosen in _chosen(args).items()
        )
        reason = given(args).get("weakening_reason")
        yield from map(str, unexplained(overrides, reason, reason_key="weakening_reason"))


def data_store_args(
    model: DataModel, args: PlainArguments, grants: tuple[Grant, ...] = ()
) -> DataStoreArgs:
    """Turn plain arguments into a DataStore's; raises LabelError or ValueError for bad ones."""
    named = given(args)
    label = Label(project=named["project"], environment=named["environment"])
    roles = {consumer: tuple(names) for consumer, names in named.get("role_names", {}).items()}
    return DataStoreArgs(
        model=model,
        label=label,
        profile=replace(_usual(args), **_chosen(args)),
        scope=AwsScope(
            partition=named.get("partition", "aws"),
            region=named["region"],
            account=named["account_id"],
        ),
        tags=label.tags(
            owner=named["owner"],
            cost_center=named["cost_center"],
            data_model=model.name,
            extra=named.get("extra_tags", {}),
        ),
        table_options=TableOptions(
            enable_audit_trail=named.get("enable_audit_trail", False),
            customer_managed_key_arn=named.get("customer_managed_key_arn"),
        ),
        role_names=roles,
        grants=grants,
        alarm_topic_arn=named.get("alarm_topic_arn"),
    )


def _usual(args: PlainArguments) -> Profile:
    try:
        return PROFILES[Environment(args["environment"])]
    except ValueError:
        raise ValueError(
            f"environment {args['environment']!r} is unknown; write one of {', '.join(Environment)}"
        ) from None


def _chosen(args: PlainArguments) -> dict[str, Any]:
    """Give what the arguments set in the profile."""
    named = given(args)
    keys = ("retain", "point_in_time_recovery_days", "alarms")
    chosen = {key: named[key] for key in keys if key in named}
    if "point_in_time_recovery_days" in chosen:
        # From other languages a whole number arrives as 7.0.
        chosen["point_in_time_recovery_days"] = int(chosen["point_in_time_recovery_days"])
    return chosen
