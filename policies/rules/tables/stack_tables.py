"""The tables of a stack, their indexes, and which other resources are about them.

At a preview names are mostly known and ARNs are not: a value that is known decides alone, one that
is unknown is linked by the resource that it comes from.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

from rules.framework.order import known_first
from rules.framework.reading import if_known
from rules.framework.regions import may_be_near, region_if_known
from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, TABLE, TABLE_REPLICA
from rules.framework.values import MalformedError
from rules.iam.arns import arn_of, table_part_of
from rules.tables.stack_table import StackIndex, StackTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rules.framework.finding import Finding
    from rules.framework.subjects import Resource, Stack


class StackTables:
    """Every table of a stack, found by URN, by name or by ARN."""

    def __init__(self, stack: Stack) -> None:
        self._unread: list[tuple[str, UnknownValueError | MalformedError]] = []
        self.all: Final = tuple(self._table(each) for each in stack.of_type(TABLE))
        self._by_urn = {table.urn: table for table in self.all}
        self._by_name: defaultdict[str, list[StackTable]] = defaultdict(list)
        """One name may stand for tables of several regions."""
        for table in self.all:
            self._by_name[table.name].append(table)
        for index in stack.of_type(GLOBAL_SECONDARY_INDEX):
            if owner := self._linked(index, "tableName"):
                found = StackIndex(index, index.properties, standalone=True)
                owner.standalone_indexes.append(found)
        for replica in stack.of_type(TABLE_REPLICA):
            if owner := self._linked(replica, "globalTableArn"):
                owner.standalone_replicas.append(replica)

    def unread(self, *types: str) -> Iterator[Finding]:
        """Raise what keeps a table, or a resource of these types, from being known.

        Give it to `known_first` last.
        """
        wanted = {TABLE, *types}
        yield from known_first(
            *(_raising(error) for type_, error in self._unread if type_ in wanted)
        )

    def read_names(self) -> None:
        """Raise UnknownValueError where a name that only a deployment makes could be any."""
        for table in self.all:
            table.resource.properties.text("name")

    def called(self, value: str, near: Resource) -> StackTable | None:
        """Return the table whose name or ARN a value is, None where there is none.

        Of tables of one name, the one in the region of the resource that names it is meant.
        """
        part = table_part_of(value)
        if part is None:
            named = self._by_name.get(value, ()) if value else ()
            return next((each for each in named if may_be_near(near, each.resource)), None)
        named = self._by_name.get(part.table, ()) if part.kind == "table" else ()
        return next((each for each in named if _may_have_arn(each, value)), None)

    def of(self, resource: Resource, name: str) -> StackTable | None:
        """Return the table whose name or ARN a property is."""
        return self.linked(
            resource, name, lambda: self.called(resource.properties.text(name), resource)
        )

    def linked(
        self, resource: Resource, source: str, find: Callable[[], StackTable | None]
    ) -> StackTable | None:
        """Return the table that `find` reads out of a property, or that its unknown value is of.

        Only a replica is of a table in another region. Raises UnknownValueError when an unknown
        value comes from no table, or from several.
        """
        table = self._meant(resource, source, find)
        if table is None or resource.type == TABLE_REPLICA:
            return table
        return table if may_be_near(resource, table.resource) else None

    def _meant(
        self, resource: Resource, source: str, find: Callable[[], StackTable | None]
    ) -> StackTable | None:
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


def _may_have_arn(table: StackTable, arn: str) -> bool:
    """Tell whether an ARN that bears a table's name is the table's, as far as that is known."""
    if table.arn:
        return table.arn == arn
    place, region = arn_of(arn), region_if_known(table.resource)
    return not region or (place is not None and place.region == region)


def _raising(error: UnknownValueError | MalformedError) -> Iterator[Finding]:
    yield from ()
    raise error
