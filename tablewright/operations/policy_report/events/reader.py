"""What the Pulumi engine says about a policy pack, as a report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tablewright.operations.errors import OperationError
from tablewright.operations.policy_report.analysis.diagnostics import Outcome
from tablewright.operations.policy_report.events.last_run import (
    RESOURCE_JUDGED,
    VIOLATION,
    last_run,
)
from tablewright.operations.policy_report.policy import Level
from tablewright.operations.policy_report.report import NotRun, PolicyReport, Remediated, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tablewright.operations.policy_report.events.file import Event
    from tablewright.operations.policy_report.events.last_run import Run
    from tablewright.operations.policy_report.policy import Policy

_REMEDIATION: Final = "policyRemediationEvent"
_CANNOT_REMEDIATE: Final = "can't run remediation"
_ROOT: Final = "::pulumi:pulumi:Stack::"


def read(
    text: str,
    *,
    source: str,
    stack: str,
    pack: str,
    levels: Mapping[str, Level],
    known: Sequence[Policy],
    level_file: str = "",
) -> PolicyReport:
    """Return what a pack found in the last run of a file of engine events.

    `levels` are those of the level file, `known` the policies as the pack describes them: events
    lack both. An analysis of a state names only the resources that something was found in.
    OperationError where the file does not prove that the pack judged the whole stack.
    """
    policies = tuple(replace(each, level=levels.get(each.id, each.level)) for each in known)
    run = last_run(text, source, pack=pack, stack=stack)
    reading = _Reading(run, pack, {each.id: each for each in policies})
    outcome = reading.outcome()
    report = PolicyReport(
        stack=stack,
        pack=pack,
        policies=policies,
        resources=tuple(Resource(urn=urn) for urn in reading.urns()),
        violations=tuple(dict.fromkeys(outcome.violations)),
        waived=tuple(dict.fromkeys(outcome.waived)),
        not_run=tuple(dict.fromkeys(outcome.not_run)),
        remediated=tuple(dict.fromkeys(reading.remediated())),
        not_applicable=frozenset(reading.not_applicable()),
        level_file=level_file,
    )
    return report if run.judged_the_stack(pack) else _ended_early(run, report)


def _ended_early(run: Run, report: PolicyReport) -> PolicyReport:
    """Return the report with what the run did not come to; raise where it would look fine."""
    if report.ok:
        raise OperationError(
            f"{run.summary.where}: the run ended before the policies had judged the whole stack "
            f"({run.first_error}); mend that, and run it again"
        )
    if not run.streamed:  # its result is the same for violations as for a failure
        return report
    not_judged = (
        NotRun(policy=each.id, level=each.level, reason=f"the run ended early: {run.first_error}")
        for each in report.policies
        if each.kind == "stack" and each.level is not Level.DISABLED
    )
    return replace(report, not_run=(*report.not_run, *not_judged))


@dataclass(frozen=True)
class _Reading:
    run: Run
    pack: str
    policies: Mapping[str, Policy]

    def outcome(self) -> Outcome:
        """Return every violation, accepted finding, and policy that could not run."""
        outcome = Outcome({policy: each.level for policy, each in self.policies.items()})
        for event in self._in_order(VIOLATION):
            policy, message = self._policy_of(event), event.message()
            urn = event.text("resourceUrn")
            # The engine puts what concerns the whole stack on the stack's own resource.
            urn_or_none = None if _ROOT in urn else urn or None
            if message.startswith(_CANNOT_REMEDIATE):
                outcome.cannot_run(policy, message, urn_or_none)
                continue
            outcome.add(
                policy=policy,
                description=self._description(policy, message),
                message=message,
                level=self._level(policy, event),
                urn=urn_or_none,
            )
        return outcome

    def urns(self) -> Iterator[str]:
        """Give every resource that was judged, or that something is said about, once."""
        events = self._in_order(RESOURCE_JUDGED, VIOLATION, _REMEDIATION)
        for urn in dict.fromkeys(event.text("resourceUrn") for event in events):
            if urn and _ROOT not in urn:
                yield urn

    def not_applicable(self) -> Iterator[tuple[str, str]]:
        """Give the policies that neither passed nor failed on a resource, with the resource."""
        enabled = [each for each in self.policies.values() if each.level is not Level.DISABLED]
        of_resources = {each.id for each in enabled if each.kind == "resource"}
        for event in self.run.of(RESOURCE_JUDGED):
            if event.text("policyPackName") == self.pack:
                answered = (*event.texts("passed"), *event.texts("failed"))
                for policy in of_resources.difference(answered):
                    yield policy, event.text("resourceUrn")

    def remediated(self) -> Iterator[Remediated]:
        """Give what policies changed, by the names of properties: values may be secret."""
        for event in self._in_order(_REMEDIATION):
            before, after = event.mapping("before"), event.mapping("after")
            changed = (key for key in {**before, **after} if before.get(key) != after.get(key))
            yield Remediated(
                policy=self._policy_of(event),
                urn=event.text("resourceUrn"),
                properties=tuple(changed),
            )

    def _in_order(self, *kinds: str) -> Sequence[Event]:
        """Return events by resource: the engine judges many at once, in an order of chance."""
        return sorted(self.run.of(*kinds), key=lambda event: event.text("resourceUrn"))

    def _policy_of(self, event: Event) -> str:
        """Return the policy's id; that of another pack (an organization's) carries its name."""
        pack, policy = event.text("policyPackName"), event.text("policyName")
        if not policy:
            raise event.malformed("policyName")
        return policy if pack == self.pack else f"{pack}/{policy}"

    def _level(self, policy: str, event: Event) -> Level:
        """Return the level file's where it blocks, else the level that the engine applied.

        So neither a run with weaker levels nor one with stricter ones looks better than it is.
        """
        try:
            applied = Level(event.text("enforcementLevel"))
        except ValueError:
            raise event.malformed("enforcementLevel") from None
        described = self.policies.get(policy)
        return described.level if described and described.level.blocks else applied

    def _description(self, policy: str, message: str) -> str:
        """Return what the SDK wrote before the rule's own words, where the engine masked it too."""
        described = self.policies.get(policy)
        if described and message.startswith(described.description):
            return described.description
        first, has_more, _ = message.partition("\n")
        return first if has_more else ""
