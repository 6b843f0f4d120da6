"""What a stack must be: everything that verification expects follows from Settings and models."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tablewright.models import Operation, StreamView
from tablewright.models.statements import ArnScope

if TYPE_CHECKING:
    from tablewright.environment import Label, Profile, Settings
    from tablewright.models import DataModel, TableSpec


@dataclass(frozen=True, kw_only=True)
class Stack:
    """The declared stack, and where its ARNs point."""

    settings: Settings
    partition: str
    account: str
    region: str

    @property
    def label(self) -> Label:
        """What makes the stack's names."""
        return self.settings.label

    def profile(self, table: TableSpec) -> Profile:
        """Return how the table is kept; an ephemeral one is not."""
        profile = self.settings.profile
        return profile.for_ephemeral() if table.ephemeral else profile

    def stream_view(self, table: TableSpec) -> StreamView | None:
        """Return what the table's stream holds; replicas are fed by one with both images."""
        if self.settings.replica_regions:
            return StreamView.NEW_AND_OLD_IMAGES
        if table.stream and table.has_stream(audit_trail=self.settings.enable_audit_trail):
            return table.stream.view
        return None

    def arns(self, model: DataModel) -> ArnScope:
        """Return the ARNs of a model's tables."""
        return ArnScope(
            partition=self.partition,
            account=self.account,
            regions=(self.region, *self.settings.replica_regions),
            table_names={table.name: self.label.table(table.name) for table in model.tables},
            streams=frozenset(table.name for table in model.tables if self.stream_view(table)),
        )

    @cached_property
    def own_arns(self) -> ArnScope:
        """ARNs of what serves the whole stack."""
        return ArnScope(
            partition=self.partition, account=self.account, regions=(self.region,), table_names={}
        )

    @property
    def alarm_action(self) -> str | None:
        """The ARN of the topic that alarms tell, if they tell anybody."""
        if self.settings.alarm_topic_arn:
            return self.settings.alarm_topic_arn
        return self.own_topic

    @property
    def own_topic(self) -> str | None:
        """The ARN of the topic that the stack makes for an e-mail address."""
        settings = self.settings
        if not settings.profile.alarms or settings.alarm_topic_arn or not settings.alarm_email:
            return None
        return self.own_arns.topic(self.label.topic())

    def operations_on(self, model: DataModel, table: TableSpec) -> tuple[str, ...]:
        """Return the API operations that the patterns perform on a table, sorted.

        CloudWatch counts a stream's reads as GetRecords, and leaves out control-plane calls.
        """
        used = {pattern.operation for pattern in model.patterns if table.name in pattern.tables} - {
            Operation.DESCRIBE_TABLE
        }
        stream = {"GetRecords"} if Operation.READ_STREAM in used and self.stream_view(table) else ()
        return tuple(sorted({*map(str, used - {Operation.READ_STREAM}), *stream}))
