"""The managed policies that a stack must have, worked out from models and settings alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tablewright.models import limits
from tablewright.models.grants import WRITE_ACTIONS, customer_managed_key, parameters, verifier
from tablewright.models.names import VERIFIER
from tablewright.models.permissions import access_policies, deployed_patterns, needed_actions
from tablewright.models.statements import document
from tablewright.operations.verify.alarm_plan import alarms_of, user_errors

if TYPE_CHECKING:
    from tablewright.models import DataModel, TableSpec
    from tablewright.models.statements import Statement
    from tablewright.operations.verify.stack import Stack


@dataclass(frozen=True, kw_only=True)
class ManagedPolicy:
    """One managed policy: whose it is, its names, and what it grants."""

    consumer: str
    suffix: str | None
    name: str
    arn: str
    path: str
    statements: tuple[Statement, ...] = ()


def table_paths(stack: Stack, table: TableSpec) -> tuple[str, ...]:
    """Return the SSM paths of a table: name, ARN and, where there is one, stream ARN."""
    label, group = stack.label, table.group
    name = label.table_parameter(group, table.name, "name")
    arn = label.table_parameter(group, table.name, "arn")
    if not stack.stream_view(table):
        return (name, arn)
    return (name, arn, label.table_parameter(group, table.name, "stream-arn"))


def managed_policies(stack: Stack, model: DataModel) -> tuple[ManagedPolicy, ...]:
    """Return those of the model's consumers, then the verifier's."""
    own = [
        policy for consumer in model.consumers for policy in _of_consumer(stack, model, consumer)
    ]
    return (*own, *_of_verifier(stack, model, own))


def _of_consumer(stack: Stack, model: DataModel, consumer: str) -> list[ManagedPolicy]:
    scope = stack.arns(model)
    key = stack.settings.customer_managed_key_arn
    needed = needed_actions(deployed_patterns(model, consumer, scope)).values()
    writes = any(action in WRITE_ACTIONS for actions in needed for action in actions)

    def beside(suffix: str | None, tables: tuple[str, ...]) -> tuple[Statement, ...]:
        paths = [path for name in tables for path in table_paths(stack, model.table(name))]
        paths.append(stack.label.policy_parameter(model.name, consumer, suffix))
        reads = parameters(paths, scope)
        return (reads, customer_managed_key(key, scope, writes=writes)) if key else (reads,)

    return [
        replace(
            _policy(stack, model, consumer, policy.suffix),
            statements=policy.statements,
        )
        for policy in access_policies(model, consumer, scope, beside=beside)
    ]


def _policy(stack: Stack, model: DataModel, consumer: str, suffix: str | None) -> ManagedPolicy:
    name = stack.label.access_policy(model.name, consumer, suffix)
    return ManagedPolicy(
        consumer=consumer,
        suffix=suffix,
        name=name,
        arn=stack.own_arns.managed_policy(name),
        path=stack.label.policy_parameter(model.name, consumer, suffix),
    )


def _of_verifier(
    stack: Stack, model: DataModel, others: list[ManagedPolicy]
) -> tuple[ManagedPolicy, ...]:
    """Give the verifier one policy, or one a table where that would be too large.

    Of several, the first covers policies of no one table, and what the stack has once.
    """
    whole = _verifier(stack, model, None, model.tables, others)
    if len(document(whole.statements)) <= limits.MANAGED_POLICY_CHARACTERS:
        return (whole,)
    first = model.tables[0].name
    return tuple(
        _verifier(
            stack,
            model,
            table.name,
            (table,),
            [policy for policy in others if (policy.suffix or first) == table.name],
        )
        for table in model.tables
    )


def _verifier(
    stack: Stack,
    model: DataModel,
    suffix: str | None,
    tables: tuple[TableSpec, ...],
    others: list[ManagedPolicy],
) -> ManagedPolicy:
    own = _policy(stack, model, VERIFIER, suffix)
    scope = stack.arns(model)
    policies = [*others, own]
    roles = {
        role: None for p in policies for role in stack.settings.roles_of(model.name, p.consumer)
    }
    alarms = [alarm.name for table in tables for alarm in alarms_of(stack, model, table)]
    once = tables[0] is model.tables[0]
    shared = [alarm.name for alarm in user_errors(stack)] if once else []
    topics = [stack.own_topic] if once and stack.own_topic else []
    statements = verifier(
        replace(scope, table_names={t.name: scope.table_names[t.name] for t in tables}),
        [*(path for t in tables for path in table_paths(stack, t)), *(p.path for p in policies)],
        [policy.name for policy in policies],
        alarm_arns=[scope.alarm(name) for name in (*alarms, *shared)],
        topic_arns=topics,
        role_arns=[scope.role(role) for role in roles],
        vpc_endpoint=once and stack.settings.vpc_endpoint is not None,
    )
    return replace(own, statements=tuple(statements))
