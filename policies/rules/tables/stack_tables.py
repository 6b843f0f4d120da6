"""The tables of a stack, their indexes, and which other resources are about them.

At a preview names are mostly known and ARNs are not: a value that is known decides alone, one that
is unknown is linked by the resource that it comes from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

from rules.framework.order import known_first
from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, TABLE, TABLE_REPLICA
from rules.framework.values import MalformedError
from rules.iam.arns import arn_of, matches, table_part_of
from rules.tables.tables import is_listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rules.framework.finding import Finding
    from rules.framework.reading import Properties
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource, Stack


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
    standalone_replicas: list[Resource] = field(default_factory=list)

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

    def each_index(self, check: Callable[[StackIndex], Iterable[Finding]]) -> Iterator[Finding]:
        """Judge every index once: AWS shows a table the standalone ones as well."""

        def inline() -> Iterator[Finding]:
            seen = {if_known(index.properties, "indexName") for index in self.standalone_indexes}
            others = (
                i for i in self.inline_indexes() if if_known(i.properties, "name") not in seen
            )
            return known_first(*(check(index) for index in others))

        return known_first(*(check(index) for index in self.standalone_indexes), _late(inline))

    def is_listed(self, settings: Settings, name: str) -> bool:
        """Tell whether a setting lists the table; one whose name is unknown is not listed."""
        return is_listed(lambda: self.name, name, settings)

    def is_held_by(self, pattern: str, below: str = "") -> bool:
        """Tell whether a pattern with `*` and `?` holds the table's ARN, or one below it."""
        if self.arn:
            return matches(pattern, self.arn + below)
        resource = f"table/{self.name}{below}"
        arn = arn_of(pattern)
        if not self.name or arn is None:
            return bool(self.name) and matches(pattern, f"arn:aws:dynamodb:-:-:{resource}")
        # Where the ARN is yet unknown, the pattern's own partition, region and account count.
        return matches(arn.service, "dynamodb") and matches(arn.resource, resource)


class StackTables:
    """Every table of a stack, found by URN, by name or by ARN."""

    def __init__(self, stack: Stack) -> None:
        self._unread: list[tuple[str, UnknownValueError | MalformedError]] = []
        self.all: Final = tuple(self._table(each) for each in stack.of_type(TABLE))
        self._by_urn = {table.urn: table for table in self.all}
        self._by_name = {table.name: table for table in self.all if table.name}
        for index in stack.of_type(GLOBAL_SECONDARY_INDEX):
            table = self._linked(index, "tableName")
            if table is not None:
                found = StackIndex(index, index.properties, standalone=True)
                table.standalone_indexes.append(found)
        for replica in stack.of_type(TABLE_REPLICA):
            table = self._linked(replica, "globalTableArn")
            if table is not None:
                table.standalone_replicas.append(replica)

    def unread(self, *types: str) -> Iterator[Finding]:
        """Raise what keeps a table, or a resource of these types, from being known.

        Give it to `known_first` last.
        """
        wanted = {TABLE, *types}
        yield from known_first(
            *(_raising(error) for type_, error in self._unread if type_ in wanted)
        )

    def called(self, value: str) -> StackTable | None:
        """Return the table whose name or ARN a value is, None where there is none."""
        part = table_part_of(value)
        if part is None:
            return self._by_name.get(value)
        table = self._by_name.get(part.table) if part.kind == "table" else None
        return None if table and table.arn and table.arn != value else table

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
            self._unread.append((TABLE, error))
            return StackTable(resource, "", "")

    def _linked(self, resource: Resource, name: str) -> StackTable | None:
        try:
            return self.of(resource, name)
        except (UnknownValueError, MalformedError) as error:
            self._unread.append((resource.type, error))
            return None


def _late(findings: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """Give what a check finds, and let it raise only when its turn comes."""
    yield from findings()


def _raising(error: UnknownValueError | MalformedError) -> Iterator[Finding]:
    yield from ()
    raise error


def if_known(properties: Properties, name: str) -> str:
    """Return a string, empty while it is unknown."""
    try:
        return properties.text(name)
    except UnknownValueError:
        return ""
