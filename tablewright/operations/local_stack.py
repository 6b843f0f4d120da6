"""The local stack: emulator, deployment, verification and every access pattern, in one run."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from tablewright.local.deployment import deploy
from tablewright.local.emulator import Emulator
from tablewright.local.engine import Engine
from tablewright.operations import presentation
from tablewright.operations.endpoint import Endpoint
from tablewright.operations.errors import OperationError
from tablewright.operations.patterns import render_failures, run_stack_patterns
from tablewright.operations.policy_report.command import judged
from tablewright.operations.policy_report.formats import text
from tablewright.operations.policy_report.run import PackRun
from tablewright.operations.progress import step
from tablewright.operations.terminal import print_text
from tablewright.operations.verify import verify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from tablewright.operations.patterns import PatternReport, PatternResult
    from tablewright.operations.stacks import ProjectStack
    from tablewright.recorder import Recording, Registration


@dataclass(frozen=True, kw_only=True)
class _Proof:
    as_declared: bool
    patterns: PatternReport

    @property
    def ok(self) -> bool:
        return self.as_declared and self.patterns.ok


@dataclass(frozen=True, kw_only=True)
class LocalRun:
    """One `make up` on this machine; methods return the exit code.

    With `keep` the emulator serves until Ctrl-C; otherwise it, and all that was deployed, goes
    with the run.
    """

    project: ProjectStack
    console: Console
    port: int = 0
    keep: bool = False

    def without_engine(self) -> int:
        """Deploy with nothing but Python, prove the result, and show it."""
        settings = self.project.settings  # a mistake in them costs no emulator
        if not self._policies_let_it():
            return 1
        with self._emulator() as emulator:
            recording = self._deploy(emulator)
            presentation.print_warnings(self.console, settings, recording)
            proof = self._prove(emulator)
            presentation.print_tree(self.console, recording)
            self._show(recording.exports, emulator)
            return self._finish(emulator, proof)

    def under_engine(self, *, official_plugin: bool) -> int:
        """Deploy with the Pulumi engine, prove the result, and show it."""
        _ = self.project.settings  # as above
        # Not left to the engine: without a preview it would judge what it has made already.
        if not self._policies_let_it():
            return 1
        with (
            self._emulator() as emulator,
            Engine(self.project.root, emulator.endpoint, official_plugin=official_plugin) as engine,
        ):
            if code := engine.up():
                raise OperationError(
                    f"`pulumi up` of the local stack ended with exit code {code}; its message is "
                    "above, and nothing is left running"
                )
            proof = self._prove(emulator)
            self._show(engine.outputs(), emulator)
            return self._finish(emulator, proof)

    def _emulator(self) -> Emulator:
        return Emulator(self.port)

    def _policies_let_it(self) -> bool:
        """Judge the stack by the project's pack, where it has one."""
        run = PackRun.of(self.project.root)
        if run is None:
            return True
        reports = judged(run, (self.project.stack,), self.console)
        if not (let := all(report.ok for report in reports)):
            print_text(self.console, text.findings(reports))
            print_text(self.console, text.verdicts(reports))
            presentation.print_whole(self.console, "Nothing was deployed.")
        return let

    def _deploy(self, emulator: Emulator) -> Recording:
        with step(self.console, "Deploy") as current:
            done = count(1)

            def note(registration: Registration) -> None:
                current.note(f"{next(done)} resources, now {registration.name}")

            recording = deploy(
                self.project.root, self.project.stack, emulator.endpoint, note
            ).recording
            created = presentation.resource_count(recording)
            current.result = f"{created} resources on {emulator.endpoint}"
        return recording

    def _prove(self, emulator: Emulator) -> _Proof:
        """Verify the stack and execute its access patterns."""
        settings = self.project.settings
        endpoint = Endpoint(emulator.endpoint, settings.region)
        with step(self.console, "Verify") as current:
            report = verify(settings, endpoint)
            current.failed, current.result = not report.ok, report.summary
        if not report.ok:
            self.console.print(report.render())
        patterns = self._execute(endpoint)
        emulator.check()
        return _Proof(as_declared=report.ok, patterns=patterns)

    def _execute(self, endpoint: Endpoint) -> PatternReport:
        settings = self.project.settings
        total = sum(len(model.patterns) for model in settings.models)
        with step(self.console, "Patterns") as current:
            done = count(1)

            def note(result: PatternResult) -> None:
                current.note(f"{next(done)} of {total}, now {result.model} {result.pattern}")

            report = run_stack_patterns(settings, endpoint, note)
            current.failed, current.result = not report.ok, report.summary
        if not report.ok:
            self.console.print(render_failures(report))
        return report

    def _show(self, exports: Mapping[str, Any], emulator: Emulator) -> None:
        self.console.print("\n[bold]Outputs[/bold]")
        for line in presentation.output_lines(exports):
            presentation.print_whole(self.console, line)
        self.console.print("\n[bold]Connect with[/bold]")
        for line in presentation.environment_lines(exports, emulator.endpoint):
            presentation.print_whole(self.console, escape(line))

    def _finish(self, emulator: Emulator, proof: _Proof) -> int:
        self.console.print()
        settings, code = self.project.settings, 0 if proof.ok else 1
        summary = presentation.summary(settings, proof.patterns, ok=proof.ok)
        presentation.print_whole(self.console, summary)
        if not self.keep:
            hint = "[dim]The emulator stops now; `make up KEEP=1` keeps it serving.[/dim]"
            presentation.print_whole(self.console, hint)
            return code
        presentation.print_whole(self.console, f"Serving at {emulator.endpoint} until Ctrl-C.")
        emulator.wait()
        return code
