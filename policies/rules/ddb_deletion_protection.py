"""No table is deleted by one call."""

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

_PROTECTION = "deletionProtectionEnabled"


def _check(resource: Resource, settings: Settings) -> Iterable[Finding]:
    properties = resource.properties
    if resource.type == TABLE_REPLICA:
        return _protected(properties, "replica", "the replica")
    if is_ephemeral(properties, settings):
        return ()
    return known_first(
        _protected(properties, "table", "the table"),
        for_each(
            properties, "replicas", lambda each, at: _protected(each, "replica", f"replica {at}")
        ),
    )


def _protected(properties: Properties, finding: str, which: str) -> Iterator[Finding]:
    if not properties.flag(_PROTECTION):
        yield Finding(
            finding,
            f"{_PROTECTION} of {which} is not true; set it, or one DeleteTable call takes the "
            "items with it",
        )


def _remediate(resource: Resource, settings: Settings) -> dict[str, object]:
    properties = resource.properties
    if properties.holds(_PROTECTION):
        return {}
    if resource.type == TABLE and is_ephemeral(properties, settings):
        return {}
    return {_PROTECTION: True}


DDB_DELETION_PROTECTION = ResourceRule(
    id="ddb-deletion-protection",
    demands="Tables and their replicas have deletion protection on.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Set deletion_protection_enabled=True on the table and on each replica; "
    "with tablewright, set tablewright:retain to true. A table whose items may be lost goes into "
    "setting ephemeralTables.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html",
    mappings=Mappings(
        security_hub=("DynamoDB.6",),
        prowler=("dynamodb_table_deletion_protection_enabled",),
    ),
    settings=EPHEMERAL_TABLES,
    types=(TABLE, TABLE_REPLICA),
    check=_check,
    remediate=_remediate,
)
