"""AWS's limits, one function each, refused before AWS sees them.

Numbers are from the pages "Quotas in Amazon DynamoDB", "IAM and AWS STS quotas" and the API
reference (CreateTable, UpdateContinuousBackups). Pulumi's mocks, moto and often the provider
accept what these functions refuse.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tablewright.models.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tablewright.models.table import Attribute, Index, TableSpec, WarmThroughput

NAME_LENGTH = range(3, 256)
ATTRIBUTE_NAME_BYTES = 255
GLOBAL_INDEXES = 20
LOCAL_INDEXES = 5
INDEX_KEY_ATTRIBUTES = 4
PROJECTED_ATTRIBUTES = 100
PITR_DAYS = range(1, 36)
WARM_READ_UNITS = 12_000
WARM_WRITE_UNITS = 4_000
MANAGED_POLICY_CHARACTERS = 6_144
ENDPOINT_POLICY_CHARACTERS = 20_480
ITEM_BYTES = 400 * 1024
TRANSACTION_ACTIONS = 100

_NAME = re.compile(r"[a-zA-Z0-9_.-]+\Z")


def check_table(table: TableSpec) -> None:
    """Refuse a table that CreateTable would refuse."""
    check_table_name(table.name)
    if len(table.key.partition) != 1 or len(table.key.sort) > 1:
        raise ModelError(
            f"table {table.name!r}: its key has {len(table.key.partition)} partition and "
            f"{len(table.key.sort)} sort key attributes; a table takes 1 and at most 1 "
            "(an index takes up to 4 and 4)"
        )
    check_index_counts(table)
    for index in table.indexes:
        check_index(table, index)
    check_attribute_types(table)
    check_projected_attributes(table)
    check_ttl_attribute(table)
    check_warm_throughput(f"table {table.name!r}", table.warm_throughput)
    check_item_size(table)


def check_table_name(name: str) -> None:
    """Refuse a table name that is not 3 to 255 letters, digits, '_', '-' or '.'."""
    _check_name("table", name)


def check_attribute_name(name: str) -> None:
    """Refuse a key attribute's name outside 1 to 255 bytes of UTF-8."""
    size = len(name.encode())
    if not 1 <= size <= ATTRIBUTE_NAME_BYTES:
        raise ModelError(
            f"attribute {name[:40]!r}: its name has {size} bytes; a key attribute's name has "
            f"1 to {ATTRIBUTE_NAME_BYTES}; rename it"
        )


def check_index_counts(table: TableSpec) -> None:
    """Refuse more indexes than a table takes, and two of one name."""
    for kind, indexes, most in (
        ("global", table.global_indexes, GLOBAL_INDEXES),
        ("local", table.local_indexes, LOCAL_INDEXES),
    ):
        if len(indexes) > most:
            raise ModelError(
                f"table {table.name!r}: {len(indexes)} {kind} secondary indexes; AWS takes at "
                f"most {most}; overload one index with several key templates"
            )
    for name, count in Counter(index.name for index in table.indexes).items():
        if count > 1:
            raise ModelError(
                f"table {table.name!r}: {count} indexes are called {name!r}; give each its own name"
            )


def check_index(table: TableSpec, index: Index) -> None:
    """Refuse an index that CreateTable would refuse."""
    where = f"table {table.name!r}: index {index.name!r}"
    _check_name(f"table {table.name!r}: index", index.name)
    most = 1 if index.local else INDEX_KEY_ATTRIBUTES
    parts = (("partition", index.key.partition, 1), ("sort", index.key.sort, int(index.local)))
    for part, attributes, least in parts:
        if not least <= len(attributes) <= most:
            raise ModelError(
                f"{where} has {len(attributes)} {part} key attributes; this kind of index takes "
                f"{least} to {most}; drop or combine some"
            )
    names = index.key.names
    if len(set(names)) != len(names):
        raise ModelError(f"{where}: an attribute stands twice in its key {names}; name each once")
    if index.local and not table.key.sort:
        raise ModelError(
            f"{where} is local, but the table has no sort key; give the table one, or make the "
            "index global"
        )
    if index.local and index.key.partition != table.key.partition:
        raise ModelError(
            f"{where} is local with partition key {index.key.partition[0].name!r}; it must share "
            f"the table's ({table.key.partition[0].name!r}), or be global"
        )
    if index.local and index.warm_throughput:
        raise ModelError(f"{where} is local and shares the table's throughput; drop its own")
    check_warm_throughput(where, index.warm_throughput)


