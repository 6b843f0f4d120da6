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
            if _answers(others, keys):
                yield _redundant("equal" if _answers(keys, others) else "prefix", name, other)
            elif _answers(keys, others):
                yield _redundant("prefix", other, name)
        seen.append((name, keys))


def _against_table(table: Properties) -> Iterator[Finding]:
    whole = keys_of(table)
    for name, keys in _indexes(table):
        if _answers(whole, keys):
            yield Finding(
                "table",
                f"global secondary index {name!r} repeats the table's own key "
                f"({', '.join(keys.partition + keys.sort)}); query the table and remove {name!r}",
            )


def _against_local(table: Properties, local: Properties) -> Iterator[Finding]:
    whole = KeySchema(keys_of(table).partition, keys_of(local).sort)
    for name, keys in _indexes(table):
        if keys.sort and _answers(whole, keys):
            yield _redundant("local", name, local.text("name"))


def _answers(whole: KeySchema, part: KeySchema) -> bool:
    """Tell whether every query of one key is a query of the other.

    A query gives all attributes of the partition key, and those of the sort key from the left. A
    partition key of more attributes spreads its load further, so it repeats none of fewer.
    """
    return (
        bool(part.partition)
        and frozenset(whole.partition) == frozenset(part.partition)
        and whole.sort[: len(part.sort)] == part.sort
    )


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
