"""Point-in-time recovery reaches back far enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.settings import number
from rules.framework.tokens import TABLE
from rules.tables.tables import EPHEMERAL_TABLES, is_ephemeral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource

LONGEST: Final = 35
"""Days; the most that AWS keeps, and what it keeps where nothing is said."""


def _check(resource: Resource, settings: Settings) -> Iterator[Finding]:
    if is_ephemeral(resource.properties, settings):
        return
    recovery = resource.properties.section("pointInTimeRecovery")
    days, least = recovery.number("recoveryPeriodInDays"), settings.number("minDays")
    if days is None or days >= least:
        return
    # Where recovery is off there is no window: that is for `ddb-pitr-enabled` to say.
    if recovery.flag("enabled"):
        yield Finding(
            "window",
            f"pointInTimeRecovery.recoveryPeriodInDays is {days:g}, under the minimum of "
            f"{least:g}; raise it: what was damaged earlier cannot be recovered",
        )


def _remediate(resource: Resource, settings: Settings) -> dict[str, object]:
    recovery = resource.properties.section("pointInTimeRecovery")
    if is_ephemeral(resource.properties, settings) or not recovery.flag("enabled"):
        return {}
    if recovery.holds("recoveryPeriodInDays"):
        return {}
    # AWS's own default, written down: then a later change of it is a change to review.
    return {"pointInTimeRecovery": {**recovery.plain(), "recoveryPeriodInDays": LONGEST}}


DDB_PITR_WINDOW = ResourceRule(
    id="ddb-pitr-window",
    demands="Tables can be recovered to any second of a minimum number of days.",
    severity=Severity.MEDIUM,
    default_level=MANDATORY,
    remediation_steps="Raise recovery_period_in_days in point_in_time_recovery of the table, or "
    "leave it out (AWS then keeps 35 days); with tablewright, set "
    "tablewright:pointInTimeRecoveryDays to the minimum or more. A table whose items may be lost "
    "goes into setting ephemeralTables.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/"
    "API_PointInTimeRecoverySpecification.html",
    settings={
        **EPHEMERAL_TABLES,
        "minDays": number(
            "The least recoveryPeriodInDays of a table.", LONGEST, minimum=1, maximum=LONGEST
        ),
    },
    types=(TABLE,),
    check=_check,
    remediate=_remediate,
)
