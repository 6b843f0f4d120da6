"""An export belongs to something in the stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.order import known_first
from rules.framework.rule import ADVISORY, StackRule
from rules.parameters.export_paths import EXPORT_PATHS
from rules.parameters.exports import Exports
from rules.parameters.ownership import comes_from_owner, is_owned
from rules.tables.stack_tables import StackTables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Stack
    from rules.parameters.export import Export


def _check(stack: Stack, settings: Settings) -> Iterable[Finding]:
    exports = Exports(stack, StackTables(stack), settings)
    return known_first(
        *(_orphan(export, exports, stack) for export in exports.all if export.says.fact),
        exports.unread(),
    )


def _orphan(export: Export, exports: Exports, stack: Stack) -> Iterator[Finding]:
    if not comes_from_owner(export, stack) and not is_owned(export, exports, stack):
        yield Finding(
            "orphan",
            f"{export.label} is an export by its path ({export.says.fact}), of nothing in this "
            "stack; remove it, or let the stack that owns the thing export it",
            export.urn,
        )


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
