"""The tables of a stack, their indexes, and which other resources are about them.

At a preview ARNs are unknown and names mostly known: a value that is known decides alone, one that
is unknown is linked by the resources that it comes from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_policy.proxy import UnknownValueError

from .tokens import GLOBAL_SECONDARY_INDEX, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .reading import Properties
    from .subjects import Resource, Stack


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
    stack: Stack

    @property
    def urn(self) -> str:
        """The table's URN."""
        return self.resource.urn

    @property
    def name(self) -> str:
        """The physical name, empty where only a deployment makes it."""
        return _if_known(self.resource.properties, "name")

    @property
    def arn(self) -> str:
        """The ARN, empty before the table exists."""
        return _if_known(self.resource.properties, "arn")

    @property
    def label(self) -> str:
        """What messages call the table."""
        return f"table '{self.name or self.resource.name}'"

    def indexes(self) -> Iterator[StackIndex]:
        """Give its indexes, inline and standalone; one that is both comes twice.

        Raises UnknownValueError after those that are known.
        """
        yield from self.standalone_indexes()
        for section in self.resource.properties.sections("globalSecondaryIndexes"):
            yield StackIndex(self.resource, section, standalone=False)

    def standalone_indexes(self) -> Iterator[StackIndex]:
        """Give the `GlobalSecondaryIndex` resources of the table."""
        for each in self.stack.of_type(GLOBAL_SECONDARY_INDEX):
            if self.is_named_by(each, "tableName"):
                yield StackIndex(each, each.properties, standalone=True)

    def is_named_by(self, resource: Resource, name: str) -> bool:
        """Tell whether a property is the table's name or ARN."""
        return self.is_named_in(resource, name, resource.properties, name)

    def is_named_in(self, resource: Resource, source: str, holder: Properties, name: str) -> bool:
        """Tell whether a string inside the property `source` is the table's name or ARN.

        Raises UnknownValueError when it is unknown and comes from no table of the stack.
        """
        try:
            value = holder.text(name)
        except UnknownValueError:
            return self.is_source_of(resource, source)
        if not self.name:
            return bool(value) and self._comes_from(resource, source)
        return self.is_called(value)

    def is_called(self, value: str) -> bool:
        """Tell whether a value is the table's name or ARN."""
        if self.arn and value.startswith("arn:"):
            return value == self.arn
        return bool(self.name) and self.name in {value, name_in(value)}

    def is_source_of(self, resource: Resource, source: str) -> bool:
        """Tell whether an unknown property comes from the table.

        Raises UnknownValueError when it comes from no table at all: it may be any.
        """
        sources = [self.stack.by_urn(urn) for urn in resource.depends.get(source, ())]
        if not any(each and each.type == TABLE for each in sources):
            resource.properties.value(source)
            raise UnknownValueError(source, source.split("."))
        return self._comes_from(resource, source)

    def _comes_from(self, resource: Resource, source: str) -> bool:
        return self.urn in resource.depends.get(source, ())


def tables_of(stack: Stack) -> tuple[StackTable, ...]:
    """Return the tables of a stack, in order of registration."""
    return tuple(StackTable(each, stack) for each in stack.of_type(TABLE))


def name_in(arn: str) -> str:
    """Return the table that an ARN of a table, an index or a stream names; empty for others."""
    parts = arn.split(":", 5)
    if len(parts) != 6 or parts[2] != "dynamodb" or not parts[5].startswith("table/"):  # noqa: PLR2004 -- the parts of an ARN
        return ""
    return parts[5].split("/")[1]


def _if_known(properties: Properties, name: str) -> str:
    try:
        return properties.text(name)
    except UnknownValueError:
        return ""
