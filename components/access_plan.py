"""AccessPlan: which managed policies a store has and what they grant, before any resource is made.

Pure: everything in it follows from the model, the label and the AwsScope, so documents are known
at preview.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from tablewright.models import grants, limits
from tablewright.models.permissions import access_policies, deployed_patterns, needed_actions
from tablewright.models.statements import AccessPolicy, document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tablewright.environment import Label
    from tablewright.models import DataModel, TableSpec
    from tablewright.models.statements import ArnScope, Statement

VERIFIER = "verifier"
"""Who checks a deployment; every store has a read-only policy for it."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """Access for a program without access patterns: to the named tables, or to all.

    `access` is `read`, `read_write` or a single action such as `dynamodb:PutItem`.
    """

    consumer: str
    access: str
    tables: tuple[str, ...] = ()

    def statements(self, table: TableSpec, arns: ArnScope) -> tuple[Statement, ...]:
        """Return what the grant allows on one table."""
        if self.tables and table.name not in self.tables:
            return ()
        named = {"read": grants.read, "read_write": grants.read_write}
        if self.access in named:
            return named[self.access](table, arns)
        return grants.single_action(self.access, table, arns)


@dataclass(frozen=True, kw_only=True)
class PlannedPolicy:
    """One managed policy: for whom, under which name and SSM path, and what it grants."""

    consumer: str
    suffix: str | None
    name: str
    path: str
    statements: tuple[Statement, ...]

    @property
    def key(self) -> str:
        """Tell the policies of a store apart."""
        return f"{self.consumer}-{self.suffix}" if self.suffix else self.consumer

    @cached_property
    def document(self) -> str:
        """Write the policy document; raises ModelError over 6,144 characters."""
        text = document(self.statements)
        limits.check_managed_policy(self.name, len(text))
        return text


@dataclass(frozen=True, kw_only=True)
class AccessPlan:
    """Who may do what in one store of one stack."""

    model: DataModel
    label: Label
    arns: ArnScope
    customer_managed_key_arn: str | None = None
    grants: tuple[Grant, ...] = ()

    def __post_init__(self) -> None:
        names = (*self.model.consumers, *(grant.consumer for grant in self.grants), VERIFIER)
        limits.check_unique(f"model {self.model.name!r}: consumer", names)

    @cached_property
    def policies(self) -> tuple[PlannedPolicy, ...]:
        """Every managed policy of the store, the verifier's last."""
        policies = [
            *(entry for name in self.model.consumers for entry in self._of_consumer(name)),
            *(self._of_grant(grant) for grant in self.grants),
        ]
        return (*policies, *self._of_verifier(policies))

    @cached_property
    def without_policy(self) -> tuple[str, ...]:
        """Consumers none of whose patterns can be performed in this stack."""
        return tuple(
            name
            for name in self.model.consumers
            if not deployed_patterns(self.model, name, self.arns)
        )

    def table_paths(self, table: TableSpec) -> tuple[str, ...]:
        """Return the SSM paths of a table's name, ARN and, where there is one, stream ARN."""
        stream = ("stream-arn",) if table.name in self.arns.streams else ()
        return tuple(
            self.label.table_parameter(table.group, table.name, fact)
            for fact in ("name", "arn", *stream)
        )

    def _of_consumer(self, consumer: str) -> tuple[PlannedPolicy, ...]:
        policies = access_policies(
            self.model, consumer, self.arns, shared=self._shared(consumer, (None,))
        )
        if len(policies) > 1:
            suffixes = tuple(policy.suffix for policy in policies)
            policies = access_policies(
                self.model, consumer, self.arns, shared=self._shared(consumer, suffixes)
            )
        return tuple(self._planned(consumer, policy) for policy in policies)

    def _shared(self, consumer: str, suffixes: Iterable[str | None]) -> tuple[Statement, ...]:
        """Let a consumer read its own parameters and use the stack's key."""
        patterns = deployed_patterns(self.model, consumer, self.arns)
        tables = dict.fromkeys(table for pattern in patterns for table in pattern.tables)
        paths = [path for name in tables for path in self.table_paths(self.model.table(name))]
        paths += [self.label.policy_parameter(self.model.name, consumer, s) for s in suffixes]
        actions = frozenset().union(*needed_actions(patterns).values())
        writes = not actions.isdisjoint(grants.WRITE_ACTIONS)
        return (grants.parameters(paths, self.arns), *self._key(writes=writes))

    def _key(self, *, writes: bool) -> tuple[Statement, ...]:
        key = self.customer_managed_key_arn
        return (grants.customer_managed_key(key, self.arns, writes=writes),) if key else ()

    def _of_grant(self, grant: Grant) -> PlannedPolicy:
        tables = [self.model.table(name) for name in grant.tables] or self.model.tables
        paths = [path for table in tables for path in self.table_paths(table)]
        paths.append(self.label.policy_parameter(self.model.name, grant.consumer))
        statements = (
            *(entry for table in tables for entry in grant.statements(table, self.arns)),
            grants.parameters(paths, self.arns),
            *self._key(writes=grant.access not in ("read", *grants.TABLE_READ_ACTIONS)),
        )
        return self._planned(grant.consumer, AccessPolicy(suffix=None, statements=statements))

    def _of_verifier(self, policies: list[PlannedPolicy]) -> tuple[PlannedPolicy, ...]:
        """Let the verifier read every table, parameter and policy; by table where that is long."""
        by_table: dict[str | None, list[PlannedPolicy]] = defaultdict(list)
        for policy in policies:
            by_table[policy.suffix].append(policy)
        whole = self._verifier(None, self.model.tables, policies)
        if len(document(whole.statements)) <= limits.MANAGED_POLICY_CHARACTERS:
            return (whole,)
        first = self.model.tables[0].name
        by_table[first] += by_table.pop(None, [])
        return tuple(
            self._verifier(table.name, (table,), by_table[table.name])
            for table in self.model.tables
        )

    def _verifier(
        self, suffix: str | None, tables: tuple[TableSpec, ...], policies: list[PlannedPolicy]
    ) -> PlannedPolicy:
        own = self._planned(VERIFIER, AccessPolicy(suffix=suffix, statements=()))
        names = {table.name: self.arns.table_names[table.name] for table in tables}
        paths = [path for table in tables for path in self.table_paths(table)]
        statements = grants.verifier(
            replace(self.arns, table_names=names),
            [*paths, *(policy.path for policy in (*policies, own))],
            [policy.name for policy in (*policies, own)],
        )
        return replace(own, statements=tuple(statements))

    def _planned(self, consumer: str, policy: AccessPolicy) -> PlannedPolicy:
        return PlannedPolicy(
            consumer=consumer,
            suffix=policy.suffix,
            name=self.label.access_policy(self.model.name, consumer, policy.suffix),
            path=self.label.policy_parameter(self.model.name, consumer, policy.suffix),
            statements=policy.statements,
        )
