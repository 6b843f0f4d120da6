"""Every finding that a waiver accepts is told, so that nothing is accepted in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_policy import Severity

from rules.framework.finding import Finding
from rules.framework.rule import ADVISORY, StackRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.framework.settings import Settings
    from rules.framework.subjects import Stack


def _check(stack: Stack, _: Settings) -> Iterator[Finding]:
    for use in stack.session.uses():
        waiver, finding = use.waiver, use.finding
        yield Finding(
            f"{waiver.policy}/{finding.id}",
            f"accepted until {waiver.expires} by {waiver.owner} ({waiver.reason}): "
            f"{finding.message}",
            use.urn,
        )


WAIVER_IN_USE = StackRule(
    id="waiver-in-use",
    demands="Accepted violations are known.",
    severity=Severity.LOW,
    default_level=ADVISORY,
    remediation_steps="Nothing, until the waiver ends; better, mend the finding and remove the "
    "entry from waivers.yaml.",
    url="https://www.pulumi.com/docs/insights/policy/",
    check=_check,
)
