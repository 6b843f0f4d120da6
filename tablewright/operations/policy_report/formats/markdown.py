"""Reports as GitHub's Markdown, for the summary of a CI job."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tablewright.operations.policy_report.formats import digest
from tablewright.operations.policy_report.formats.digest import Counts
from tablewright.operations.policy_report.formats.wording import (
    STOPPED,
    counted,
    one_line,
    subject,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tablewright.operations.policy_report.formats.digest import Group
    from tablewright.operations.policy_report.policy import Policy
    from tablewright.operations.policy_report.report import PolicyReport, Violation

_MARKS: Final = re.compile(r"[\\`*\[\]<>|~&$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
"""What Markdown reads as more than a character; `_` inside a word is none of it."""
_CODE: Final = re.compile(r"((?<!`)`[^`|]+`(?!`))")
_LINK: Final = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'*+,;=%-]+")


def render(reports: Sequence[PolicyReport]) -> str:
    """Return the reports as one document: the verdicts, then what to change, worst first."""
    return "\n".join((*_verdicts(reports), *_sections(reports)))


def escape(text: str) -> str:
    """Write a text on one line so that Markdown shows every character of it."""
    return _marked(one_line(text))


def prose(text: str) -> str:
    """Write metadata, whose authors mark code with backticks, on one line; the rest is escaped."""
    parts = _CODE.split(one_line(text))
    return "".join(part if number % 2 else _marked(part) for number, part in enumerate(parts))


def code(text: str) -> str:
    """Write a text as code; where it has a mark that code cannot hold, escaped."""
    plain = one_line(text)
    return escape(plain) if set(plain) & set("`|") else f"`{plain}`"


def _marked(text: str) -> str:
    """Put a backslash before everything that Markdown would read as a mark."""
    return _MARKS.sub(lambda mark: f"\\{mark[0]}", text)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Give the lines of a table; its cells are Markdown already."""
    for row in (heads, ["---"] * len(heads), *rows):
        yield f"| {' | '.join(row)} |"
    yield ""


def is_link(url: str) -> bool:
    """Tell whether an address is one of the web, and cannot break a link."""
    return _LINK.fullmatch(url) is not None


def link(text: str, url: str) -> str:
    """Link a text; an address that could break the link is shown instead."""
    if not is_link(url):
        return f"{escape(text)} {escape(url)}".strip()
    return f"[{escape(text)}]({url})"


def _verdicts(reports: Sequence[PolicyReport]) -> Iterator[str]:
    accepted = sum(report.ok for report in reports)
    yield f"## Policies: {accepted} of {counted(len(reports), 'stack')} accepted"
    yield ""
    heads = ("stack", "verdict", *Counts.names())
    yield from table(heads, (_verdict(report) for report in reports))


def _verdict(report: PolicyReport) -> tuple[str, ...]:
    verdict = "accepted" if report.ok else "**not accepted**"
    return (escape(report.stack), verdict, *map(str, Counts.of(report).named().values()))


def _sections(reports: Sequence[PolicyReport]) -> Iterator[str]:
    for report in reports:
        yield from _blocking(report)
    yield from _listed(STOPPED, digest.not_run(reports, blocking=True))
    yield from _advice(reports)
    yield from _listed("Could not run, advisory", digest.not_run(reports, blocking=False))
    yield from _waived(reports)
    yield from _listed("Remediated before it was judged", digest.remediated(reports))


def _blocking(report: PolicyReport) -> Iterator[str]:
    found = digest.blocking(report)
    if not found:
        return
    yield f"### {escape(report.stack)}: what stops the deployment"
    yield ""
    yield from table(
        ("severity", "policy", "resource", "declared at", "finding"),
        (_finding(report, policy, same) for policy, groups in found for same in groups),
    )
    yield from _remedies(policy for policy, _ in found)


def _finding(report: PolicyReport, policy: Policy, same: Sequence[Violation]) -> tuple[str, ...]:
    """Give one finding, with a line in its cells for each resource that it is said of."""
    positions = [report.position(each.urn) for each in same]
    declared = [escape(str(position)) if position else "" for position in positions]
    return (
        policy.severity.value,
        escape(policy.id),
        "<br>".join(escape(subject(each.urn)) for each in same),
        "<br>".join(declared) if any(declared) else "",
        escape(told(same[0].finding, same[0].message)),
    )


def _advice(reports: Sequence[PolicyReport]) -> Iterator[str]:
    groups = digest.advice(reports)
    if not groups:
        return
    total = counted(sum(group.count for group in groups), "finding")
    yield f"<details><summary>Advisory: {total}</summary>"
    yield ""
    yield from table(
        ("severity", "policy", "stacks", "resources", "finding"),
        ((*_where(group), escape(told(group.what, group.message))) for group in groups),
    )
    yield from _remedies(group.policy for group in groups)
    yield "</details>"
    yield ""


def _listed(title: str, groups: Sequence[Group]) -> Iterator[str]:
    if not groups:
        return
    yield f"### {title}"
    yield ""
    yield from table(
        ("severity", "policy", "stacks", "resources", "what"),
        ((*_where(group), escape(group.what)) for group in groups),
    )


def _where(group: Group) -> tuple[str, ...]:
    return (
        group.policy.severity.value,
        escape(group.policy.id),
        escape(group.where),
        escape(", ".join(group.resources)),
    )


def _waived(reports: Sequence[PolicyReport]) -> Iterator[str]:
    rows = [
        (report.stack, each.policy, subject(each.urn), told(each.finding, each.message))
        for report in reports
        for each in report.waived
    ]
    if rows:
        yield "### Waivers used"
        yield ""
        cells = (tuple(map(escape, row)) for row in rows)
        yield from table(("stack", "policy", "resource", "accepted"), cells)


def _remedies(policies: Iterable[Policy]) -> Iterator[str]:
    """List what to change, each policy once."""
    once = {policy.id: policy for policy in policies}.values()
    told_of = [policy for policy in once if policy.remediation_steps]
    for policy in told_of:
        more = f" ({link('more', policy.url)})" if policy.url else ""
        yield f"- **{escape(policy.id)}**: {prose(policy.remediation_steps)}{more}"
    if told_of:
        yield ""
