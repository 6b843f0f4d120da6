"""Which tables a backup selection covers.

A resource is selected by its ARN, and among those by its tags: page "Assigning resources to a
backup plan" of AWS Backup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

from rules.iam.arns import matches

if TYPE_CHECKING:
    from rules.framework.reading import Properties
    from rules.framework.subjects import Resource
    from rules.tables.stack_table import StackTable

_TAG: Final = "aws:ResourceTag/"


def covers(selection: Resource, table: StackTable) -> bool:
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
