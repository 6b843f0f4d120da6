"""The capacity of tables and indexes follows their load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.order import known_first
from rules.framework.rule import MANDATORY, StackRule
from rules.framework.tokens import GLOBAL_SECONDARY_INDEX
from rules.tables.scaling import DIRECTIONS, Scaled, Scaling
from rules.tables.stack_tables import StackTables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource, Stack
    from rules.tables.stack_table import StackTable


def _check(stack: Stack, _: Settings) -> Iterable[Finding]:
    tables = StackTables(stack)
    scaling = Scaling(stack, tables)
    return known_first(
        *(_table(table, scaling) for table in tables.all), tables.unread(GLOBAL_SECONDARY_INDEX)
    )


def _table(table: StackTable, scaling: Scaling) -> Iterator[Finding]:
    # AWS and the provider take a table without a billing mode for a provisioned one.
    if table.resource.properties.text("billingMode", "PROVISIONED") == "PAY_PER_REQUEST":
        return
    yield from known_first(
        _scaled(table, table.resource, "", scaling),
        table.each_index(lambda index: _scaled(table, index.resource, index.name, scaling)),
    )


def _scaled(table: StackTable, owner: Resource, index: str, scaling: Scaling) -> Iterator[Finding]:
    what = f"index '{index}' of {table.label}" if index else table.label
    moves = [Scaled(table.urn, index, direction) for direction in DIRECTIONS]
    yield from known_first(
        *(
            _moves(each, f"{each.direction.lower()} capacity of {what}", owner, scaling)
            for each in moves
        )
    )


def _moves(moved: Scaled, what: str, owner: Resource, scaling: Scaling) -> Iterator[Finding]:
    kind = "index" if moved.index else "table"
    target = scaling.targets.get(moved)
    unread = scaling.unread(moved)  # each may be the one that is missing
    if unread and (target is None or moved not in scaling.policies):
        raise unread[0]
    if target is None:
        yield Finding(
            f"{kind}-target",
            f"provisioned {what} has no scaling target; add one of {moved.dimension}, or set "
            "billingMode to PAY_PER_REQUEST",
            owner.urn,
        )
        return
    if moved not in scaling.policies:
        yield Finding(
            f"{kind}-policy",
            f"the scaling target of {what} has no policy; add one of policyType "
            "TargetTrackingScaling",
            owner.urn,
        )
    yield from known_first(_has_room(target, what), _is_awake(target, what))


def _has_room(target: Resource, what: str) -> Iterator[Finding]:
    properties = target.properties
    least, most = properties.number("minCapacity"), properties.number("maxCapacity")
    if least is None or most is None or least >= most:
        yield Finding(
            "fixed-target",
            f"the scaling target of {what} has a maxCapacity that is not above its minCapacity; "
            "raise it",
            target.urn,
        )


def _is_awake(target: Resource, what: str) -> Iterator[Finding]:
    if target.properties.section("suspendedState").flag("dynamicScalingOutSuspended"):
        yield Finding(
            "suspended-target",
            f"the scaling target of {what} has dynamicScalingOutSuspended true; remove "
            "suspendedState",
            target.urn,
        )


DDB_CAPACITY_SCALES = StackRule(
    id="ddb-capacity-scales",
    demands="The capacity of tables and their indexes is on-demand, or is scaled by policies for "
    "reads and for writes.",
    severity=Severity.MEDIUM,
    default_level=MANDATORY,
    remediation_steps="Set billing_mode to PAY_PER_REQUEST, as tablewright does; or add an "
    "appautoscaling.Target and a target-tracking appautoscaling.Policy for reads and for writes "
    "of the table and of each index.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html",
    mappings=Mappings(
        security_hub=("DynamoDB.1",),
        cdk_nag=("DynamoDBAutoScalingEnabled",),
        checkov=("CKV2_AWS_16",),
    ),
    check=_check,
)
