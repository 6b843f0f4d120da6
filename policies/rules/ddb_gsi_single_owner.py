"""One table's indexes are all inline or all standalone, and so are its replicas.

Those that are standalone are judged by their table here too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.order import known_first
from rules.framework.rule import MANDATORY, StackRule
from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, TABLE_REPLICA
from rules.tables.parity import KEY
from rules.tables.stack_tables import StackTables
from rules.tables.standalone_indexes import expiring, mistyped, redundant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource, Stack
    from rules.tables.stack_table import StackTable


def _check(stack: Stack, _: Settings) -> Iterable[Finding]:
    tables = StackTables(stack)
    return known_first(
        *(_indexes(table) for table in tables.all),
        *(_replicas(table) for table in tables.all),
        *(_beside(table) for table in tables.all),
        tables.unread(GLOBAL_SECONDARY_INDEX, TABLE_REPLICA),
    )


def _indexes(table: StackTable) -> Iterator[Finding]:
    standalone = table.standalone_indexes
    if not standalone or not table.resource.properties.count("globalSecondaryIndexes"):
        return
    owned = (index.name for index in standalone)
    inline = (index.name for index in table.inline_indexes())
    if _shared(table, "globalSecondaryIndexes", inline, owned):
        yield _finding(table, "indexes", "globalSecondaryIndexes", "GlobalSecondaryIndex")


def _replicas(table: StackTable) -> Iterator[Finding]:
    standalone, properties = table.standalone_replicas, table.resource.properties
    if not standalone or not properties.count("replicas"):
        return
    owned = (replica.properties.text("region") for replica in standalone)
    inline = (replica.text("regionName") for replica in properties.sections("replicas"))
    if _shared(table, "replicas", inline, owned):
        yield _finding(table, "replicas", "replicas", "TableReplica")


def _beside(table: StackTable) -> Iterator[Finding]:
    """Judge standalone indexes and replicas by their table, which no rule of one resource sees."""
    return known_first(
        *(
            check(table, index)
            for index in table.standalone_indexes
            for check in (redundant, mistyped, expiring)
        ),
        *(_weaker(table, replica) for replica in table.standalone_replicas),
    )


def _weaker(table: StackTable, replica: Resource) -> Iterator[Finding]:
    """Find a replica without key whose table has one; all else a replica has with any table."""
    if not KEY.replica(replica.properties) and KEY.table(table.resource.properties):
        yield Finding(
            "replica-weaker",
            f"the replica is without {KEY.what}, which {table.label} has; {KEY.remedy}",
            replica.urn,
        )


def _shared(table: StackTable, name: str, inline: Iterable[str], owned: Iterable[str]) -> bool:
    """Tell whether the table owns some itself.

    Once deployed, AWS shows a table what was made beside it; that is no second owner where the
    table ignores the property, as the provider's documents ask.
    """
    if not {name, "*"} & set(table.resource.options.ignore_changes):
        return True
    return not set(inline) <= set(owned)


def _finding(table: StackTable, finding: str, name: str, resource: str) -> Finding:
    return Finding(
        finding,
        f"{table.label} has {name} of its own and {resource} resources beside it, which undo each "
        f"other; keep one of the two, and with {resource} set ignore_changes for {name}",
        table.urn,
    )


DDB_GSI_SINGLE_OWNER = StackRule(
    id="ddb-gsi-single-owner",
    demands="The indexes of a table are all inline or all resources of their own, and so are its "
    "replicas; those of their own fit the table: no index repeats a key, has another type for an "
    "attribute or is keyed by TTL, and no replica lacks a key that the table has.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Move every index into global_secondary_indexes of the table (and every "
    "replica into replicas), or every one out of it; then list the property in ignore_changes of "
    "the table. Remove an index that repeats a key, give an attribute one type, key none by the "
    "TTL attribute, and set kms_key_arn on the TableReplica of a table with a customer-managed "
    "key. Tablewright declares them inline.",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/dynamodb/globalsecondaryindex/",
    check=_check,
)
