"""An export belongs to something in the stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.order import known_first
from rules.framework.reading import if_known
from rules.framework.rule import ADVISORY, StackRule
from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, MANAGED_POLICY, TABLE, TABLE_REPLICA
from rules.iam.arns import arn_of
from rules.parameters.export import Export, named_table
from rules.parameters.export_paths import EXPORT_PATHS, INDEX, POLICY
from rules.parameters.exports import Exports
from rules.tables.stack_tables import StackTables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.reading import Properties
    from rules.framework.settings import Settings
    from rules.framework.subjects import Stack


def _check(stack: Stack, settings: Settings) -> Iterable[Finding]:
    exports = Exports(stack, StackTables(stack), settings)
    return known_first(
        *(_orphan(export, exports, stack) for export in exports.all if export.says.fact),
        exports.unread(),
    )


def _orphan(export: Export, exports: Exports, stack: Stack) -> Iterator[Finding]:
    fact = export.says.fact
    types = (MANAGED_POLICY,) if fact == POLICY else (TABLE, TABLE_REPLICA, GLOBAL_SECONDARY_INDEX)
    sources = (stack.by_urn(urn) for urn in export.sources)
    if any(source and source.type in types for source in sources):
        return
    value = export.read()
    owned = _is_policy(value, stack) if fact == POLICY else _is_table_fact(export, value, exports)
    if not owned:
        yield Finding(
            "orphan",
            f"{export.label} is an export by its path ({fact}), of nothing in this stack; "
            "remove it, or let the stack that owns the thing export it",
            export.urn,
        )


def _is_table_fact(export: Export, value: str, exports: Exports) -> bool:
    if export.says.fact == INDEX:
        return exports.is_index(value)
    return any(
        export.holds(table, export.says.fact) for table in exports.called(named_table(value))
    )


def _is_policy(value: str, stack: Stack) -> bool:
    arn = arn_of(value)
    policies = (each.properties for each in stack.of_type(MANAGED_POLICY))
    return arn is not None and any(_is_arn_of(policy, value, arn.resource) for policy in policies)


def _is_arn_of(policy: Properties, value: str, resource: str) -> bool:
    """Compare an ARN with a policy's own, or with its path and name before AWS has made that."""
    made, name = if_known(policy, "arn"), if_known(policy, "name")
    return value == made if made else resource == f"policy{policy.text('path', '/')}{name}"


SSM_NO_ORPHAN = StackRule(
    id="ssm-no-orphan",
    demands="Every exported name or ARN is that of a table, index or access policy of the stack.",
    severity=Severity.LOW,
    default_level=ADVISORY,
    remediation_steps="Remove the aws.ssm.Parameter, or take its value from the resource of this "
    "stack that it exports; with tablewright, remove what the stack's own code adds beside "
    "TableExports.",
    url="https://docs.aws.amazon.com/systems-manager/latest/userguide/"
    "systems-manager-parameter-store.html",
    settings=EXPORT_PATHS,
    check=_check,
)
