"""One deployment of a stack on AWS, from the preview to the proof, and its report."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer

from tablewright.operations import presentation
from tablewright.operations.deployment import reports
from tablewright.operations.deployment.formats import text
from tablewright.operations.deployment.formats.words import counted_changes
from tablewright.operations.deployment.stages import Judging
from tablewright.operations.deployment.story import COULD_NOT_JUDGE, Stop, Story
from tablewright.operations.deployment.updating import Updating, interrupted
from tablewright.operations.endpoint import Endpoint
from tablewright.operations.errors import EXPECTED_ERRORS, OperationError
from tablewright.operations.policy_report.cli_options import pack_options
from tablewright.operations.pulumi_cli import PulumiCli
from tablewright.operations.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from tablewright.operations.stacks import ProjectStack


@dataclass(frozen=True, kw_only=True)
class DeploymentRun:
    """One `make up` or `make preview` of a stack on AWS; both return the exit code."""

    project: ProjectStack
    console: Console
    report: Path | None = None
    yes: bool = False

    def preview(self) -> int:
        """Show what `up` would do, and what guard and policies say of it."""
        return self._told(Story(project=self.project, command="preview"), self._preview)

    def up(self) -> int:
        """Deploy what guard, policies and the user let through, and verify it."""
        _ = self.project.settings  # whose mistakes come first
        if not self.yes and not sys.stdin.isatty():
            raise OperationError(
                f"stack {self.project.stack!r}: there is no terminal on which to ask before the "
                f"update; write `make up STACK={self.project.stack} YES=1` (--yes), or see what it "
                f"would do with `make preview STACK={self.project.stack}`"
            )
        return self._told(Story(project=self.project, command="up"), self._up)

    def _preview(self, story: Story) -> None:
        self._judging.judge(story)
        text.print_changes(self.console, story.changes)
        story.ending = "nothing stops it; nothing was deployed"

    def _up(self, story: Story) -> None:
        with TemporaryDirectory(prefix="tablewright-") as folder:
            plan = Path(folder) / "plan.json"
            before = self._judging.judge(story, plan)
            text.print_changes(self.console, story.changes)
            self._confirm(story)
            update = Updating(project=self.project, console=self.console, pack=self._pack)
            update.run(story, before, plan)
        self._verify(story)
        story.ending = "deployed and verified"

    def _confirm(self, story: Story) -> None:
        if self.yes or not story.changes:
            return
        where = os.environ.get("AWS_ENDPOINT_URL") or "AWS"
        question = (
            f"Deploy {counted_changes(story.changes)} to stack {self.project.stack} "
            f"({where}, {self.project.settings.region})?"
        )
        try:
            said_yes = typer.confirm(question)
        except typer.Abort:
            said_yes = False
        if not said_yes:
            raise Stop("declined; nothing was deployed")

    def _verify(self, story: Story) -> None:
        again = f"`make verify STACK={self.project.stack}` compares again"
        endpoint = Endpoint(
            os.environ.get("AWS_ENDPOINT_URL") or None, self.project.settings.region
        )
        try:
            with story.stage(self.console, "Verify") as current:
                report = story.verified = verify(self.project.settings, endpoint)
                current.failed, current.result = not report.ok, report.summary
        except OperationError as error:
            why = f"deployed, but not verified: {error}"
            raise Stop(why, code=COULD_NOT_JUDGE, advice=(again,)) from None
        if not report.ok:
            self.console.print(report.render())
            raise Stop("deployed, but not as declared", advice=(again,))

    @cached_property
    def _pack(self) -> tuple[str, ...]:
        return pack_options(self.project)

    @property
    def _judging(self) -> Judging:
        return Judging(project=self.project, console=self.console, pack=self._pack)

    def _told(self, story: Story, work: Callable[[Story], None]) -> int:
        """Do the work, then tell how it ended, on the console and in the report."""
        settings = self.project.settings  # a mistake in them costs no run of the engine
        PulumiCli(self.project).line()  # nor does a CLI that is missing
        files = reports.files(self.project, self.report)
        _ = self._pack
        for warning in settings.warnings:
            presentation.print_whole(self.console, text.warning(warning))
        try:
            work(story)
        except Stop as stop:
            story.end(stop)
        except EXPECTED_ERRORS as error:
            story.end(Stop(str(error), code=COULD_NOT_JUDGE))
        except KeyboardInterrupt:
            story.end(interrupted(story))
        try:
            reports.write(files, story)
        except OperationError as error:  # how it ended is told all the same
            text.print_warning(self.console, f"there is no whole report: {error}")
            story.code = story.code or COULD_NOT_JUDGE
        text.print_ending(self.console, story, files)
        return story.code
