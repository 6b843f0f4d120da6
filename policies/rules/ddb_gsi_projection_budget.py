"""Indexes copy what is read from them, not every item whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.order import for_each, known_first
from rules.framework.rule import ADVISORY, ResourceRule
from rules.framework.settings import number, texts
from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, TABLE
from rules.tables.tables import SHORT_NAME, is_listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.reading import Properties
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource

PROJECTED_ATTRIBUTES: Final = 100
"""AWS's limit on the attributes that all INCLUDE projections of a table name; each use counts."""


def _check(resource: Resource, settings: Settings) -> Iterable[Finding]:
    properties = resource.properties
    if resource.type == GLOBAL_SECONDARY_INDEX:
        return _wide(properties, "tableName", properties.section("projection"), settings)
    return known_first(
        _many(properties, settings),
        for_each(
            properties,
            "globalSecondaryIndexes",
            lambda index, _: _wide(properties, "name", index, settings),
        ),
        _attributes(properties),
    )


def _many(table: Properties, settings: Settings) -> Iterator[Finding]:
    most = settings.number("mostProjectingAll")
    indexes = table.sections("globalSecondaryIndexes")
    found = [index.text("name") for index in indexes if _projects_all(index)]
    if len(found) > most:
        yield Finding(
            "many",
            f"{len(found)} global secondary indexes project ALL ({', '.join(found)}), over "
            f"{most:.0f}: each of them stores every item again; project KEYS_ONLY or INCLUDE",
        )


def _wide(
    table: Properties, name: str, projection: Properties, settings: Settings
) -> Iterator[Finding]:
    if _projects_all(projection) and is_listed(lambda: table.text(name), "wideTables", settings):
        yield Finding(
            "wide",
            f"an index of {table.text(name)!r} projects ALL, and the setting wideTables says that "
            "its items are large; project KEYS_ONLY or INCLUDE",
        )


def _attributes(table: Properties) -> Iterator[Finding]:
    indexes = (
        *table.sections("globalSecondaryIndexes"),
        *table.sections("localSecondaryIndexes"),
    )
    total = sum(index.count("nonKeyAttributes") for index in indexes)
    if total > PROJECTED_ATTRIBUTES:
        yield Finding(
            "attributes",
            f"the INCLUDE projections name {total} attributes in all, and AWS takes "
            f"{PROJECTED_ATTRIBUTES}; project fewer",
        )


def _projects_all(projection: Properties) -> bool:
    return projection.text("projectionType") == "ALL"


DDB_GSI_PROJECTION_BUDGET = ResourceRule(
    id="ddb-gsi-projection-budget",
    demands="Few global secondary indexes of a table copy its items whole.",
    severity=Severity.LOW,
    default_level=ADVISORY,
    remediation_steps="Set projection_type to KEYS_ONLY, or to INCLUDE with the "
    "non_key_attributes that the readers of the index need; with tablewright, set projection of "
    "the index.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-indexes-general.html",
    settings={
        "mostProjectingAll": number(
            "The most global secondary indexes of one table that may project ALL.", 2, minimum=0
        ),
        "wideTables": texts(
            "Tables with large items, whose indexes must not project ALL; each is the end of a "
            "physical name, after the first `-<environment>-`.",
            pattern=SHORT_NAME,
        ),
    },
    types=(TABLE, GLOBAL_SECONDARY_INDEX),
    check=_check,
)
