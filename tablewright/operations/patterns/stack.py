"""Executes the access patterns of all stores of a stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.operations.patterns.result import PatternReport, PatternResult
from tablewright.operations.patterns.run import run_patterns

if TYPE_CHECKING:
    from collections.abc import Callable

    from tablewright.environment import Settings
    from tablewright.operations.endpoint import Endpoint


def run_stack_patterns(
    settings: Settings,
    endpoint: Endpoint,
    progress: Callable[[PatternResult], None] = lambda _: None,
) -> PatternReport:
    """Execute every access pattern of every store that the stack deploys."""
    results: list[PatternResult] = []
    for model in settings.models:
        tables = {table.name: settings.label.table(table.name) for table in model.tables}
        report = run_patterns(
            model,
            tables,
            dynamodb=endpoint.dynamodb,
            streams=endpoint.dynamodbstreams,
            progress=progress,
        )
        results += report.results
    return PatternReport(tuple(results))
