"""What a reader wants of reports: counts, like things together, and what became of each policy."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING

from tablewright.operations.policy_report.formats.wording import one_line, short
from tablewright.operations.policy_report.policy import Level, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tablewright.operations.policy_report.policy import Policy
    from tablewright.operations.policy_report.report import PolicyReport, Violation

_WORST_FIRST = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How much of each kind a report holds; what could not run is counted apart."""

    mandatory: int
    advisory: int
    not_run: int
    waived: int
    remediated: int
    disabled: int

    @classmethod
    def of(cls, report: PolicyReport) -> Counts:
        """Count a report."""
        mandatory = sum(each.level.blocks for each in report.violations)
        return cls(
            mandatory=mandatory,
            advisory=len(report.violations) - mandatory,
            not_run=len(report.not_run),
            waived=len(report.waived),
            remediated=len(report.remediated),
            disabled=sum(each.level is Level.DISABLED for each in report.policies),
        )

    @classmethod
    def names(cls) -> list[str]:
        """Return what reports call the counts."""
        return [each.name.replace("_", " ") for each in fields(cls)]

    def named(self) -> dict[str, int]:
        """Return the counts by what reports call them."""
        return dict(zip(self.names(), vars(self).values(), strict=True))


@dataclass(kw_only=True)
class Group:
    """One thing that was found of several resources, or in several stacks."""

    policy: Policy
    what: str
    messages: dict[str, None] = field(default_factory=dict)
    stacks: Counter[str] = field(default_factory=Counter)
    resources: dict[str, None] = field(default_factory=dict)

    def add(self, stack: str, message: str, urn: str | None) -> None:
        """Take one more of the same."""
        self.messages[message] = None
        self.stacks[stack] += 1
        self.resources[short(urn)] = None

    @property
    def count(self) -> int:
        """Return how often it was found."""
        return self.stacks.total()

    @property
    def where(self) -> str:
        """Count by stack."""
        return ", ".join(f"{one_line(stack)} {count}" for stack, count in self.stacks.items())

    @property
    def message(self) -> str:
        """Return the message, or one of several."""
        example = "for example: " if len(self.messages) > 1 else ""
        return example + one_line(next(iter(self.messages), ""))


def advice(reports: Iterable[PolicyReport]) -> list[Group]:
    """Return the advisory findings of all stacks, the same ones together, worst first."""
    return _grouped(
        (report, each.policy, each.finding, each.message, each.urn)
        for report in reports
        for each in report.violations
        if not each.level.blocks
    )


def not_run(reports: Iterable[PolicyReport], *, blocking: bool) -> list[Group]:
    """Return what could not run, by policy and reason; that of blocking policies, or the rest."""
    return _grouped(
        (report, each.policy, each.reason, "", each.urn)
        for report in reports
        for each in report.not_run
        if each.level.blocks == blocking
    )


def remediated(reports: Iterable[PolicyReport]) -> list[Group]:
    """Return what policies changed, by policy and properties."""
    return _grouped(
        (report, each.policy, ", ".join(each.properties), "", each.urn)
        for report in reports
        for each in report.remediated
    )


def _grouped(found: Iterable[tuple[PolicyReport, str, str, str, str | None]]) -> list[Group]:
    groups: dict[tuple[str, str], Group] = {}
    for report, policy, what, message, urn in found:
        group = Group(policy=report.policy(policy), what=what)
        groups.setdefault((policy, what), group).add(report.stack, message, urn)
    return sorted(groups.values(), key=lambda group: _WORST_FIRST[group.policy.severity])


def blocking(report: PolicyReport) -> list[tuple[Policy, list[list[Violation]]]]:
    """Return the violations that stop a deployment, by policy, worst first.

    What is said of several resources in the same words is together.
    """
    found: dict[str, dict[tuple[str, str], list[Violation]]] = {}
    for each in report.violations:
        if each.level.blocks:
            same = found.setdefault(each.policy, {})
            same.setdefault((each.finding, each.message), []).append(each)
    pairs = ((report.policy(policy), list(same.values())) for policy, same in found.items())
    return sorted(pairs, key=lambda pair: _WORST_FIRST[pair[0].severity])


def policies_of(reports: Sequence[PolicyReport]) -> tuple[Policy, ...]:
    """Return every policy in the order of its pack, last those that no pack describes."""
    described = {policy.id: policy for report in reports for policy in report.policies}
    named = {name: report.policy(name) for report in reports for name in _named(report)}
    return tuple({**described, **{k: v for k, v in named.items() if k not in described}}.values())


def _named(report: PolicyReport) -> Iterator[str]:
    found = (report.violations, report.waived, report.not_run, report.remediated)
    return (each.policy for some in found for each in some)


class Verdict(StrEnum):
    """What became of a policy in a stack, in a word."""

    OK = "ok"
    WAIVED = "waived"
    NOT_APPLICABLE = "n/a"
    ADVISORY = "advisory"
    MANDATORY = "mandatory"
    NOT_RUN = "not run"
    DISABLED = "disabled"


@dataclass(frozen=True)
class Outcome:
    """What became of a policy in a stack, and how many findings there are."""

    verdict: Verdict
    text: str


def outcome(report: PolicyReport, policy_id: str) -> Outcome:
    """Tell what became of a policy: the worst of what happened, with every number."""
    found = (*report.blocking, *report.advisory)
    levels = [each.level.blocks for each in found if each.policy == policy_id]
    numbers = {
        Verdict.MANDATORY: sum(levels),
        Verdict.NOT_RUN: sum(each.policy == policy_id for each in report.not_run),
        Verdict.ADVISORY: len(levels) - sum(levels),
        Verdict.WAIVED: sum(each.policy == policy_id for each in report.waived),
    }
    parts = {verdict: f"{count} {verdict}" for verdict, count in numbers.items() if count}
    if Verdict.NOT_RUN in parts:
        parts[Verdict.NOT_RUN] = Verdict.NOT_RUN.value
    if parts:
        return Outcome(next(iter(parts)), ", ".join(parts.values()))
    quiet = _quiet(report, report.policy(policy_id))
    return Outcome(quiet, quiet.value)


def _quiet(report: PolicyReport, policy: Policy) -> Verdict:
    """Tell apart why a policy has no findings."""
    if policy.level is Level.DISABLED:
        return Verdict.DISABLED
    subjects = {""} if policy.kind == "stack" else {each.urn for each in report.resources}
    spared = {urn for name, urn in report.not_applicable if name == policy.id}
    return Verdict.NOT_APPLICABLE if subjects and subjects <= spared else Verdict.OK
