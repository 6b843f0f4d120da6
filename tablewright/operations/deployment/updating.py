"""The update itself: what was judged and nothing else, and what it left where it fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tablewright.operations.deployment.advice import next_steps
from tablewright.operations.deployment.aftermath import Aftermath
from tablewright.operations.deployment.formats import text
from tablewright.operations.deployment.formats.words import counted_changes, fate_counts
from tablewright.operations.deployment.snapshot import Snapshot
from tablewright.operations.deployment.story import INTERRUPTED, STOPPED, Stop
from tablewright.operations.deployment.update import Ended, run_to_its_end
from tablewright.operations.guard.reading.preview import NotUnderstoodError
from tablewright.operations.policy_report.formats.wording import counted
from tablewright.operations.pulumi_cli import PulumiCli, PulumiError, ending

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from tablewright.operations.deployment.story import Story
    from tablewright.operations.stacks import ProjectStack

_VERIFY: Final = "`make verify STACK={}`"


@dataclass(frozen=True, kw_only=True)
class Updating:
    """Runs `pulumi up` on what was judged."""

    project: ProjectStack
    console: Console
    pack: tuple[str, ...]

    def run(self, story: Story, before: Snapshot, plan: Path) -> None:
        """Update; raises Stop where that fails, with what is done and what to do next.

        The plan holds the engine to the steps of the preview, whatever program, configuration or
        state have become since. The pack judges once more what only an update can tell.
        """
        cli = PulumiCli(self.project)
        self._refuse_what_changed(cli, before)
        line = cli.line("up", "--yes", "--skip-preview", "--plan", str(plan), *self.pack)
        with story.stage(self.console, "Up", loud=True) as current:
            self.console.file.flush()
            story.begun = True
            ended = run_to_its_end(line, self.project.root)
            if not ended.ok:
                self._look(story, cli, before)
            current.failed = not ended.ok
            current.result = _result(story, ended)
        story.updated = ended.ok
        if ended.ok and not ended.interrupts:
            return
        raise self._stop(story, ended)

    def _refuse_what_changed(self, cli: PulumiCli, before: Snapshot) -> None:
        differing = before.differing(Snapshot.of(cli.export()))
        if differing:
            names = ", ".join(urn.rpartition("::")[2] for urn in differing[:3])
            raise Stop(
                f"the stack was changed since it was judged ({counted(len(differing), 'resource')}"
                f", among them {names}); nothing was deployed",
                advice=(f"`make up STACK={self.project.stack}` judges what is there now",),
            )

    def _look(self, story: Story, cli: PulumiCli, before: Snapshot) -> None:
        """Ask what the update left; a backend that does not answer leaves it unknown."""
        try:
            story.aftermath = Aftermath.of(story.changes, before, Snapshot.of(cli.export()))
        except (PulumiError, NotUnderstoodError) as error:
            text.print_warning(self.console, f"what was done is not known: {error}")

    def _stop(self, story: Story, ended: Ended) -> Stop:
        stack = self.project.stack
        code = INTERRUPTED if ended.interrupts else STOPPED
        if ended.ok:
            return Stop(
                "deployed before it could be interrupted; not verified",
                code=code,
                advice=(_VERIFY.format(stack),),
            )
        how = "interrupted" if ended.interrupts else f"`pulumi up` {ending(ended.code)}"
        left = "what was done is not known"
        if story.aftermath is not None:
            left = fate_counts(story.aftermath) or "nothing was to be changed"
        advice = next_steps(stack, ended, story.aftermath)
        return Stop(f"{how}: {left}", code=code, advice=advice)


def interrupted(story: Story) -> Stop:
    """Return how a deployment ends that Ctrl-C stopped while no update was running."""
    stack = story.project.stack
    why, advice = "interrupted; nothing was deployed", tuple[str, ...]()
    if story.updated:
        why, advice = "deployed, but interrupted before it was verified", (_VERIFY.format(stack),)
    elif story.begun:
        why = "interrupted before it was known what was done"
        advice = next_steps(stack, Ended(code=1, interrupts=1), None)
    return Stop(why, code=INTERRUPTED, advice=advice)


def _result(story: Story, ended: Ended) -> str:
    if ended.ok:
        return counted_changes(story.changes)
    return f"{ending(ended.code)}" + (
        f": {fate_counts(story.aftermath)}" if story.aftermath else ""
    )
