"""Which ARNs of DynamoDB and SSM stand for something in a stack.

ARNs of the stack are unknown at its first preview: names decide then, and partition, account and
region are judged once an ARN is known. A pattern that covers something of the stack is not
objected to: how wide it may be is for the rules of a single statement.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from rules.framework.reading import if_known
from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, PARAMETER
from rules.iam.arns import Arn, arn_of, has_wildcard, matches
from rules.tables.stack_tables import StackTables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.framework.subjects import Resource, Stack
    from rules.tables.stack_table import StackTable

Problem = tuple[str, str]
"""The id of a finding, and what is wrong."""

_TABLE_KINDS: Final = ("table", "global-table")
_DEPTH: Final = 4
"""The parts of `table/<name>/<kind>/<name of the part>`."""


class StackArns:
    """The tables, indexes, streams and parameters of a stack, asked for by ARN."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    @cached_property
    def _tables(self) -> StackTables:
        return StackTables(self._stack)

    @cached_property
    def _parameters(self) -> dict[str, list[Resource]]:
        """The stack's parameters by the resource part of their ARNs; regions repeat them."""
        found: dict[str, list[Resource]] = {}
        for each in self._all_parameters:
            if name := if_known(each.properties, "name"):
                found.setdefault(f"parameter/{name.removeprefix('/')}", []).append(each)
        return found

    @cached_property
    def _all_parameters(self) -> tuple[Resource, ...]:
        return self._stack.of_type(PARAMETER)

    def problems(self, arn: Arn) -> Iterator[Problem]:
        """Give what keeps an ARN from standing for something of the stack.

        ARNs of other services have none. Raises UnknownValueError where a name that only a
        deployment makes could be the one.
        """
        service, kind = arn.service.lower(), arn.resource.partition("/")[0]
        if "/" not in arn.resource:
            return
        if matches(service, "dynamodb") and any(matches(kind, each) for each in _TABLE_KINDS):
            yield from self._table_problems(arn)
        if matches(service, "ssm") and matches(kind, "parameter"):
            yield from self._parameter_problems(arn)

    def _table_problems(self, arn: Arn) -> Iterator[Problem]:
        _, name, kind, below = (*arn.resource.split("/", _DEPTH - 1), "", "")[:_DEPTH]
        tables = [table for table in self._tables.all if table.name and matches(name, table.name)]
        if not tables:
            self._tables.read_names()
            yield "table", f"the stack has no table {name!r}"
        elif kind == "index" and not _in_any(tables, below):
            tuple(self._tables.unread(GLOBAL_SECONDARY_INDEX))
            yield "index", f"{tables[0].label} has no index {below!r}"
        elif kind == "stream" and not any(_has_stream(table, arn) for table in tables):
            yield "stream", f"{tables[0].label} has no stream {below!r}"
        elif arn.region or not arn.resource.startswith("global-table/"):
            yield from _misplaced(arn, {t.arn: _regions(t) for t in tables})

    def _parameter_problems(self, arn: Arn) -> Iterator[Problem]:
        found = self._parameters.get(arn.resource) or [
            each
            for name, parameters in self._parameters.items()
            if _is_below(arn.resource, name)
            for each in parameters
        ]
        if not found:
            for each in self._all_parameters:
                each.properties.text("name")
            yield "parameter", f"the stack has no parameter {arn.resource.partition('/')[2]!r}"
            return
        yield from _misplaced(arn, {if_known(each.properties, "arn"): () for each in found})


def _in_any(tables: list[StackTable], pattern: str) -> bool:
    """Tell whether one of some tables has an index that a pattern covers."""
    return any(matches(pattern, name) for table in tables for name in _index_names(table))


def _index_names(table: StackTable) -> Iterator[str]:
    """Give the names of a table's indexes, the local ones last."""
    for index in table.indexes():
        yield index.name
    for section in table.resource.properties.sections("localSecondaryIndexes"):
        yield section.text("name")


def _has_stream(table: StackTable, arn: Arn) -> bool:
    """Tell whether a table has a stream, and the very one where a label is named and known."""
    properties = table.resource.properties
    if not properties.flag("streamEnabled"):
        return False
    own = arn_of(if_known(properties, "streamArn"))
    if own is None or own.region != arn.region or has_wildcard(arn.resource):
        return True  # a replica's stream has a label of its own
    return own.resource == arn.resource


def _regions(table: StackTable) -> tuple[str, ...]:
    """Return the regions of a table's replicas; empty strings stand for those not known."""
    replicas = table.resource.properties.sections("replicas")
    standalone = (each.properties for each in table.standalone_replicas)
    return (
        *(if_known(each, "regionName") for each in replicas),
        *(if_known(each, "region") for each in standalone),
    )


def _is_below(pattern: str, resource: str) -> bool:
    """Tell whether a parameter is meant, or lies in a path that GetParametersByPath may read."""
    return matches(pattern, resource) or resource.startswith(f"{pattern}/")


def _misplaced(arn: Arn, known: dict[str, tuple[str, ...]]) -> Iterator[Problem]:
    """Compare partition, account and region with ARNs that are known, and further regions."""
    own = [(place, regions) for text, regions in known.items() if (place := arn_of(text))]
    if not own or len(own) < len(known):
        return
    if not any(
        matches(arn.account, place.account) and matches(arn.partition, place.partition)
        for place, _ in own
    ):
        yield "account", f"the stack has it in {own[0][0].partition} account {own[0][0].account}"
    elif not any(
        each == "" or matches(arn.region, each)
        for place, regions in own
        for each in (place.region, *regions)
    ):
        yield "region", f"the stack has it in {own[0][0].region}"