def check_attribute_types(table: TableSpec) -> None:
    """Refuse an attribute that has one type in one key and another elsewhere."""
    types: dict[str, Attribute] = {}
    for attribute in table.attributes:
        other = types.setdefault(attribute.name, attribute)
        if other != attribute:
            raise ModelError(
                f"table {table.name!r}: attribute {attribute.name!r} is {other.type} in one key "
                f"and {attribute.type} in another; an attribute has one type in a table"
            )


def check_projected_attributes(table: TableSpec) -> None:
    """Refuse more than 100 non-key attributes over all INCLUDE projections (each use counts)."""
    total = sum(len(index.projection.attributes) for index in table.indexes)
    if total > PROJECTED_ATTRIBUTES:
        raise ModelError(
            f"table {table.name!r}: its INCLUDE projections name {total} non-key attributes in "
            f"all; AWS takes {PROJECTED_ATTRIBUTES}; project fewer, or use ALL"
        )


def check_ttl_attribute(table: TableSpec) -> None:
    """Refuse a TTL attribute that is a key: it must be a number that may be absent."""
    if table.ttl_attribute is None:
        return
    check_attribute_name(table.ttl_attribute)
    if any(table.ttl_attribute == attribute.name for attribute in table.attributes):
        raise ModelError(
            f"table {table.name!r}: TTL attribute {table.ttl_attribute!r} is a key attribute; "
            "expire by a number attribute of its own (epoch seconds)"
        )


def check_warm_throughput(where: str, throughput: WarmThroughput | None) -> None:
    """Refuse warm throughput under AWS's floor of 12,000 read and 4,000 write units a second."""
    if throughput is None:
        return
    for kind, units, floor in (
        ("read", throughput.read_units, WARM_READ_UNITS),
        ("write", throughput.write_units, WARM_WRITE_UNITS),
    ):
        if units < floor:
            raise ModelError(
                f"{where}: warm throughput of {units} {kind} units a second; AWS's floor is "
                f"{floor:,}; raise it or leave it out"
            )


def check_item_size(table: TableSpec) -> None:
    """Refuse an expected item over DynamoDB's 400 KB."""
    if table.item_size is not None and not 1 <= table.item_size <= ITEM_BYTES:
        raise ModelError(
            f"table {table.name!r}: items of {table.item_size:,} bytes; an item has 1 to "
            f"{ITEM_BYTES:,}; keep large values in S3 and store their key"
        )


def check_pitr_window(where: str, days: int) -> None:
    """Refuse a PITR window outside 1 to 35 days (API: UpdateContinuousBackups)."""
    if days not in PITR_DAYS:
        raise ModelError(
            f"{where}: a PITR window of {days} days; AWS keeps "
            f"{PITR_DAYS.start} to {PITR_DAYS.stop - 1}; choose one of these, or 0 to turn it off"
        )


def check_managed_policy(name: str, characters: int) -> None:
    """Refuse a managed policy over 6,144 characters (white space does not count)."""
    if characters > MANAGED_POLICY_CHARACTERS:
        raise ModelError(
            f"access policy {name!r}: {characters:,} characters; a managed policy takes "
            f"{MANAGED_POLICY_CHARACTERS:,}; spread its access patterns over more consumers"
        )


def check_endpoint_policy(characters: int) -> None:
    """Refuse a VPC endpoint policy over 20,480 characters (page "AWS PrivateLink quotas")."""
    if characters > ENDPOINT_POLICY_CHARACTERS:
        raise ModelError(
            f"VPC endpoint policy: {characters:,} characters; AWS takes "
            f"{ENDPOINT_POLICY_CHARACTERS:,}; spread the stores over several stacks"
        )


def check_unique(what: str, names: Iterable[str]) -> None:
    """Refuse two things of one name."""
    for name, count in Counter(names).items():
        if count > 1:
            raise ModelError(f"{what} {name!r} is declared {count} times; give each its own name")


def _check_name(what: str, name: str) -> None:
    if not _NAME.match(name):
        raise ModelError(
            f"{what} {name!r}: AWS takes letters, digits, '_', '-' and '.' only; rename it"
        )
    if len(name) not in NAME_LENGTH:
        change = "lengthen" if len(name) < NAME_LENGTH.start else "shorten"
        raise ModelError(
            f"{what} {name[:40]!r} has {len(name)} characters; AWS takes {NAME_LENGTH.start} to "
            f"{NAME_LENGTH.stop - 1}; {change} it"
        )
