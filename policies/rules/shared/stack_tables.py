"""The tables of a stack, their indexes, and which other resources are about them.

At a preview names are mostly known and ARNs are not: a value that is known decides alone, one that
is unknown is linked by the resource that it comes from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

from .reading import MalformedError, known_first
from .tokens import GLOBAL_SECONDARY_INDEX, TABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .finding import Finding
    from .reading import Properties
    from .subjects import Resource, Stack

_TABLE_ARN: Final = re.compile(
    r"arn:[^:]*:dynamodb:[^:]*:[^:]*:table/(?P<name>[^/]+)(?P<rest>/.*)?"
)


@dataclass(frozen=True)
class StackIndex:
    """A global secondary index: an object of its table, or a resource of its own."""

    resource: Resource
    properties: Properties
    standalone: bool

    @property
    def name(self) -> str:
        """The index's name; raises UnknownValueError."""
        return self.properties.text("indexName" if self.standalone else "name")


@dataclass(frozen=True)
class StackTable:
    """A table of the stack."""

    resource: Resource
    name: str
    """The physical name, empty where only a deployment makes it."""
    arn: str
    """The ARN, empty before the table exists."""
    standalone_indexes: list[StackIndex] = field(default_factory=list)

    @property
    def urn(self) -> str:
        """The table's URN."""
        return self.resource.urn

    @property
    def label(self) -> str:
        """What messages call the table."""
        return f"table '{self.name or self.resource.name}'"

    def inline_indexes(self) -> Iterator[StackIndex]:
        """Give the indexes in its own properties; raises UnknownValueError."""
        for section in self.resource.properties.sections("globalSecondaryIndexes"):
            yield StackIndex(self.resource, section, standalone=False)

    def indexes(self) -> Iterator[StackIndex]:
        """Give all its indexes, standalone ones first; one that is both comes twice."""
        yield from self.standalone_indexes
        yield from self.inline_indexes()


class StackTables:
    """Every table of a stack, found by URN, by name or by ARN."""

    def __init__(self, stack: Stack) -> None:
        self._unread: list[UnknownValueError | MalformedError] = []
        self.all: Final = tuple(self._table(each) for each in stack.of_type(TABLE))
        self._by_urn = {table.urn: table for table in self.all}
        self._by_name = {table.name: table for table in self.all if table.name}
        for index in stack.of_type(GLOBAL_SECONDARY_INDEX):
            self._link(StackIndex(index, index.properties, standalone=True))

    def unread(self) -> Iterator[Finding]:
        """Raise what kept a table or an index from being linked: the last of `known_first`."""
        yield from known_first(*(_raising(error) for error in self._unread))

    def called(self, value: str) -> StackTable | None:
        """Return the table whose name or ARN a value is, None where there is none."""
        found = _TABLE_ARN.fullmatch(value)
        if found is None:
            return self._by_name.get(value)
        table = self._by_name.get(found["name"])
        foreign = table is not None and table.arn and table.arn != value
        return None if found["rest"] or foreign else table

    def of(self, resource: Resource, name: str) -> StackTable | None:
        """Return the table whose name or ARN a property is."""
        return self.linked(resource, name, lambda: self.called(resource.properties.text(name)))

    def linked(
        self, resource: Resource, source: str, find: Callable[[], StackTable | None]
    ) -> StackTable | None:
        """Return the table that `find` reads out of a property, or that its unknown value is of.

        Raises UnknownValueError when an unknown value comes from no table, or from several.
        """
        sources = [self._by_urn.get(urn) for urn in resource.depends.get(source, ())]
        tables = [table for table in sources if table]
        only = tables[0] if len(tables) == 1 else None
        try:
            found = find()
        except UnknownValueError:
            if only is None:
                raise
            return only
        # Names are unknown where a deployment makes them, and repeat from region to region.
        unsure = only is not None and only.name == (found.name if found else "")
        return only if unsure else found

    def _table(self, resource: Resource) -> StackTable:
        try:
            arn = if_known(resource.properties, "arn")
            return StackTable(resource, if_known(resource.properties, "name"), arn)
        except MalformedError as error:
            self._unread.append(error)
            return StackTable(resource, "", "")

    def _link(self, index: StackIndex) -> None:
        try:
            table = self.of(index.resource, "tableName")
        except (UnknownValueError, MalformedError) as error:
            self._unread.append(error)
        else:
            if table is not None:
                table.standalone_indexes.append(index)


def _raising(error: UnknownValueError | MalformedError) -> Iterator[Finding]:
    yield from ()
    raise error


def if_known(properties: Properties, name: str) -> str:
    """Return a string, empty while it is unknown."""
    try:
        return properties.text(name)
    except UnknownValueError:
        return ""
