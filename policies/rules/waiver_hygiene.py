"""Every waiver is in force, is needed, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.rule import MANDATORY, StackRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Stack


def _check(stack: Stack, settings: Settings) -> Iterator[Finding]:
    session = stack.session
    environment = settings.environment_if_known()
    used = {use.waiver for use in session.uses()}
    not_run = session.not_run()
    session.end()
    for problem in session.waivers.problems:
        yield Finding("malformed", f"waivers.yaml:{problem.line}: the entry {problem.text}")
    for waiver in session.waivers.waivers:
        if environment not in waiver.environments:
            continue
        if waiver.expires < session.waivers.today:
            yield Finding(
                "expired",
                f"waivers.yaml:{waiver.line}: {waiver} ended {waiver.expires}; "
                "mend the finding, or justify a new date",
            )
        elif waiver not in used and waiver.policy not in not_run:
            yield Finding(
                "unused",
                f"waivers.yaml:{waiver.line}: {waiver} accepts nothing in {environment}; remove it",
            )
    _ = settings.environment  # without one, no waiver holds: say so


WAIVER_HYGIENE = StackRule(
    id="waiver-hygiene",
    demands="Waivers are well formed, in force, and needed.",
    severity=Severity.HIGH,
    default_level=MANDATORY,
    remediation_steps="Correct or remove the entry of waivers.yaml that the message names.",
    url="https://www.pulumi.com/docs/insights/policy/",
    check=_check,
)
