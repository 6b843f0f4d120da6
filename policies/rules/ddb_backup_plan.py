"""Rule 9: a backup plan covers every table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity
from pulumi_policy.proxy import UnknownValueError

from .shared.arns import matches
from .shared.finding import Finding
from .shared.mappings import Mappings
from .shared.reading import Properties, known_first
from .shared.rule import ADVISORY, DISABLED, Levels, StackRule
from .shared.settings import texts
from .shared.stack_tables import StackTables
from .shared.tokens import BACKUP_SELECTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .shared.settings import Settings
    from .shared.stack_tables import StackTable
    from .shared.subjects import Resource, Stack

_TAG: Final = "aws:ResourceTag/"


def _check(stack: Stack, settings: Settings) -> Iterable[Finding]:
    tables = StackTables(stack)
    selections = stack.of_type(BACKUP_SELECTION)
    wanted = (table for table in tables.all if not table.is_listed(settings, "coveredElsewhere"))
    return known_first(*(_table(table, selections) for table in wanted), tables.unread())


def _table(table: StackTable, selections: Iterable[Resource]) -> Iterator[Finding]:
    unknown: UnknownValueError | None = None
    for selection in selections:
        try:
            if _covers(selection, table):
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


def _covers(selection: Resource, table: StackTable) -> bool:
    """Tell whether AWS Backup selects a table: by its ARN, and among those by its tags."""
    return (
        not _names(selection, "notResources", table, default=False)
        and _names(selection, "resources", table, default=True)
        and _has_a_tag(selection.properties, table)
        and all(_holds(each, table) for each in selection.properties.sections("conditions"))
    )


def _names(selection: Resource, name: str, table: StackTable, *, default: bool) -> bool:
    """Tell whether a list of ARNs and patterns holds the table's."""
    sources = selection.depends.get(name, ())
    properties = selection.properties
    try:
        known = properties.known_texts(name)
        if any(table.is_held_by(each) for each in known):
            return True
        return not properties.texts(name) and default
    except UnknownValueError:
        # What is unknown is the ARN of what it comes from: of this table, or of another thing.
        if not sources:
            raise
        return table.urn in sources


def _has_a_tag(selection: Properties, table: StackTable) -> bool:
    tags = selection.sections("selectionTags")
    return not tags or any(_tag(table, tag.text("key")) == tag.text("value") for tag in tags)


def _holds(condition: Properties, table: StackTable) -> bool:
    """Tell whether a table's tags satisfy every part of a condition."""
    return (
        all(
            _value(table, part) == part.text("value") for part in condition.sections("stringEquals")
        )
        and all(_is_like(table, part) for part in condition.sections("stringLikes"))
        and all(
            _value(table, part) != part.text("value")
            for part in condition.sections("stringNotEquals")
        )
        and not any(_is_like(table, part) for part in condition.sections("stringNotLikes"))
    )


def _is_like(table: StackTable, part: Properties) -> bool:
    value = _value(table, part)
    return value is not None and matches(part.text("value"), value)


def _value(table: StackTable, part: Properties) -> str | None:
    return _tag(table, part.text("key").removeprefix(_TAG))


def _tag(table: StackTable, key: str) -> str | None:
    """Return a tag of the table; those that the provider adds to every resource count too."""
    for name in ("tagsAll", "tags"):
        tags = table.resource.properties.section(name)
        if key in tags.names():
            return tags.text(key)
    return None


DDB_BACKUP_PLAN = StackRule(
    id="ddb-backup-plan",
    demands="Every table is in the selection of a backup plan.",
    severity=Severity.MEDIUM,
    levels=Levels(dev=DISABLED, staging=ADVISORY, prod=ADVISORY),
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
            "name, after `-<environment>-`."
        )
    },
    check=_check,
)
