"""A table defines the attributes of its keys, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.order import for_each, known_first
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, TABLE
from rules.tables.tables import keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.reading import Properties
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource

_TYPES: Final = frozenset("SNB")
_INDEXES: Final = ("globalSecondaryIndexes", "localSecondaryIndexes")
_RESTORED: Final = frozenset({"restoreSourceName", "restoreSourceTableArn"})
"""Arguments of a table that has the key of another."""


def _check(resource: Resource, _: Settings) -> Iterable[Finding]:
    properties = resource.properties
    if resource.type == GLOBAL_SECONDARY_INDEX:
        return known_first(
            for_each(properties, "keySchemas", _type_in_index), _keyless(properties, "index")
        )
    return known_first(
        for_each(properties, "attributes", _type),
        _keyless(properties, "table"),
        _missing(properties, properties),
        *(
            for_each(properties, indexes, lambda index, _: _missing(index, properties))
            for indexes in _INDEXES
        ),
        _unused(properties),
    )


def _type(definition: Properties, _: int) -> Iterator[Finding]:
    yield from _wrong_type(definition.text("name"), definition.text("type"))


def _type_in_index(part: Properties, _: int) -> Iterator[Finding]:
    yield from _wrong_type(part.text("attributeName"), part.text("attributeType"))


def _wrong_type(name: str, kind: str) -> Iterator[Finding]:
    if kind not in _TYPES:
        yield Finding(
            "type",
            f"attribute {name!r} has type {kind!r}; a key attribute is S (string), N (number) or "
            "B (binary)",
        )


def _keyless(holder: Properties, what: str) -> Iterator[Finding]:
    if not keys_of(holder).partition and _RESTORED.isdisjoint(holder.names()):
        yield Finding("no-key", f"the {what} has no partition key; set one, and define its type")


def _missing(holder: Properties, table: Properties) -> Iterator[Finding]:
    defined = {definition.text("name") for definition in table.sections("attributes")}
    for attribute in keys_of(holder).attributes:
        if attribute not in defined:
            yield Finding(
                "missing", f"key attribute {attribute!r} is not defined; add it to attributes"
            )


def _unused(table: Properties) -> Iterator[Finding]:
    indexes = (index for name in _INDEXES for index in table.sections(name))
    used = {attribute for holder in (table, *indexes) for attribute in keys_of(holder).attributes}
    seen: set[str] = set()
    for name in (definition.text("name") for definition in table.sections("attributes")):
        if name not in used:
            yield Finding(
                "unused",
                f"attribute {name!r} is in no key of the table or its inline indexes, so DynamoDB "
                "refuses the table; remove its definition (other attributes need none, and a "
                "standalone index defines its own by attributeType)",
            )
        if name in seen:
            yield Finding("twice", f"attribute {name!r} is defined twice; keep one definition")
        seen.add(name)


DDB_ATTRIBUTE_DEFINITIONS_EXACT = ResourceRule(
    id="ddb-attribute-definitions-exact",
    demands="A table defines exactly the attributes of its keys and indexes.",
    severity=Severity.MEDIUM,
    default_level=MANDATORY,
    remediation_steps="List in attributes each key attribute of the table and its inline indexes "
    "once, as S, N or B, and nothing else; with tablewright they follow from the keys.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeDefinition.html",
    types=(TABLE, GLOBAL_SECONDARY_INDEX),
    check=_check,
)
