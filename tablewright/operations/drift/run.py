"""Compares a deployed stack with its declaration in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.operations.drift.beyond import check_resource_policies, used_elsewhere
from tablewright.operations.drift.report import DriftReport, reported
from tablewright.operations.errors import OperationError
from tablewright.operations.verify.access import table_paths
from tablewright.operations.verify.check import Status
from tablewright.operations.verify.comparison import Comparison
from tablewright.operations.verify.run import compare_stack, locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tablewright.operations.endpoint import Endpoint
    from tablewright.operations.stacks import ProjectStack
    from tablewright.operations.verify.check import Check
    from tablewright.operations.verify.stack import Stack


def compare(project: ProjectStack, endpoint: Endpoint) -> DriftReport:
    """Compare; raises OperationError where there is no stack to compare with, or no way to ask."""
    into = Comparison(str(endpoint))
    stack = locate(project.settings, endpoint, into)
    compare_stack(stack, endpoint, into)
    if _nothing_is_there(into.checks):
        raise OperationError(
            f"nothing of stack {project.stack!r} is deployed in account {stack.account}, region "
            f"{stack.region}: either it has never been deployed (`make up STACK={project.stack}`), "
            "or these are the credentials of another account"
        )
    check_resource_policies(stack, endpoint.dynamodb, into)
    notes = tuple(used_elsewhere(stack, endpoint.iam, into))
    unread = frozenset(_unread_streams(stack, into.checks))
    return reported(project.stack, into.checks, notes=notes, unread_streams=unread)


def _nothing_is_there(checks: Iterable[Check]) -> bool:
    """Tell whether all that is declared is missing; strangers tell nothing."""
    declared = [check for check in checks if check.expected is not None]
    return all(check.status is Status.MISSING for check in declared)


def _unread_streams(stack: Stack, checks: Iterable[Check]) -> Iterator[str]:
    """Name the parameters of streams that are not known, as their table could not be read."""
    unread = {
        check.resource
        for check in checks
        if check.property == "existence" and check.status is Status.UNREADABLE
    }
    for model in stack.settings.models:
        for table in model.tables:
            if f"table {stack.label.table(table.name)}" in unread:
                yield from (f"parameter {path}" for path in table_paths(stack, table)[2:])
