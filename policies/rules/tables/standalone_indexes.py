"""What is wrong with a standalone index for what its table is.

The rules of a single table see the inline indexes alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.framework.finding import Finding
from rules.framework.order import for_each, known_first
from rules.tables.tables import KeySchema, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.framework.reading import Properties
    from rules.tables.stack_table import StackIndex, StackTable


def redundant(table: StackTable, index: StackIndex) -> Iterator[Finding]:
    """Find that the table, or another index of it, answers what an index does."""
    properties = table.resource.properties
    return known_first(
        _by_table(table, index),
        table.each_index(lambda other: _by_index(table, index, other)),
        for_each(properties, "localSecondaryIndexes", lambda one, _: _by_local(table, index, one)),
    )


def _by_table(table: StackTable, index: StackIndex) -> Iterator[Finding]:
    if keys_of(table.resource.properties).answers(keys_of(index.properties)):
        yield _redundant(table, index, "the table itself")


def _by_index(table: StackTable, index: StackIndex, other: StackIndex) -> Iterator[Finding]:
    if other is index:
        return
    own, others = keys_of(index.properties), keys_of(other.properties)
    later = other.standalone and _position(table, other) > _position(table, index)
    # Of two with one key, the later is told.
    if others.answers(own) and not (later and own.answers(others)):
        yield _redundant(table, index, f"index {other.name!r}")


def _position(table: StackTable, index: StackIndex) -> int:
    return next(at for at, each in enumerate(table.standalone_indexes) if each is index)


def _by_local(table: StackTable, index: StackIndex, local: Properties) -> Iterator[Finding]:
    own = keys_of(index.properties)
    whole = KeySchema(keys_of(table.resource.properties).partition, keys_of(local).sort)
    if own.sort and whole.answers(own):
        yield _redundant(table, index, f"local index {local.text('name')!r}")


def _redundant(table: StackTable, index: StackIndex, other: str) -> Finding:
    return Finding(
        "standalone-redundant",
        f"index {index.name!r} of {table.label} has a key that {other} answers; query that, and "
        f"remove {index.name!r}",
        index.resource.urn,
    )


def mistyped(table: StackTable, index: StackIndex) -> Iterator[Finding]:
    """Find that a key attribute has another type in an index than in its table or before."""
    earlier = table.standalone_indexes[: _position(table, index)]
    return known_first(
        for_each(
            table.resource.properties,
            "attributes",
            lambda one, _: _other_type(table, index, one.text("name"), one.text("type")),
        ),
        *(
            for_each(
                other.properties,
                "keySchemas",
                lambda part, _: _other_type(
                    table, index, part.text("attributeName"), part.text("attributeType")
                ),
            )
            for other in earlier
        ),
    )


def _other_type(table: StackTable, index: StackIndex, name: str, kind: str) -> Iterator[Finding]:
    for part in index.properties.sections("keySchemas"):
        if part.text("attributeName") == name and part.text("attributeType") != kind:
            yield Finding(
                "standalone-type",
                f"index {index.name!r} of {table.label} has key attribute {name!r} as "
                f"{part.text('attributeType')!r}, and it is {kind!r} elsewhere in the table; make "
                "the two alike",
                index.resource.urn,
            )


def expiring(table: StackTable, index: StackIndex) -> Iterator[Finding]:
    """Find that the attribute by which items expire is a key of an index."""
    attribute = table.resource.properties.section("ttl").text("attributeName")
    if attribute and attribute in keys_of(index.properties).attributes:
        yield Finding(
            "standalone-ttl",
            f"TTL attribute {attribute!r} of {table.label} is a key of index {index.name!r}, which "
            "then lacks every item that never expires; expire by a number attribute of its own",
            index.resource.urn,
        )
