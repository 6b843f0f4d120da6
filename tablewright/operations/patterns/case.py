"""One access pattern under trial, and what its trial needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tablewright.operations.patterns.result import Disproved
from tablewright.operations.patterns.samples import Samples
from tablewright.operations.patterns.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient

    from tablewright.models import AccessPattern, DataModel, TableSpec


class NotDeployed(Exception):  # noqa: N818 -- the outcome of a trial, which becomes a result
    """The stack does not have what the access pattern needs, and need not have it."""


@dataclass
class Emulator:
    """The emulator of a run: its clients, the physical table names, and what was asked once."""

    dynamodb: DynamoDBClient
    streams: DynamoDBStreamsClient
    names: Mapping[str, str]
    described: dict[str, Any] = field(default_factory=dict)
    ttl: dict[str, str | None] = field(default_factory=dict)

    def table(self, name: str) -> Any:  # noqa: ANN401 -- as DescribeTable answers
        """Return the table's description; asked once a table."""
        if name not in self.described:
            self.described[name] = self.dynamodb.describe_table(TableName=name)["Table"]
        return self.described[name]

    def ttl_attribute(self, name: str) -> str | None:
        """Return the attribute by which the table's items expire; asked once a table."""
        if name not in self.ttl:
            answer = self.dynamodb.describe_time_to_live(TableName=name)
            described = answer["TimeToLiveDescription"]
            on = described.get("TimeToLiveStatus") in ("ENABLED", "ENABLING")
            self.ttl[name] = described.get("AttributeName") if on else None
        return self.ttl[name]


@dataclass
class Case:
    """One access pattern: its declaration, its own sample values, and what was proved so far."""

    model: DataModel
    pattern: AccessPattern
    emulator: Emulator
    tag: str
    checks: list[str] = field(default_factory=list)
    expectation: str = "the tables of the model"

    @cached_property
    def samples(self) -> Samples:
        """Sample values that no other access pattern uses."""
        return Samples(self.model, self.tag)

    @cached_property
    def stage(self) -> Stage:
        """The items of this case."""
        return Stage(self.emulator.dynamodb, self.emulator.names)

    @property
    def table(self) -> TableSpec:
        """The table of a pattern that is no transaction."""
        return self.model.table(self.pattern.table)

    @property
    def table_name(self) -> str:
        """The physical name of that table."""
        return self.stage.physical(self.pattern.table)

    @property
    def target(self) -> str:
        """The tables and the index that the pattern works on, by their physical names."""
        names = (self.emulator.names.get(name, name) for name in self.pattern.tables)
        tables = " and ".join(repr(name) for name in names)
        index = f"index {self.pattern.index!r} of " if self.pattern.index else ""
        return f"{index}table {tables}"

    def missing_table(self) -> str | None:
        """Ask for the first of the pattern's tables, by physical name, that is not there."""
        dynamodb = self.emulator.dynamodb
        for name in self.pattern.tables:
            physical = self.stage.physical(name)
            try:
                dynamodb.describe_table(TableName=physical)
            except dynamodb.exceptions.ResourceNotFoundException:
                return physical
        return None

    def expect(self, what: str) -> None:
        """Say what must happen next, for the message of a failure."""
        self.expectation = what

    def proved(self) -> None:
        """Note that what was expected did happen."""
        self.checks.append(self.expectation)

    def demand(self, held: object, otherwise: str) -> None:
        """Raise Disproved with what happened instead, unless the expectation held."""
        if not held:
            raise Disproved(otherwise)

    def check_stage(self, what: str) -> None:
        """Prove that every item of the case is as it must be."""
        self.expect(what)
        self.stage.check()
        self.proved()
