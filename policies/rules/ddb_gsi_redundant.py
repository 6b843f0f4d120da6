"""No global secondary index answers what another key answers already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.order import for_each, known_first, readable
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.tokens import TABLE
from rules.tables.tables import KeySchema, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.reading import Properties
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource


def _check(resource: Resource, _: Settings) -> Iterable[Finding]:
    table = resource.properties
    return known_first(
        _among_indexes(table),
        _against_table(table),
        for_each(table, "localSecondaryIndexes", lambda local, _: _against_local(table, local)),
    )


def _indexes(table: Properties) -> Iterator[tuple[str, KeySchema]]:
    return readable(_named, table.sections("globalSecondaryIndexes"))


def _named(index: Properties) -> tuple[str, KeySchema]:
    return index.text("name"), keys_of(index)


def _among_indexes(table: Properties) -> Iterator[Finding]:
    """Compare every two indexes once."""
    seen: list[tuple[str, KeySchema]] = []
    for name, keys in _indexes(table):
        for other, others in seen:
            if others.answers(keys):
                yield _redundant("equal" if keys.answers(others) else "prefix", name, other)
            elif keys.answers(others):
                yield _redundant("prefix", other, name)
        seen.append((name, keys))


def _against_table(table: Properties) -> Iterator[Finding]:
    whole = keys_of(table)
    for name, keys in _indexes(table):
        if whole.answers(keys):
            yield Finding(
                "table",
                f"global secondary index {name!r} repeats the table's own key "
                f"({', '.join(keys.attributes)}); query the table and remove {name!r}",
            )


def _against_local(table: Properties, local: Properties) -> Iterator[Finding]:
    whole = KeySchema(keys_of(table).partition, keys_of(local).sort)
    for name, keys in _indexes(table):
        if keys.sort and whole.answers(keys):
            yield _redundant("local", name, local.text("name"))


def _redundant(finding: str, name: str, other: str) -> Finding:
    relation = {
        "equal": "has the key of",
        "prefix": "has a key that begins the key of",
        "local": "has the key of local secondary index",
    }[finding]
    return Finding(
        finding,
        f"global secondary index {name!r} {relation} {other!r}; let {other!r} project what is read "
        f"from {name!r}, query {other!r}, and remove {name!r}",
    )


DDB_GSI_REDUNDANT = ResourceRule(
    id="ddb-gsi-redundant",
    demands="No global secondary index has a key that the table or another index answers.",
    severity=Severity.MEDIUM,
    default_level=MANDATORY,
    remediation_steps="Query the key that the message names, widen its projection where it has "
    "less, and remove the index from global_secondary_indexes. Keep one that lists items without "
    "the other's sort key, and waive the finding.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-indexes-general.html",
    types=(TABLE,),
    check=_check,
)
