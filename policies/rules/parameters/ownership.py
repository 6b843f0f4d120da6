"""Whether what a parameter exports belongs to the stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.framework.reading import if_known
from rules.framework.tokens import GLOBAL_SECONDARY_INDEX, MANAGED_POLICY, TABLE, TABLE_REPLICA
from rules.iam.arns import arn_of
from rules.parameters.export import named_table
from rules.parameters.export_paths import INDEX, POLICY

if TYPE_CHECKING:
    from rules.framework.reading import Properties
    from rules.framework.subjects import Stack
    from rules.parameters.export import Export
    from rules.parameters.exports import Exports


def comes_from_owner(export: Export, stack: Stack) -> bool:
    """Tell whether the value comes from a resource that can have what the path promises."""
    of_tables = (TABLE, TABLE_REPLICA, GLOBAL_SECONDARY_INDEX)
    types = (MANAGED_POLICY,) if export.says.fact == POLICY else of_tables
    sources = (stack.by_urn(urn) for urn in export.sources)
    return any(source is not None and source.type in types for source in sources)


def is_owned(export: Export, exports: Exports, stack: Stack) -> bool:
    """Tell whether the value is of a table, index or access policy; raises UnknownValueError."""
    value, fact = export.read(), export.says.fact
    if fact == POLICY:
        return _is_policy(value, stack)
    if fact == INDEX:
        return exports.is_index(value)
    return any(export.holds(table, fact) for table in exports.called(named_table(value)))


def _is_policy(value: str, stack: Stack) -> bool:
    arn = arn_of(value)
    policies = (each.properties for each in stack.of_type(MANAGED_POLICY))
    return arn is not None and any(_is_arn_of(policy, value, arn.resource) for policy in policies)


def _is_arn_of(policy: Properties, value: str, resource: str) -> bool:
    """Compare an ARN with a policy's own, or with its path and name before AWS has made that."""
    made, name = if_known(policy, "arn"), if_known(policy, "name")
    return value == made if made else resource == f"policy{policy.text('path', '/')}{name}"
