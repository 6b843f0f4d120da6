"""Executes every access pattern of a model on an emulator, and says what that proved."""

from tablewright.operations.patterns.rendering import render, render_failures
from tablewright.operations.patterns.result import PatternReport, PatternResult, PatternStatus
from tablewright.operations.patterns.run import run_patterns
from tablewright.operations.patterns.stack import run_stack_patterns

__all__ = [
    "PatternReport",
    "PatternResult",
    "PatternStatus",
    "render",
    "render_failures",
    "run_patterns",
    "run_stack_patterns",
]
