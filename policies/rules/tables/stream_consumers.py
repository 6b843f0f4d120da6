"""What reads the stream of a table: mappings, pipes, and access policies that may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

from rules.framework.tokens import EVENT_SOURCE_MAPPING, PIPE, TABLE_RESOURCE_POLICY
from rules.framework.values import MalformedError
from rules.iam.arns import matches, table_part_of
from rules.iam.documents import ACCESS_POLICIES, access_documents, holding, statements_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.framework.subjects import Resource, Stack
    from rules.iam.documents import Statement
    from rules.tables.stack_table import StackTable
    from rules.tables.stack_tables import StackTables

_READ: Final = "dynamodb:getrecords"
_SOURCES: Final = {EVENT_SOURCE_MAPPING: "eventSourceArn", PIPE: "source"}
_ANY_LABEL: Final = "/stream/2026-01-01T00:00:00.000"
"""A stream's ARN ends with the time of its making, which only a deployment tells."""


class StreamConsumers:
    """Everything in a stack that reads streams.

    A `KinesisStreamingDestination` is none: it has its own feed of changes.
    """

    def __init__(self, stack: Stack, tables: StackTables) -> None:
        self._tables = tables
        self._read: set[str] = set()
        self._patterns: list[str] = []
        self._unread: list[tuple[frozenset[str], UnknownValueError | MalformedError]] = []
        for type_, source in _SOURCES.items():
            for resource in stack.of_type(type_):
                self._try(resource, source, self._add_reader)
        for resource in stack.of_type(TABLE_RESOURCE_POLICY):
            self._try(resource, "resourceArn", self._add_let_in)
        for resource in stack.of_type(*ACCESS_POLICIES):
            self._try(resource, holding(resource), self._add_access)

    def reads(self, table: StackTable) -> bool:
        """Tell whether something reads a table's stream.

        Raises what could not be read, where it comes from the table or could be of any.
        """
        if table.urn in self._read or any(self._grants(each, table) for each in self._patterns):
            return True
        for sources, error in self._unread:
            if not sources or table.urn in sources:
                raise error
        return False

    def _try(self, resource: Resource, source: str, add: Callable[[Resource], None]) -> None:
        try:
            add(resource)
        except (UnknownValueError, MalformedError) as error:
            self._unread.append((frozenset(resource.depends.get(source, ())), error))

    def _add_reader(self, resource: Resource) -> None:
        source = _SOURCES[resource.type]
        table = self._tables.linked(resource, source, lambda: self._of_stream(resource, source))
        if table and _runs(resource):
            self._read.add(table.urn)

    def _add_let_in(self, resource: Resource) -> None:
        """Take a resource policy; one on a table allows nothing of its stream."""
        table = self._tables.linked(
            resource, "resourceArn", lambda: self._of_stream(resource, "resourceArn")
        )
        if table and any(map(_reads_records, statements_of(resource.properties, "policy"))):
            self._read.add(table.urn)

    def _of_stream(self, resource: Resource, source: str) -> StackTable | None:
        arn = resource.properties.text(source)
        part = table_part_of(arn)
        return (
            self._tables.called(arn.partition("/stream/")[0], resource)
            if part and part.kind == "stream"
            else None
        )

    def _add_access(self, resource: Resource) -> None:
        for document in access_documents(resource):
            for statement in document.statements():
                if _reads_records(statement):
                    self._patterns.extend(statement.resources)

    @staticmethod
    def _grants(pattern: str, table: StackTable) -> bool:
        exact = table_part_of(pattern)
        if exact and exact.kind == "stream" and exact.table == table.name:
            return not table.arn or matches(pattern.partition("/stream/")[0], table.arn)
        return table.is_held_by(pattern, _ANY_LABEL)


def _runs(resource: Resource) -> bool:
    """Tell whether a consumer is switched on."""
    if resource.type == PIPE:
        return resource.properties.text("desiredState", "RUNNING") != "STOPPED"
    return resource.properties.flag("enabled", default=True)


def _reads_records(statement: Statement) -> bool:
    return statement.allows and any(matches(each.lower(), _READ) for each in statement.actions)
