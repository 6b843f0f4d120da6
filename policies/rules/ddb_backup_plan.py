"""A backup plan covers every table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity
from pulumi_policy.proxy import UnknownValueError

from rules.framework.finding import Finding
from rules.framework.mappings import Mappings
from rules.framework.order import known_first
from rules.framework.rule import ADVISORY, StackRule
from rules.framework.settings import texts
from rules.framework.tokens import BACKUP_SELECTION
from rules.tables.backup_selections import covers
from rules.tables.stack_tables import StackTables
from rules.tables.tables import SHORT_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource, Stack
    from rules.tables.stack_table import StackTable


def _check(stack: Stack, settings: Settings) -> Iterable[Finding]:
    tables = StackTables(stack)
    selections = stack.of_type(BACKUP_SELECTION)
    wanted = (table for table in tables.all if not table.is_listed(settings, "coveredElsewhere"))
    return known_first(*(_table(table, selections) for table in wanted), tables.unread())


def _table(table: StackTable, selections: Iterable[Resource]) -> Iterator[Finding]:
    unknown: UnknownValueError | None = None
    for selection in selections:
        try:
            if covers(selection, table):
                return
        except UnknownValueError as error:
            unknown = error
    if unknown is not None:
        raise unknown
    yield Finding(
        "table",
        f"no backup selection of the stack covers {table.label}; name its ARN or one of its tags "
        "in one, or list it in the setting coveredElsewhere",
        table.urn,
    )


DDB_BACKUP_PLAN = StackRule(
    id="ddb-backup-plan",
    demands="Every table is in the selection of a backup plan.",
    severity=Severity.MEDIUM,
    default_level=ADVISORY,
    remediation_steps="Add a backup.Plan, and a backup.Selection whose resources name the table's "
    "ARN or whose conditions name one of its tags; a plan outside of the stack goes into the "
    "setting coveredElsewhere.",
    url="https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html",
    mappings=Mappings(
        security_hub=("DynamoDB.4",),
        cdk_nag=("DynamoDBInBackupPlan",),
    ),
    settings={
        "coveredElsewhere": texts(
            "Tables that a backup plan outside of the stack covers; each is the end of a physical "
            "name, after the first `-<environment>-`.",
            pattern=SHORT_NAME,
        )
    },
    check=_check,
)
