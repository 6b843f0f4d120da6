"""TableExports: a store's table names and ARNs, where other programs find them in SSM."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.environment import Label
    from tablewright.environment.label import TableFact
    from tablewright.models import TableSpec

    from .table import Table

_DESCRIBED: dict[TableFact, str] = {"name": "name", "arn": "ARN", "stream-arn": "stream's ARN"}


@dataclass(frozen=True, kw_only=True)
class TableExportsArgs:
    """The tables to export, each by its TableSpec."""

    tables: tuple[tuple[TableSpec, Table], ...]
    label: Label
    tags: Mapping[str, str]


class TableExports(pulumi.ComponentResource):
    """One SSM parameter for each table's name, ARN and, where there is one, stream ARN."""

    paths: pulumi.Output[list[str]]

    def __init__(
        self, name: str, args: TableExportsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tablewright:index:TableExports", name, None, opts)
        paths = []
        for spec, table in args.tables:
            for fact, value in _facts(table).items():
                path = args.label.table_parameter(spec.group, spec.name, fact)
                aws.ssm.Parameter(
                    f"{name}-{spec.name}-{fact}",
                    name=path,
                    type="String",
                    value=value,
                    description=f"The {_DESCRIBED[fact]} of table {spec.name}",
                    tags=args.tags,
                    opts=pulumi.ResourceOptions(parent=self),
                )
                paths.append(path)
        self.paths = pulumi.Output.from_input(paths)
        self.register_outputs({"paths": paths})


def _facts(table: Table) -> dict[TableFact, pulumi.Input[str]]:
    facts: dict[TableFact, pulumi.Input[str]] = {"name": table.table_name, "arn": table.table_arn}
    return facts if table.stream_arn is None else {**facts, "stream-arn": table.stream_arn}
