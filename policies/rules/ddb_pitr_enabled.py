"""Every table can be restored to a point in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.order import for_each, known_first
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.tokens import TABLE, TABLE_REPLICA
from rules.tables.tables import EPHEMERAL_TABLES, is_ephemeral

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.reading import Properties
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource

_REMEDY = "enable point-in-time recovery; without it a bad write cannot be undone"


def _check(resource: Resource, settings: Settings) -> Iterable[Finding]:
    properties = resource.properties
    if resource.type == TABLE_REPLICA:
        return _replica(properties, "the replica")
    if is_ephemeral(properties, settings):
        return ()
    return known_first(
        _table(properties),
        for_each(properties, "replicas", lambda each, at: _replica(each, f"replica {at}")),
    )


def _table(properties: Properties) -> Iterator[Finding]:
    if not properties.section("pointInTimeRecovery").flag("enabled"):
        yield Finding("table", f"pointInTimeRecovery.enabled is not true; {_REMEDY}")


def _replica(properties: Properties, which: str) -> Iterator[Finding]:
    if not properties.flag("pointInTimeRecovery"):
        yield Finding("replica", f"pointInTimeRecovery of {which} is not true; {_REMEDY}")


def _remediate(resource: Resource, settings: Settings) -> dict[str, object]:
    properties = resource.properties
    if resource.type == TABLE_REPLICA:
        return {} if properties.holds("pointInTimeRecovery") else {"pointInTimeRecovery": True}
    section = properties.section("pointInTimeRecovery")
    if is_ephemeral(properties, settings) or section.holds("enabled"):
        return {}
    return {"pointInTimeRecovery": {**section.plain(), "enabled": True}}


DDB_PITR_ENABLED = ResourceRule(
    id="ddb-pitr-enabled",
    demands="Tables and their replicas have point-in-time recovery on.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Set point_in_time_recovery with enabled=True on the table, and "
    "point_in_time_recovery=True on each replica; with tablewright, leave "
    "tablewright:pointInTimeRecoveryDays above 0. A table whose items may be lost goes into "
    "setting ephemeralTables.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.html",
    mappings=Mappings(
        security_hub=("DynamoDB.2",),
        control_tower=("CT.DYNAMODB.PR.1",),
        cdk_nag=("DDB3",),
        checkov=("CKV_AWS_28", "CKV_AWS_165"),
        trivy=("AWS-0024",),
        cfn_nag=("W78",),
    ),
    settings=EPHEMERAL_TABLES,
    types=(TABLE, TABLE_REPLICA),
    check=_check,
    remediate=_remediate,
)
