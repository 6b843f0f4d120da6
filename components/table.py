"""Table: one TableSpec and a profile, as a table on AWS."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from . import table_inputs
from .table_inputs import TableOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.environment import Profile
    from tablewright.models import TableSpec


@dataclass(frozen=True, kw_only=True)
class TableArgs:
    """A table to build: `table_name` is its physical name, `profile` how it is kept."""

    spec: TableSpec
    table_name: str
    profile: Profile
    tags: Mapping[str, str]
    options: TableOptions = field(default_factory=TableOptions)


class Table(pulumi.ComponentResource):
    """A DynamoDB table on demand, encrypted, and kept as its profile demands.

    The physical name is fixed, so a change that replaces the table deletes it first.
    """

    table_name: pulumi.Output[str]
    table_arn: pulumi.Output[str]
    stream_arn: pulumi.Output[str] | None

    def __init__(
        self, name: str, args: TableArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tablewright:index:Table", name, None, opts)
        spec, options = args.spec, args.options
        profile = args.profile.for_ephemeral() if spec.ephemeral else args.profile
        view = options.stream_view(spec)
        table = aws.dynamodb.Table(
            name,
            name=args.table_name,
            billing_mode="PAY_PER_REQUEST",
            hash_key=spec.key.partition[0].name,
            range_key=spec.key.sort[0].name if spec.key.sort else None,
            attributes=table_inputs.attributes(spec),
            global_secondary_indexes=table_inputs.global_indexes(spec, options),
            local_secondary_indexes=table_inputs.local_indexes(spec),
            ttl=table_inputs.ttl(spec),
            point_in_time_recovery=table_inputs.recovery(args.table_name, profile),
            deletion_protection_enabled=profile.retain,
            server_side_encryption=table_inputs.encryption(options),
            stream_enabled=view is not None,
            stream_view_type=view and str(view),
            table_class=options.table_class,
            on_demand_throughput=table_inputs.maxima(options),
            warm_throughput=table_inputs.warm_throughput(spec.warm_throughput),
            replicas=[
                table_inputs.replica(region, profile, options) for region in options.replica_regions
            ],
            tags=args.tags,
            opts=_kept(self, profile),
        )
        self.table_name = table.name
        self.table_arn = table.arn
        self.stream_arn = table.stream_arn if view else None
        outputs = {"tableName": table.name, "tableArn": table.arn}
        self.register_outputs({**outputs, **({"streamArn": table.stream_arn} if view else {})})


def _kept(component: Table, profile: Profile) -> pulumi.ResourceOptions:
    # Not False but None where nothing is retained: then the component's own options are inherited.
    retain = profile.retain or None
    return pulumi.ResourceOptions(parent=component, protect=retain, retain_on_delete=retain)
