"""A table of a stack with its indexes and replicas, wherever they are declared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rules.framework.order import known_first
from rules.framework.reading import if_known
from rules.iam.arns import arn_of, matches
from rules.tables.tables import is_listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rules.framework.finding import Finding
    from rules.framework.reading import Properties
    from rules.framework.settings import Settings
    from rules.framework.subjects import Resource


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


def _late(findings: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """Give what a check finds, and let it raise only when its turn comes."""
    yield from findings()
