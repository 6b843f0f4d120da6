"""What a stream records is read by somebody, and no more than they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.order import known_first
from rules.framework.rule import MANDATORY, StackRule
from rules.framework.settings import entries, texts
from rules.framework.tokens import TABLE_REPLICA
from rules.tables.stack_tables import StackTables
from rules.tables.stream_consumers import StreamConsumers
from rules.tables.tables import SHORT_NAME, after_environment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Stack
    from rules.tables.stack_table import StackTable


def _check(stack: Stack, settings: Settings) -> Iterable[Finding]:
    tables = StackTables(stack)
    consumers = StreamConsumers(stack, tables)
    return known_first(
        *(_consumed(table, consumers, settings) for table in tables.all),
        *(_view(table, settings) for table in tables.all),
        tables.unread(TABLE_REPLICA),
    )


def _consumed(
    table: StackTable, consumers: StreamConsumers, settings: Settings
) -> Iterator[Finding]:
    if not table.resource.properties.flag("streamEnabled"):
        return
    if table.is_listed(settings, "consumedElsewhere") or _feeds_replicas(table):
        return
    if not consumers.reads(table):
        yield Finding(
            "no-consumer",
            f"nothing in the stack reads the stream of {table.label}, and no access policy may; "
            "add its consumer, turn the stream off, or list the table in the setting "
            "consumedElsewhere",
            table.urn,
        )


def _feeds_replicas(table: StackTable) -> bool:
    """Tell whether the table has replicas: AWS keeps them up to date from its stream."""
    return bool(table.standalone_replicas or table.resource.properties.count("replicas"))


def _view(table: StackTable, settings: Settings) -> Iterator[Finding]:
    """Compare a stream's view with what its consumers need, which only a setting can tell."""
    for short, needed in settings.entries("neededViewTypes").items():
        properties = table.resource.properties
        if after_environment(table.name, settings) != short:
            continue
        view = properties.text("streamViewType")
        if properties.flag("streamEnabled") and view != needed:
            yield Finding(
                "view-type",
                f"streamViewType of {table.label} is {view or 'not set'}, and its consumers need "
                f"{needed}; make it that, or correct the setting neededViewTypes",
                table.urn,
            )


DDB_STREAM_HAS_CONSUMER = StackRule(
    id="ddb-stream-has-consumer",
    demands="Every stream has a consumer, and holds what that needs.",
    severity=Severity.MEDIUM,
    default_level=MANDATORY,
    remediation_steps="Add an event source mapping, a pipe, or an access policy with "
    "dynamodb:GetRecords on the stream; or set stream_enabled to False. With tablewright, declare "
    "a read_stream access pattern for the consumer, or unset tablewright:enableAuditTrail. A table "
    "whose stream is read outside of the stack goes into setting consumedElsewhere.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html",
    settings={
        "consumedElsewhere": texts(
            "Tables whose stream something outside of the stack reads; each is the end of a "
            "physical name, after the first `-<environment>-`.",
            pattern=SHORT_NAME,
        ),
        "neededViewTypes": entries(
            "The stream view type that the consumers of a table need, by the end of its physical "
            "name, after the first `-<environment>-`.",
            names=SHORT_NAME,
            enum=["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"],
        ),
    },
    check=_check,
)
