"""What one consumer may do: IAM statements derived from its access patterns, and nothing more.

Which action works on which resource is from the page "Actions, resources, and condition keys for
Amazon DynamoDB" of the Service Authorization Reference.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tablewright.models import grants, limits
from tablewright.models.access import Operation
from tablewright.models.statements import AccessPolicy, ArnScope, Statement, document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tablewright.models.access import AccessPattern
    from tablewright.models.model import DataModel


@dataclass(frozen=True)
class Target:
    """What an action works on: a table or one of its indexes, for one tenant or for all."""

    table: str
    index: str | None
    tenant_key: str | None


class Beside(Protocol):
    """Says what a managed policy needs beside its tables: SSM reads, a key."""

    def __call__(self, suffix: str | None, tables: tuple[str, ...]) -> tuple[Statement, ...]:
        """Return the statements for a policy of that suffix, on these tables."""
        ...


def access_policies(
    model: DataModel, consumer: str, scope: ArnScope, *, beside: Beside = lambda *_: ()
) -> tuple[AccessPolicy, ...]:
    """Return the managed policies of a consumer: one, or one a table where one is too large.

    None at all where no pattern of the consumer is deployed, as without the stream that all of
    them read.
    """
    by_table = _statements(deployed_patterns(model, consumer, scope), scope)
    if not by_table:
        return ()
    entries = (entry for of_table in by_table.values() for entry in of_table)
    whole = (*entries, *beside(None, tuple(by_table)))
    if len(document(whole)) <= limits.MANAGED_POLICY_CHARACTERS:
        return (AccessPolicy(suffix=None, statements=whole),)
    return tuple(
        AccessPolicy(suffix=table, statements=(*of_table, *beside(table, (table,))))
        for table, of_table in by_table.items()
    )


def deployed_patterns(
    model: DataModel, consumer: str, scope: ArnScope
) -> tuple[AccessPattern, ...]:
    """Return the consumer's patterns whose stream, where they read one, is there."""
    return tuple(
        pattern
        for pattern in model.patterns_of(consumer)
        if pattern.operation is not Operation.READ_STREAM or pattern.table in scope.streams
    )


def needed_actions(patterns: Iterable[AccessPattern]) -> dict[Target, frozenset[str]]:
    """Return which item actions the patterns perform on which table or index."""
    needed: dict[Target, set[str]] = defaultdict(set)
    for pattern in patterns:
        if pattern.operation is Operation.READ_STREAM:
            continue
        tenant = pattern.tenant_key
        for part in pattern.parts:
            needed[Target(part.table, None, tenant)].add(f"dynamodb:{part.operation}")
        if not pattern.parts:
            target = Target(pattern.table, pattern.index, tenant)
            needed[target].add(f"dynamodb:{pattern.operation}")
    return {target: frozenset(actions) for target, actions in needed.items()}


def _statements(
    patterns: tuple[AccessPattern, ...], scope: ArnScope
) -> dict[str, tuple[Statement, ...]]:
    """Write statements by table, one for each set of actions that some targets share."""
    groups: dict[tuple[str, str | None, frozenset[str]], list[Target]] = defaultdict(list)
    for target, actions in needed_actions(patterns).items():
        groups[target.table, target.tenant_key, actions].append(target)
    by_table: dict[str, tuple[Statement, ...]] = {}
    for (table, tenant, actions), targets in groups.items():
        entry = _statement(targets, actions, tenant, scope)
        by_table[table] = (*by_table.get(table, ()), entry)
    streams = tuple(
        dict.fromkeys(p.table for p in patterns if p.operation is Operation.READ_STREAM)
    )
    for table in streams:
        by_table[table] = (*by_table.get(table, ()), grants.stream(table, scope))
    if streams:
        by_table[streams[0]] = (*by_table[streams[0]], grants.list_streams())
    return by_table


def _statement(
    targets: list[Target], actions: frozenset[str], tenant: str | None, scope: ArnScope
) -> Statement:
    arns = (
        arn
        for target in targets
        for arn in (
            scope.index(target.table, target.index) if target.index else scope.table(target.table)
        )
    )
    indexes = (target.index or "Table" for target in targets)
    return Statement(
        sid=grants.sid(targets[0].table, *indexes, tenant),
        actions=tuple(sorted(actions)),
        resources=tuple(arns),
        conditions=grants.leading_keys(tenant) if tenant else {},
    )
