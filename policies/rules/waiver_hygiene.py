"""Every waiver is in force, is needed, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.rule import MANDATORY, StackRule
from rules.framework.waiver_entries import STACK
from rules.framework.waivers import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.framework.session import Use
    from rules.framework.settings import Settings
    from rules.framework.subjects import Stack
    from rules.framework.waivers import Waiver


def _check(stack: Stack, settings: Settings) -> Iterator[Finding]:
    session = stack.session
    environment = settings.environment_if_known()
    uses, not_run = session.uses(), session.not_run()
    used = {use.waiver for use in uses}
    session.end()
    file = session.waivers
    for problem in file.problems:
        yield Finding("malformed", f"{file.at(problem)}: {problem.text}")
    for waiver in file.waivers:
        if environment not in waiver.environments:
            continue
        if waiver.expires < file.today:
            yield Finding(
                "expired",
                f"{file.at(waiver)}: {waiver} ended {waiver.expires}; "
                "mend the finding, or justify a new date",
            )
        elif waiver.policy not in not_run and waiver not in used:
            yield Finding(
                "unused",
                f"{file.at(waiver)}: {waiver} accepts nothing in {environment}: "
                f"{_why_unused(waiver, stack, uses)}; correct or remove it",
            )
    _ = settings.environment  # without one, no waiver holds: say so


def _why_unused(waiver: Waiver, stack: Stack, uses: Iterable[Use]) -> str:
    """Say why a waiver accepts nothing, as far as those of other findings do not hide it."""
    subjects = (STACK, *(subject_of(each.urn) for each in stack.resources))
    if not any(waiver.is_about(subject) for subject in subjects):
        return "no resource of the stack matches"
    if any(waiver.names(use.waiver.policy, subject_of(use.urn), use.finding.id) for use in uses):
        return "an entry above it accepts the same"
    if waiver.finding:
        return f"the policy has no finding {waiver.finding!r} there, though it may have others"
    return "the policy finds nothing there"


WAIVER_HYGIENE = StackRule(
    id="waiver-hygiene",
    demands="Waivers are well formed, in force, and needed.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Correct or remove the entry of waivers.yaml that the message names.",
    url="https://www.pulumi.com/docs/insights/policy/",
    check=_check,
)
