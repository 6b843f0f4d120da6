"""The stages before an update: what would be done, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tablewright.operations.deployment.advice import pending_before
from tablewright.operations.deployment.formats.words import counted_changes
from tablewright.operations.deployment.snapshot import Snapshot
from tablewright.operations.deployment.story import COULD_NOT_JUDGE, Stop
from tablewright.operations.guard.allowances import Allowances
from tablewright.operations.guard.evidence import Evidence
from tablewright.operations.guard.formats import text as guard_text
from tablewright.operations.guard.formats.words import verdict
from tablewright.operations.guard.reading import preview as previews
from tablewright.operations.policy_report.formats import text as policy_text
from tablewright.operations.policy_report.run import PackRun
from tablewright.operations.pulumi_cli import PulumiCli
from tablewright.operations.terminal import print_text

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from tablewright.operations.deployment.story import Story
    from tablewright.operations.guard.report import GuardReport
    from tablewright.operations.stacks import ProjectStack


@dataclass(frozen=True, kw_only=True)
class Judging:
    """Judges one preview of a stack by guard and pack; `Stop` where one of them objects."""

    project: ProjectStack
    console: Console
    pack: tuple[str, ...]
    """What makes the CLI apply the pack: its remediations belong to what is judged."""

    def judge(self, story: Story, plan: Path | None = None) -> Snapshot:
        """Preview, guard, pack; returns the state that was judged."""
        before = self._preview(story, plan)
        guard = self._guard(story)
        # A preview that the pack stops says only that it failed: the pack says why.
        if guard.ok or _only_the_preview_failed(guard):
            self._policies(story)
        if not guard.ok:
            raise Stop(f"stopped by the guard: {verdict(guard)}", code=guard.exit_code)
        return before

    def _preview(self, story: Story, plan: Path | None) -> Snapshot:
        cli = PulumiCli(self.project)
        with story.stage(self.console, "Preview") as current:
            before = Snapshot.of(cli.export())
            if before.pending:
                current.failed, current.result = True, f"{len(before.pending)} operations pending"
                raise _Unsettled(self.project.stack, before)
            saved = ("--save-plan", str(plan)) if plan else ()
            preview = previews.read(cli.preview(*self.pack, *saved), "the preview")
            story.propose(Evidence.of(self.project, preview, before.state))
            current.failed = bool(preview.errors)
            current.result = counted_changes(story.changes)
        return before

    def _guard(self, story: Story) -> GuardReport:
        evidence, environment = story.evidence, self.project.settings.environment.value
        if evidence is None:
            raise Stop("there is no preview to judge", code=COULD_NOT_JUDGE)
        with story.stage(self.console, "Guard") as current:
            allowances = Allowances.of(self.project.root, environment)
            report = story.guard = evidence.judged(self.project, allowances)
            current.failed, current.result = not report.ok, verdict(report)
        if not report.ok or report.accepted or report.notes or report.hints:
            print_text(self.console, guard_text.render(report))
        return report

    def _policies(self, story: Story) -> None:
        """Judge without an engine too: the CLI's preview does not tell what policies said."""
        run = PackRun.of(self.project.root)
        if run is None:
            return
        with story.stage(self.console, "Policies") as current:
            (report,) = run.report((self.project.stack,))
            story.policies = report
            said = policy_text.summary(report).plain
            current.failed, current.result = not report.ok, said.partition(": ")[2]
        if not report.ok:
            print_text(self.console, policy_text.findings((report,)))
            raise Stop(f"stopped by the policies: {said.partition(': ')[2]}")


class _Unsettled(Stop):
    """An earlier update left operations whose outcome nobody knows, so no preview is right."""

    def __init__(self, stack: str, before: Snapshot) -> None:
        listed = ", ".join(
            f"{each.doing} {each.urn.rpartition('::')[2]}" for each in before.pending
        )
        super().__init__(
            f"an earlier update was cut off, and the state does not know how this ended: {listed}",
            code=COULD_NOT_JUDGE,
            advice=pending_before(stack),
        )


def _only_the_preview_failed(guard: GuardReport) -> bool:
    return not (guard.findings or guard.problems)
