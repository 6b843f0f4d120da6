"""DataStore: a whole DataModel as one component."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import pulumi

from tablewright.models.names import VERIFIER

from .access_plan import AccessPlan
from .consumer_policies import ConsumerPolicies, ConsumerPoliciesArgs
from .stack_wide import StackWide
from .table import Table, TableArgs
from .table_alarms import TableAlarms, TableAlarmsArgs
from .table_exports import TableExports, TableExportsArgs
from .table_inputs import TableOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.environment import Label, Profile, Settings
    from tablewright.models import DataModel, TableSpec

    from .aws_scope import AwsScope
    from .grant import Grant


@dataclass(frozen=True, kw_only=True)
class DataStoreArgs:
    """A model and where, how and for whom to deploy it; `of` takes all that from Settings.

    `role_names` maps a consumer to existing roles that get its policies. Alarms exist where the
    profile says so, and tell `alarm_topic_arn`. Raises ValueError where those of a guarded
    environment would tell nobody.
    """

    model: DataModel
    label: Label
    profile: Profile
    scope: AwsScope
    tags: Mapping[str, str]
    table_options: TableOptions = field(default_factory=TableOptions)
    role_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    grants: tuple[Grant, ...] = ()
    alarm_topic_arn: pulumi.Input[str] | None = None
    stack_wide: StackWide = field(default_factory=StackWide)

    def __post_init__(self) -> None:
        if self.profile.guarded and self.profile.alarms and self.alarm_topic_arn is None:
            raise ValueError(
                f"store {self.model.name!r} of {self.label.prefix!r}: alarm_topic_arn is not set, "
                "so the alarms of a guarded environment would tell nobody; name an SNS topic, or "
                "turn alarms off in the profile"
            )

    @classmethod
    def of(
        cls,
        settings: Settings,
        model: DataModel,
        scope: AwsScope,
        alarm_topic_arn: pulumi.Input[str] | None = None,
    ) -> Self:
        """Take what a stack's configuration says."""
        return cls(
            model=model,
            label=settings.label,
            profile=settings.profile,
            scope=scope,
            tags=settings.tags(model.name),
            table_options=TableOptions.of(settings),
            role_names={
                consumer: settings.roles_of(model.name, consumer)
                for consumer in (*model.consumers, VERIFIER)
            },
            alarm_topic_arn=alarm_topic_arn,
            stack_wide=StackWide.of(settings),
        )

    def plan_access(self) -> AccessPlan:
        """Work out every managed policy; raises ModelError where one would be too large."""
        options = self.table_options
        streams = (table.name for table in self.model.tables if options.stream_view(table))
        return AccessPlan(
            model=self.model,
            label=self.label,
            arns=self.scope.arns(
                self.model,
                self.label,
                replica_regions=options.replica_regions,
                streams=frozenset(streams),
            ),
            customer_managed_key_arn=options.customer_managed_key_arn,
            grants=self.grants,
            role_names=self.role_names,
            alarms=self.profile.alarms,
            stack_wide=self.stack_wide,
        )


class DataStore(pulumi.ComponentResource):
    """The tables of one model, their SSM parameters, access policies and alarms."""

    table_names: pulumi.Output[dict[str, str]]
    table_arns: pulumi.Output[dict[str, str]]
    index_names: pulumi.Output[dict[str, list[str]]]
    stream_arns: pulumi.Output[dict[str, str]]
    policy_arns: pulumi.Output[dict[str, str]]
    environment_variables: pulumi.Output[dict[str, str]]
    access: AccessPlan

    def __init__(
        self, name: str, args: DataStoreArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tablewright:index:DataStore", name, None, opts)
        self.access = args.plan_access()
        child = pulumi.ResourceOptions(parent=self)
        tables = tuple((spec, _table(name, spec, args, child)) for spec in args.model.tables)
        TableExports(
            f"{name}-exports",
            TableExportsArgs(tables=tables, label=args.label, tags=args.tags),
            child,
        )
        policies = ConsumerPolicies(
            f"{name}-access",
            ConsumerPoliciesArgs(plan=self.access, tags=args.tags),
            child,
        )
        if args.profile.alarms:
            for spec in args.model.tables:
                _alarms(f"{name}-{spec.name}", spec, args, self.access, child)
        self._set_outputs(tables, policies, args)

    def _set_outputs(
        self,
        tables: tuple[tuple[TableSpec, Table], ...],
        policies: ConsumerPolicies,
        args: DataStoreArgs,
    ) -> None:
        streams = {spec.name: table.stream_arn for spec, table in tables if table.stream_arn}
        indexes = {spec.name: [index.name for index in spec.indexes] for spec, _ in tables}
        variables = {spec.environment_variable: table.table_name for spec, table in tables}
        self.table_names = pulumi.Output.all(**{spec.name: t.table_name for spec, t in tables})
        self.table_arns = pulumi.Output.all(**{spec.name: t.table_arn for spec, t in tables})
        self.index_names = pulumi.Output.from_input(indexes)
        # Output.all() of nothing is a list.
        self.stream_arns = pulumi.Output.all(**streams) if streams else pulumi.Output.from_input({})
        self.policy_arns = policies.policy_arns
        self.environment_variables = pulumi.Output.all(**variables, AWS_REGION=args.scope.region)
        self.register_outputs(self.outputs)

    @property
    def outputs(self) -> dict[str, pulumi.Output[object]]:
        """What a stack exports of the store."""
        return {
            "tableNames": self.table_names,
            "tableArns": self.table_arns,
            "indexNames": self.index_names,
            "streamArns": self.stream_arns,
            "policyArns": self.policy_arns,
            "environmentVariables": self.environment_variables,
        }


def _table(name: str, spec: TableSpec, args: DataStoreArgs, child: pulumi.ResourceOptions) -> Table:
    return Table(
        f"{name}-{spec.name}",
        TableArgs(
            spec=spec,
            table_name=args.label.table(spec.name),
            profile=args.profile,
            tags=args.tags,
            options=args.table_options,
        ),
        child,
    )


def _alarms(
    name: str,
    spec: TableSpec,
    args: DataStoreArgs,
    plan: AccessPlan,
    child: pulumi.ResourceOptions,
) -> TableAlarms:
    return TableAlarms(
        name,
        TableAlarmsArgs(
            spec=spec,
            operations=plan.operations_on(spec.name),
            label=args.label,
            tags=args.tags,
            topic_arn=args.alarm_topic_arn,
        ),
        child,
    )
