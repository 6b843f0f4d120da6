"""A stack in an emulator, compared as `tablewright drift` does, with what it asked and was told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tablewright.operations.drift.run import compare
from tablewright.operations.stacks import ProjectStack

if TYPE_CHECKING:
    from tablewright.environment import Settings
    from tablewright.operations.drift.report import DriftReport
    from tests.support.deployed_stack import DeployedStack


@dataclass(frozen=True)
class _Project(ProjectStack):
    """A project whose settings a test gives, in place of its files."""

    given: Settings

    def __post_init__(self) -> None:
        pass

    @property
    def settings(self) -> Settings:
        return self.given


def drift(stack: DeployedStack) -> DriftReport:
    """Compare a deployed stack with its declaration."""
    return compare(_Project(Path(), "staging", stack.settings), stack.endpoint)


def differences(report: DriftReport) -> dict[tuple[str, str], str]:
    """Return what mends each difference, by resource and property."""
    return {(d.check.resource, d.check.property): str(d.back.mends) for d in report.differences}
