"""One run of the Pulumi CLI in a file of engine events, and whether all of it is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report.events.file import REMEDY, events_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tablewright.operations.policy_report.events.file import Event

VIOLATION: Final = "policyEvent"
RESOURCE_JUDGED: Final = "policyAnalyzeSummaryEvent"
STACK_JUDGED: Final = "policyAnalyzeStackSummaryEvent"

_FIRST: Final = "preludeEvent"
_LAST: Final = "cancelEvent"  # also of a run that nobody cancelled
_SUMMARY: Final = "summaryEvent"


@dataclass(frozen=True)
class Run:
    """Events in their order. `streamed` tells a deployment or preview from a state's analysis."""

    events: tuple[Event, ...]
    streamed: bool

    def of(self, *kinds: str) -> tuple[Event, ...]:
        """Return the events of these kinds, in their order."""
        return tuple(event for event in self.events if event.kind in kinds)

    @property
    def summary(self) -> Event:
        """Return the event that ends what the engine did."""
        return self.of(_SUMMARY)[-1]

    @property
    def first_error(self) -> str:
        """Return its first error: of a traceback the last line, which tells most."""
        for event in self.of("diagnosticEvent"):
            if event.text("severity") == "error":
                lines = event.message().splitlines()
                return lines[-1].strip() if lines else ""
        return "its errors are on standard error"

    def judged_the_stack(self, pack: str) -> bool:
        """Tell whether the pack came to its last part; an analysis ends with its result alone."""
        if not self.streamed:
            return self.summary.text("result") == "succeeded"
        return any(event.text("policyPackName") == pack for event in self.of(STACK_JUDGED))


def last_run(text: str, source: str, *, pack: str, stack: str) -> Run:
    """Return the last run of a file (`pulumi up` has two), in which a pack judged a stack.

    OperationError where the run is not whole, or is of another pack or stack.
    """
    run = _whole(events_of(text, source))
    _refuse_other_packs(run, pack)
    _refuse_other_stacks(run, stack)
    _refuse_unexplained_failures(run)
    return run


def _whole(events: Sequence[Event]) -> Run:
    """Return the last run: one of a deployment ends with a `cancelEvent`."""
    ends = [index for index, event in enumerate(events) if event.kind == _LAST]
    if not ends:
        return _analysis(events)
    if ends[-1] != len(events) - 1:
        raise OperationError(f"{events[-1].where}: the file ends in the middle of a run; {REMEDY}")
    begin = ends[-2] + 1 if len(ends) > 1 else 0
    run = Run(tuple(events[begin:]), streamed=True)
    if not run.of(_FIRST) and run.events[0].sequence != 0:
        where = run.events[0].where
        raise OperationError(f"{where}: the beginning of the run is missing; {REMEDY}")
    if not run.of(_SUMMARY):  # the pack did not load, or somebody stopped the run
        raise OperationError(
            f"{run.events[-1].where}: the run ended before any policy had judged the stack "
            f"({run.first_error}); mend that, and run it again"
        )
    return run


def _analysis(events: Sequence[Event]) -> Run:
    """Return a run of `pulumi policy analyze`, which numbers its events without gaps."""
    if events[-1].kind != _SUMMARY or any(event.kind == _FIRST for event in events):
        raise OperationError(f"{events[-1].where}: the file ends in the middle of a run; {REMEDY}")
    for number, event in enumerate(events):
        if event.sequence != number:
            raise OperationError(f"{event.where}: events before this one are missing; {REMEDY}")
    return Run(tuple(events), streamed=False)


def _refuse_other_packs(run: Run, pack: str) -> None:
    # A local pack is named `<name>|local|<folder>`, one of an organization by its name.
    ran = {name.partition("|")[0] for name in run.summary.mapping("PolicyPacks")}
    if pack not in ran:
        raise OperationError(
            f"{run.summary.where}: the policy pack {pack!r} did not run (packs that did: "
            f"{', '.join(sorted(ran)) or 'none'}); give the command --policy-pack and "
            "--policy-pack-config"
        )


def _refuse_other_stacks(run: Run, stack: str) -> None:
    for event in run.events:
        urn = event.text("resourceUrn")
        if urn and not urn.startswith(f"urn:pulumi:{stack}::"):
            raise OperationError(
                f"{event.where}: is about {urn}, which is not in the stack {stack!r}; give the "
                "events of that stack"
            )


def _refuse_unexplained_failures(run: Run) -> None:
    """Raise where the engine counts a failure that no event tells: events were taken out."""
    told = {(event.text("policyPackName"), event.text("policyName")) for event in run.of(VIOLATION)}
    for event in run.of(RESOURCE_JUDGED, STACK_JUDGED):
        for policy in event.texts("failed"):
            if (event.text("policyPackName"), policy) not in told:
                raise OperationError(
                    f"{event.where}: the policy {policy!r} failed, but the {VIOLATION} that says "
                    "why is missing; give the file as the CLI wrote it"
                )
