"""The parameters of a stack as exports, found by the tables that they are about."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from rules.framework.tokens import PARAMETER
from rules.framework.values import MalformedError
from rules.iam.arns import table_part_of
from rules.parameters.export import Export, named_table
from rules.parameters.export_paths import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.finding import Finding
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource, Stack
    from rules.tables.stack_table import StackTable
    from rules.tables.stack_tables import StackTables


class Exports:
    """Every parameter of a stack, found by the tables that it could be about."""

    def __init__(self, stack: Stack, tables: StackTables, settings: Settings) -> None:
        self._malformed: MalformedError | None = None
        self._tables: Final = tables
        self._called: Final[defaultdict[str, list[StackTable]]] = defaultdict(list)
        for table in tables.all:
            for name in {table.name, short_name(table.name, settings)}:
                self._called[name].append(table)
        self._by_urn: Final = {table.urn: table for table in tables.all}
        self.all: Final = tuple(self._read(stack.of_type(PARAMETER), settings))
        self._from: Final[defaultdict[str, list[Export]]] = defaultdict(list)
        self._naming: Final[defaultdict[str, list[Export]]] = defaultdict(list)
        self._loose: Final[defaultdict[str, list[Export]]] = defaultdict(list)
        for export in self.all:
            for urn in export.sources:
                self._from[urn].append(export)
            if export.value is not None:
                self._naming[named_table(export.value)].append(export)
            elif self.is_loose(export):
                self._loose[export.says.fact].append(export)

    def about(self, table: StackTable) -> tuple[Export, ...]:
        """Return what comes from a table, or names it."""
        named = self._naming.get(table.name, ()) if table.name else ()
        return (*self._from.get(table.urn, ()), *named)

    def called(self, name: str) -> tuple[StackTable, ...]:
        """Return the tables with a physical name, or with the end that paths use."""
        return tuple(self._called.get(name, ())) if name else ()

    def is_index(self, value: str) -> bool:
        """Tell whether a value is the name, or the ARN, of an index of one of the tables."""
        part = table_part_of(value)
        if part is None:
            return any(
                index.name == value for table in self._tables.all for index in table.indexes()
            )
        tables = self.called(part.table) if part.kind == "index" else ()
        return any(index.name == part.name for table in tables for index in table.indexes())

    def meant_by(self, export: Export) -> tuple[StackTable, ...]:
        """Return the tables that an export must be about: by its path, its sources, its value."""
        linked = tuple(self._by_urn[urn] for urn in sorted(export.sources) if urn in self._by_urn)
        said = self.called(export.says.subject)
        both = tuple(table for table in said if table in linked)
        if both or said or linked or export.sources or export.value is None:
            return both or said or linked
        return self.called(named_table(export.value))

    def is_loose(self, export: Export) -> bool:
        """Tell whether a value is unknown, and comes from no table."""
        return export.value is None and export.sources.isdisjoint(self._by_urn)

    def decide(self, table: StackTable, fact: str) -> None:
        """Raise UnknownValueError where a parameter could turn out to hold a table's fact."""
        untold = (each for each in self._from.get(table.urn, ()) if not each.says.fact)
        for export in (*self._loose[fact], *self._loose[""], *untold):
            export.read()

    def unread(self) -> Iterator[Finding]:
        """Raise what kept a parameter from being read: the last of `known_first`."""
        yield from ()
        if self._malformed is not None:
            raise self._malformed

    def _read(self, parameters: Iterable[Resource], settings: Settings) -> Iterator[Export]:
        for resource in parameters:
            try:
                yield Export.of(resource, settings)
            except MalformedError as error:
                self._malformed = self._malformed or error
