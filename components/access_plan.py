"""AccessPlan: which managed policies a store has and what they grant, before any resource is made.

Pure: everything in it follows from the model, the label and the AwsScope, so documents are known
at preview.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from tablewright.models import ModelError, Operation, grants, limits
from tablewright.models.names import VERIFIER, check_consumer
from tablewright.models.permissions import access_policies, deployed_patterns, needed_actions
from tablewright.models.statements import AccessPolicy, document

from .planned_policy import PlannedPolicy
from .stack_wide import StackWide
from .table_alarms import planned_alarms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tablewright.environment import Label
    from tablewright.models import DataModel, TableSpec
    from tablewright.models.statements import ArnScope, Statement

    from .grant import Grant

_CALLED = {Operation.READ_STREAM: "GetRecords"}


@dataclass(frozen=True, kw_only=True)
class AccessPlan:
    """Who may do what in one store of one stack.

    `role_names` maps a consumer to existing roles that get its policies. `alarms` says whether the
    tables have alarms, which the verifier then reads.
    """

    model: DataModel
    label: Label
    arns: ArnScope
    customer_managed_key_arn: str | None = None
    grants: tuple[Grant, ...] = ()
    role_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alarms: bool = False
    stack_wide: StackWide = field(default_factory=StackWide)

    def __post_init__(self) -> None:
        for grant in self.grants:
            check_consumer(self.model.name, grant.consumer)
        names = (*self.model.consumers, *(grant.consumer for grant in self.grants), VERIFIER)
        limits.check_unique(f"model {self.model.name!r}: consumer", names)
        for consumer in self.role_names:
            if consumer not in names:
                raise ModelError(
                    f"model {self.model.name!r}: roles are named for {consumer!r}, which is no "
                    f"consumer; use one of {', '.join(names)}"
                )

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

    def operations_on(self, table: str) -> tuple[str, ...]:
        """Return the API operations performed on a table, as CloudWatch names them."""
        used = {
            _CALLED.get(pattern.operation, str(pattern.operation))
            for pattern in self.model.patterns_on(table)
            if pattern.operation is not Operation.READ_STREAM or table in self.arns.streams
        }
        for grant in self.grants:
            used.update(grant.operations if grant.reaches(table) else ())
        return tuple(sorted(used - {Operation.DESCRIBE_TABLE}))

    def alarm_names(self, table: TableSpec) -> tuple[str, ...]:
        """Return the names of a table's alarms, none in a stack without alarms."""
        if not self.alarms:
            return ()
        planned = planned_alarms(table, self.operations_on(table.name), self.label)
        return tuple(alarm.name for alarm in planned)

    def _of_consumer(self, consumer: str) -> tuple[PlannedPolicy, ...]:
        """Let a consumer perform its patterns, read its own parameters and use the stack's key."""
        patterns = deployed_patterns(self.model, consumer, self.arns)
        actions = frozenset().union(*needed_actions(patterns).values())
        writes = not actions.isdisjoint(grants.WRITE_ACTIONS)

        def beside(suffix: str | None, tables: tuple[str, ...]) -> tuple[Statement, ...]:
            return self._beside(consumer, suffix, tables, writes=writes)

        policies = access_policies(self.model, consumer, self.arns, beside=beside)
        return tuple(self._planned(consumer, policy) for policy in policies)

    def _of_grant(self, grant: Grant) -> PlannedPolicy:
        tables = [self.model.table(name) for name in grant.tables] or self.model.tables
        names = tuple(table.name for table in tables)
        statements = (
            *(entry for table in tables for entry in grant.statements(table, self.arns)),
            *self._beside(grant.consumer, None, names, writes=grant.writes),
        )
        return self._planned(grant.consumer, AccessPolicy(suffix=None, statements=statements))

    def _beside(
        self, consumer: str, suffix: str | None, tables: tuple[str, ...], *, writes: bool
    ) -> tuple[Statement, ...]:
        paths = [path for name in tables for path in self.table_paths(self.model.table(name))]
        paths.append(self.label.policy_parameter(self.model.name, consumer, suffix))
        parameters = grants.parameters(paths, self.arns)
        key = self.customer_managed_key_arn
        if key is None:
            return (parameters,)
        return (parameters, grants.customer_managed_key(key, self.arns, writes=writes))

    def _of_verifier(self, policies: list[PlannedPolicy]) -> tuple[PlannedPolicy, ...]:
        """Let the verifier read how all is configured; by table where that is long."""
        whole = self._verifier(None, self.model.tables, policies)
        if len(document(whole.statements)) <= limits.MANAGED_POLICY_CHARACTERS:
            return (whole,)
        by_table: dict[str | None, list[PlannedPolicy]] = defaultdict(list)
        for policy in policies:
            by_table[policy.suffix or self.model.tables[0].name].append(policy)
        return tuple(
            self._verifier(table.name, (table,), by_table[table.name])
            for table in self.model.tables
        )

    def _verifier(
        self, suffix: str | None, tables: tuple[TableSpec, ...], policies: list[PlannedPolicy]
    ) -> PlannedPolicy:
        own = self._planned(VERIFIER, AccessPolicy(suffix=suffix, statements=()))
        all_policies = (*policies, own)
        names = {table.name: self.arns.table_names[table.name] for table in tables}
        paths = [path for table in tables for path in self.table_paths(table)]
        # Of several, the first table's policy is the one for what the stack has once.
        shared = self.stack_wide if tables[0] is self.model.tables[0] else StackWide()
        alarms = (name for table in tables for name in self.alarm_names(table))
        consumers = dict.fromkeys(policy.consumer for policy in all_policies)
        roles = (role for consumer in consumers for role in self.role_names.get(consumer, ()))
        statements = grants.verifier(
            replace(self.arns, table_names=names),
            [*paths, *(policy.path for policy in all_policies)],
            [policy.name for policy in all_policies],
            alarm_arns=[self.arns.alarm(name) for name in (*alarms, *shared.alarm_names)],
            topic_arns=[self.arns.topic(shared.topic_name)] if shared.topic_name else (),
            role_arns=[self.arns.role(role) for role in dict.fromkeys(roles)],
            vpc_endpoint=shared.vpc_endpoint,
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
