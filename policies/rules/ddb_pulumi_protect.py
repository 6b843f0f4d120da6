"""Pulumi itself refuses to delete a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.tokens import TABLE, TABLE_REPLICA
from rules.tables.tables import EPHEMERAL_TABLES, is_ephemeral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource


def _check(resource: Resource, settings: Settings) -> Iterator[Finding]:
    if resource.options.protect:
        return
    if resource.type == TABLE_REPLICA:
        which = "replica"
    elif is_ephemeral(resource.properties, settings):
        return
    else:
        which = "table"
    yield Finding(
        which,
        f"the option protect of the {which} is not set; set it, or a change of the program that "
        f"drops or replaces the {which} deletes it",
    )


DDB_PULUMI_PROTECT = ResourceRule(
    id="ddb-pulumi-protect",
    demands="Tables and standalone replicas carry the option protect.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Pass opts=pulumi.ResourceOptions(protect=True) to the table (a remediation "
    "cannot set options); with tablewright, set tablewright:retain to true. A table whose items "
    "may be lost goes into setting ephemeralTables.",
    url="https://www.pulumi.com/docs/iac/concepts/options/protect/",
    settings=EPHEMERAL_TABLES,
    types=(TABLE, TABLE_REPLICA),
    check=_check,
)
