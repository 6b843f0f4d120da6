"""Executes every access pattern of a model on an emulator, and says what that proved."""

from tablewright.operations.patterns.result import PatternReport, PatternResult, PatternStatus
from tablewright.operations.patterns.run import run_patterns
from tablewright.operations.patterns.stack import render, run_stack_patterns

__all__ = [
    "PatternReport",
    "PatternResult",
    "PatternStatus",
    "render",
    "run_patterns",
    "run_stack_patterns",
]
