"""A parameter as an export: what its path says, and what it holds of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pulumi_policy.proxy import UnknownValueError

from rules.framework.reading import if_known
from rules.iam.arns import table_part_of
from rules.parameters.export_paths import ARN, INDEX, NAME, STREAM, ExportPath, export_path

if TYPE_CHECKING:
    from rules.framework.reading import Properties
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource
    from rules.tables.stack_table import StackTable

_VALUES: Final = ("value", "insecureValue")
_KINDS: Final = {ARN: "table", STREAM: "stream"}


@dataclass(frozen=True)
class Export:
    """A parameter; `path` is empty and `value` None while only a deployment can tell."""

    resource: Resource
    path: str
    says: ExportPath
    value: str | None

    @classmethod
    def of(cls, resource: Resource, settings: Settings) -> Export:
        """View a parameter as an export; raises MalformedError."""
        path = if_known(resource.properties, "name")
        value = _value_if_known(resource.properties)
        return cls(resource, path, export_path(path, settings), value)

    @property
    def urn(self) -> str:
        """The parameter's URN."""
        return self.resource.urn

    @property
    def label(self) -> str:
        """What messages call the parameter."""
        return f"parameter '{self.path or self.resource.name}'"

    @property
    def sources(self) -> frozenset[str]:
        """The URNs that its value comes from."""
        depends = self.resource.depends
        return frozenset(urn for name in _VALUES for urn in depends.get(name, ()))

    def holds(self, table: StackTable, fact: str) -> bool:
        """Tell whether it exports a table's name, ARN or stream ARN; a known value decides."""
        if self.says.fact not in {"", fact}:
            return False
        if self.value is None:
            return self.says.fact == fact and table.urn in self.sources
        return _states(self.value, table, fact)

    def holds_index(self, table: StackTable, index: str, short: str) -> bool:
        """Tell whether it exports the name, or the ARN, of an index; `short` is the table's."""
        owners = {table.urn, *(each.resource.urn for each in table.standalone_indexes)}
        linked = bool(owners & self.sources)
        if self.says.fact != INDEX or self.value is None:
            return self.says.fact == INDEX and linked
        part = table_part_of(self.value)
        if part is not None:
            named = (part.table, part.kind, part.name) == (table.name, "index", index)
            return named and self.value.startswith(table.arn)
        return self.value == index and (linked or self.says.is_index(short, index))

    def read(self) -> str:
        """Return the value; raises UnknownValueError."""
        return _value(self.resource.properties)


def _value(properties: Properties) -> str:
    """Return what a parameter holds; raises UnknownValueError.

    The provider computes the one of the two properties that was not given, so one may be unknown.
    """
    unknown: UnknownValueError | None = None
    for name in _VALUES:
        try:
            if value := properties.text(name):
                return value
        except UnknownValueError as error:
            unknown = unknown or error
    if unknown is not None:
        raise unknown
    return ""


def _value_if_known(properties: Properties) -> str | None:
    try:
        return _value(properties)
    except UnknownValueError:
        return None


def named_table(value: str) -> str:
    """Return the name of the table that a value names or is of; another value as it is."""
    part = table_part_of(value)
    return value if part is None else part.table


def _states(value: str, table: StackTable, fact: str) -> bool:
    """Tell whether a value is a table's name, ARN or stream ARN.

    An ARN that AWS has yet to make is told by the table's name in it, and judged again once made.
    """
    if not table.name or named_table(value) != table.name:
        return False
    if fact == NAME:
        return value == table.name
    made = table.arn if fact == ARN else if_known(table.resource.properties, "streamArn")
    if made:
        return value == made
    part = table_part_of(value)
    return part is not None and part.kind == _KINDS[fact] and value.startswith(table.arn)
