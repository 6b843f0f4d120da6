"""Items expire by a number attribute of its own, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.order import for_each, known_first
from rules.framework.rule import MANDATORY, ResourceRule
from rules.framework.tokens import TABLE
from rules.tables.tables import keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.reading import Properties
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource


def _check(resource: Resource, _: Settings) -> Iterable[Finding]:
    table = resource.properties
    ttl = table.section("ttl")
    return known_first(
        _switch(ttl),
        _table_key(ttl, table),
        for_each(table, "globalSecondaryIndexes", lambda index, _: _index_key(ttl, index)),
        for_each(table, "localSecondaryIndexes", lambda index, _: _index_key(ttl, index)),
        for_each(table, "attributes", lambda definition, _: _type(ttl, definition)),
    )


def _switch(ttl: Properties) -> Iterator[Finding]:
    attribute, enabled = ttl.text("attributeName"), ttl.flag("enabled")
    if enabled and not attribute:
        yield Finding(
            "no-attribute",
            "ttl is enabled without attributeName; name the attribute that holds the epoch second",
        )
    elif attribute and not enabled:
        yield Finding(
            "not-enabled",
            f"ttl names {attribute!r} and is not enabled, so nothing expires; enable it, or "
            "remove ttl",
        )


def _table_key(ttl: Properties, table: Properties) -> Iterator[Finding]:
    if _is_key(ttl, table):
        yield Finding(
            "table-key",
            f"TTL attribute {ttl.text('attributeName')!r} is a key of the table, so no expiry can "
            "be changed or left out; expire by a number attribute of its own",
        )


def _index_key(ttl: Properties, index: Properties) -> Iterator[Finding]:
    if _is_key(ttl, index):
        yield Finding(
            "index-key",
            f"TTL attribute {ttl.text('attributeName')!r} is a key of index "
            f"{index.text('name')!r}, which then lacks every item that never expires; expire by a "
            "number attribute of its own",
        )


def _is_key(ttl: Properties, holder: Properties) -> bool:
    attribute = ttl.text("attributeName")
    return bool(attribute) and attribute in keys_of(holder).attributes


def _type(ttl: Properties, definition: Properties) -> Iterator[Finding]:
    attribute = ttl.text("attributeName")
    if attribute and definition.text("name") == attribute and definition.text("type") != "N":
        yield Finding(
            "type",
            f"TTL attribute {attribute!r} is defined as {definition.text('type')!r}; DynamoDB "
            "expires by numbers (N) alone and ignores all else",
        )


DDB_TTL_SANE = ResourceRule(
    id="ddb-ttl-sane",
    demands="Time to live is on with a number attribute that is no key, or off.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Set ttl with enabled=True and an attribute_name that is in no key and holds "
    "epoch seconds, or leave ttl out; with tablewright, set ttl_attribute of the table.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html",
    types=(TABLE,),
    check=_check,
)
