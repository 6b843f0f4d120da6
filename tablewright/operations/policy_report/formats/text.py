"""Reports for a terminal: what stops a deployment in full, advice of all stacks together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from tablewright.operations.policy_report.formats import digest
from tablewright.operations.policy_report.formats.digest import Counts
from tablewright.operations.policy_report.formats.wording import (
    STOPPED,
    counted,
    one_line,
    subject,
    told,
)
from tablewright.operations.policy_report.policy import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tablewright.operations.policy_report.formats.digest import Group
    from tablewright.operations.policy_report.policy import Policy
    from tablewright.operations.policy_report.report import PolicyReport, Violation

_COLORS: Final = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.UNSPECIFIED: "default",
}


def findings(reports: Sequence[PolicyReport]) -> Text:
    """Return what was found, each section with an empty line after it; empty where nothing was."""
    return Text("\n").join(_lines(reports))


def verdicts(reports: Sequence[PolicyReport]) -> Text:
    """Return a line for each stack."""
    return Text("\n").join(map(summary, reports))


def summary(report: PolicyReport) -> Text:
    """Say in one line how a stack came out."""
    counts = Counts.of(report)
    verdict = ("accepted", "green") if report.ok else ("NOT accepted", "bold red")
    numbers = ", ".join(f"{count} {name}" for name, count in counts.named().items())
    policies = counted(len(report.policies), "policy", "policies")
    judged = f"{policies} on {counted(len(report.resources), 'resource')}"
    return Text.assemble((one_line(report.stack), "bold"), ": ", verdict, f": {numbers} ({judged})")


def _lines(reports: Sequence[PolicyReport]) -> Iterator[Text]:
    for report in reports:
        yield from _blocking(report)
    yield from _section(STOPPED, "bold red", digest.not_run(reports, blocking=True), "time")
    yield from _advice(reports)
    advised = digest.not_run(reports, blocking=False)
    yield from _section("Could not run, advisory", "bold", advised, "time")
    yield from _waived(reports)
    changed = digest.remediated(reports)
    yield from _section("Remediated before it was judged", "bold", changed, "resource")


def _blocking(report: PolicyReport) -> Iterator[Text]:
    found = digest.blocking(report)
    if not found:
        return
    count = counted(Counts.of(report).mandatory, "mandatory finding")
    yield Text(f"{one_line(report.stack)}: {count}", style="bold red")
    for policy, groups in found:
        yield _head(policy, one_line(policy.description))
        for same in groups:
            yield from _same(report, same)
        yield from _remedy(policy)
    yield Text()


def _same(report: PolicyReport, same: Sequence[Violation]) -> Iterator[Text]:
    """Tell one finding, or the same one of several resources."""
    places = [_place(report, each) for each in same]
    said = told(same[0].finding, same[0].message)
    if len(places) == 1:
        yield _indented(f"{places[0]}: {said}")
        return
    yield _indented(said)
    yield _indented(f"  {len(places)} resources: {', '.join(places)}")


def _place(report: PolicyReport, each: Violation) -> str:
    position = report.position(each.urn)
    return subject(each.urn) + (f" ({one_line(str(position))})" if position else "")


def _advice(reports: Sequence[PolicyReport]) -> Iterator[Text]:
    groups = digest.advice(reports)
    if not groups:
        return
    total = counted(sum(group.count for group in groups), "finding")
    policies = list(dict.fromkeys(group.policy.id for group in groups))
    yield Text(f"Advisory: {total} of {counted(len(policies), 'policy', 'policies')}", style="bold")
    for name in policies:
        of_policy = [group for group in groups if group.policy.id == name]
        number = sum(group.count for group in of_policy)
        yield _head(of_policy[0].policy, counted(number, "finding"))
        for group in of_policy:
            yield _indented(f"{told(group.what, group.message)}")
            yield _indented(f"  {group.where}: {', '.join(group.resources)}")
        yield from _remedy(of_policy[0].policy)
    yield Text()


def _section(title: str, color: str, groups: Sequence[Group], noun: str) -> Iterator[Text]:
    """List like things together: what, how often in which stack, and of which resources."""
    if not groups:
        return
    yield Text(title, style=color)
    for group in groups:
        yield _head(group.policy, f"{counted(group.count, noun)}: {one_line(group.what)}")
        yield _indented(f"{group.where}: {', '.join(group.resources)}")
    yield Text()


def _waived(reports: Sequence[PolicyReport]) -> Iterator[Text]:
    found = [(report, each) for report in reports for each in report.waived]
    if not found:
        return
    yield Text(f"Waivers used: {len(found)}", style="bold")
    for report, each in found:
        where = f"{one_line(report.stack)}: {subject(each.urn)}"
        yield _head(report.policy(each.policy), where)
        yield _indented(told(each.finding, each.message))
    yield Text()


def _head(policy: Policy, said: str) -> Text:
    severity = (f"{policy.severity:<8} ", _COLORS[policy.severity])
    name = (one_line(policy.id), "bold")
    return Text.assemble("  ", severity, name, f": {said}" if said else "")


def _remedy(policy: Policy) -> Iterator[Text]:
    if policy.remediation_steps:
        yield _indented(f"To change: {one_line(policy.remediation_steps)}", style="green")
    if policy.url:
        yield _indented(f"See {one_line(policy.url)}", style="dim")


def _indented(text: str, style: str = "") -> Text:
    return Text(f"    {text}", style=style)
