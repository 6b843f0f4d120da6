"""AwsScope: where a stack deploys, looked up once by the program and handed to every store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import pulumi_aws as aws

from tablewright.models.statements import ArnScope

if TYPE_CHECKING:
    from tablewright.environment import Label
    from tablewright.models import DataModel


@dataclass(frozen=True, kw_only=True)
class AwsScope:
    """Partition, region and account: what ARNs are made of before anything is deployed."""

    partition: str
    region: str
    account: str

    @classmethod
    def look_up(cls) -> Self:
        """Ask the provider, which answers during a preview too; not for use in a component."""
        return cls(
            partition=aws.get_partition().partition,
            region=aws.get_region().region,
            account=aws.get_caller_identity().account_id,
        )

    def arns(
        self,
        model: DataModel,
        label: Label,
        *,
        replica_regions: tuple[str, ...] = (),
        streams: frozenset[str] = frozenset(),
    ) -> ArnScope:
        """Return the ARNs of a model's tables in this stack, replicas included."""
        return ArnScope(
            partition=self.partition,
            account=self.account,
            regions=(self.region, *replica_regions),
            table_names={table.name: label.table(table.name) for table in model.tables},
            streams=streams,
        )
