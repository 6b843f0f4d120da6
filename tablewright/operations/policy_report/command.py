"""The command `tablewright policies`: judge, print, and write what machines read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report import outputs
from tablewright.operations.policy_report.events.reader import read
from tablewright.operations.policy_report.formats import (
    documentation,
    junit,
    markdown,
    matrix,
    sarif,
    text,
)
from tablewright.operations.policy_report.formats.digest import Counts
from tablewright.operations.policy_report.formats.wording import counted
from tablewright.operations.policy_report.run import PACK, PackRun, stacks_of
from tablewright.operations.progress import step
from tablewright.operations.stacks import ProjectStack, refuse_no_project
from tablewright.operations.terminal import print_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from rich.console import Console

    from tablewright.operations.policy_report.report import PolicyReport

FORMATS: Final[Mapping[str, Callable[[Sequence[PolicyReport]], str]]] = {
    "sarif": sarif.render,
    "junit": junit.render,
    "markdown": markdown.render,
}
APPENDED: Final = frozenset({"markdown"})
"""A job summary may hold what other steps wrote."""

ACCEPTED: Final = 0
STOPPED: Final = 1
COULD_NOT_JUDGE: Final = 2
"""The exit codes: CI must tell a stack that is stopped from one that nobody judged."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a user asked of the pack."""

    root: Path
    pack: Path | None = None
    stacks: tuple[str, ...] = ()
    files: Mapping[str, Path | None] = field(default_factory=dict)

    def report(self, console: Console, events: Path | None = None) -> int:
        """Judge the stacks, or read what the CLI judged; returns the exit code."""
        refuse_no_project(self.root)
        asked = {name: path for name, path in self.files.items() if path is not None}
        outputs.check_all(asked)
        reports = self._judged(console) if events is None else (self._read(events),)
        width = console.width if console.is_terminal else None
        for part in (
            matrix.catalogues(reports, width),
            text.findings(reports),
            matrix.outcomes(reports, width),
            text.verdicts(reports),  # last, where a reader looks first
        ):
            print_text(console, part)
        for name, path in asked.items():
            outputs.write(path, FORMATS[name](reports), append=name in APPENDED)
        return ACCEPTED if all(report.ok for report in reports) else STOPPED

    def describe(self, path: Path) -> None:
        """Write the pack's documentation."""
        if self.pack is None:
            refuse_no_project(self.root)
        outputs.check(path)
        _, policies = self._run.described()
        outputs.write(path, documentation.document(policies, self._run.every_level(policies)))

    @cached_property
    def _run(self) -> PackRun:
        return PackRun(self.root, self.pack or self.root / PACK)

    def _judged(self, console: Console) -> tuple[PolicyReport, ...]:
        return judged(self._run, tuple(dict.fromkeys(self.stacks)) or stacks_of(self.root), console)

    def _read(self, events: Path) -> PolicyReport:
        if len(self.stacks) != 1:
            raise OperationError("--events are of one stack; name it with --stack")
        stack = self.stacks[0]
        pack, policies = self._run.described()
        environment = ProjectStack(self.root, stack).settings.environment.value
        name, applied = self._run.levels(environment, policies)
        try:
            written = events.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise OperationError(f"{events} cannot be read: {error}") from None
        levels = {policy: each.level for policy, each in applied.items()}
        return read(
            written,
            source=str(events),
            stack=stack,
            pack=pack,
            levels=levels,
            known=policies,
            level_file=name,
        )


def judged(run: PackRun, stacks: Sequence[str], console: Console) -> tuple[PolicyReport, ...]:
    """Judge stacks, showing which is under way."""
    with step(console, "Policies") as current:
        reports = run.report(stacks, current.note)
        current.failed = not all(report.ok for report in reports)
        current.result = _result(reports)
    return reports


def _result(reports: Sequence[PolicyReport]) -> str:
    """Count over all stacks what the verdicts count for each."""
    counts = [Counts.of(report) for report in reports]
    policies = counted(len(reports[0].policies), "policy", "policies")
    resources = counted(sum(len(report.resources) for report in reports), "resource")
    mandatory = counted(sum(each.mandatory for each in counts), "mandatory finding")
    advisory = sum(each.advisory for each in counts)
    not_run = sum(each.not_run for each in counts)
    return f"{policies} on {resources}: {mandatory}, {advisory} advisory, {not_run} not run"
