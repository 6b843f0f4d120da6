"""What happened in one deployment: filled stage by stage, so that any ending can be told whole."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rich.markup import escape

from tablewright.operations.progress import loud_step, step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from tablewright.operations.deployment.aftermath import Aftermath
    from tablewright.operations.guard.evidence import Evidence
    from tablewright.operations.guard.reading.joining import Change
    from tablewright.operations.guard.report import GuardReport
    from tablewright.operations.policy_report.report import PolicyReport
    from tablewright.operations.progress import Step
    from tablewright.operations.stacks import ProjectStack
    from tablewright.operations.verify import Report

_SAME: Final = "same"

DONE: Final = 0
STOPPED: Final = 1
COULD_NOT_JUDGE: Final = 2
INTERRUPTED: Final = 130
"""The exit codes: the last as shells count Ctrl-C."""


class Stop(Exception):  # noqa: N818 -- an ending that was chosen, not a mistake
    """Ends a deployment before its last stage: why, and what to do next."""

    def __init__(self, why: str, *, code: int = STOPPED, advice: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.code = code
        self.advice = advice


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage that ended, with its numbers in a line."""

    title: str
    ok: bool
    result: str
    seconds: float


@dataclass(kw_only=True)
class Story:
    """One deployment, or one preview of it; what is None was never reached."""

    project: ProjectStack
    command: str
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    stages: list[Stage] = field(default_factory=list)
    evidence: Evidence | None = None
    changes: tuple[Change, ...] = ()
    """The resources that the preview changes, as AWS knows them: without components."""
    guard: GuardReport | None = None
    policies: PolicyReport | None = None
    aftermath: Aftermath | None = None
    verified: Report | None = None
    begun: bool = False
    """Whether `pulumi up` was started."""
    updated: bool = False
    """Whether `pulumi up` ended well."""
    ending: str = ""
    advice: tuple[str, ...] = ()
    code: int = DONE

    def propose(self, evidence: Evidence) -> None:
        """Keep what was previewed; NotUnderstoodError where it does not fit together."""
        self.changes = tuple(
            change
            for change in evidence.changes
            if change.operation.value != _SAME
            and any(side is not None and side.custom for side in (change.old, change.new))
        )
        self.evidence = evidence

    def end(self, stop: Stop) -> None:
        """Keep how the deployment ended."""
        self.ending, self.code, self.advice = stop.why, stop.code, stop.advice

    @contextmanager
    def stage(self, console: Console, title: str, *, loud: bool = False) -> Iterator[Step]:
        """Show a stage while it runs, and keep how it ended."""
        start = time.perf_counter()
        ok, result = False, "could not be finished"
        try:
            with (loud_step if loud else step)(console, title) as current:
                yield current
                ok, result = not current.failed, current.result
                current.result = escape(result)
        finally:
            seconds = time.perf_counter() - start
            self.stages.append(Stage(title=title, ok=ok, result=result, seconds=seconds))
