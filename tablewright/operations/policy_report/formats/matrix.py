"""The compliance matrix: each policy, what the known catalogues call it, and how it came out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from rich.text import Text

from tablewright.operations.policy_report.formats import columns, digest
from tablewright.operations.policy_report.formats.digest import Outcome, Verdict, outcome
from tablewright.operations.policy_report.formats.markdown import escape, table
from tablewright.operations.policy_report.formats.wording import one_line
from tablewright.operations.policy_report.policy import GATE, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tablewright.operations.policy_report.formats.columns import Cell
    from tablewright.operations.policy_report.policy import Policy
    from tablewright.operations.policy_report.report import PolicyReport

CATALOGUES: Final = {
    "security-hub": "Security Hub",
    "cis": "CIS AWS",
    "cdk-nag": "cdk-nag",
    "checkov": "checkov",
    "trivy": "trivy",
}
"""The catalogues with a column of their own, by the prefix of their tags."""
OTHERS: Final = "others"
PARTLY: Final = "~ after a control: the policy covers it in part."
_SHORT: Final = {
    Level.DISABLED: "D",
    Level.ADVISORY: "A",
    Level.MANDATORY: "M",
    Level.REMEDIATE: "Re",
}
LEGEND: Final = "Levels: D disabled, A advisory, M mandatory, Re remediate."
_COLORS: Final = {
    Verdict.OK: "green",
    Verdict.MANDATORY: "bold red",
    Verdict.NOT_RUN: "bold red",
    Verdict.ADVISORY: "yellow",
    Verdict.WAIVED: "magenta",
}


@dataclass(frozen=True)
class _Row:
    """A policy; its level and its outcome in each stack."""

    policy: Policy
    levels: str
    outcomes: tuple[Outcome, ...]


def catalogues(reports: Sequence[PolicyReport], width: int | None = None) -> Text:
    """Return what other catalogues call the policies; empty where they have none.

    What would be wider than `width` is a list instead of a table, here and in `outcomes`.
    """
    rows = _rows(reports)
    mapped = [row.policy for row in rows if any(controls(row.policy).values())]
    if not mapped:
        return Text()
    heads = ["policy", *CATALOGUES.values(), OTHERS]
    lines = columns.aligned(heads, [line for policy in mapped for line in _control_lines(policy)])
    if columns.too_wide(lines, width):
        lines = columns.listed(["", *CATALOGUES.values(), ""], map(_control_cells, mapped))
    unmapped = f"In no catalogue: {len(rows) - len(mapped)} of {len(rows)}."
    return Text("\n").join(
        (
            *lines,
            Text(f"{PARTLY} {unmapped}", "dim"),
            Text(),
        )
    )


def outcomes(reports: Sequence[PolicyReport], width: int | None = None) -> Text:
    """Return how each policy came out in each stack."""
    heads = ["policy", "severity", "levels", *(one_line(report.stack) for report in reports)]
    rows = [_outcome_cells(row) for row in _rows(reports)]
    lines = columns.aligned(heads, rows)
    if columns.too_wide(lines, width):
        lines = columns.listed(heads, rows)
    return Text("\n").join(
        (
            *lines,
            Text(f"{LEGEND} n/a: the stack has nothing to judge.", "dim"),
            Text(),
        )
    )


def markdown(reports: Sequence[PolicyReport]) -> str:
    """Return the matrix as one table of Markdown, with the outcome in each stack."""
    stacks = [escape(report.stack) for report in reports]
    heads = ("policy", "severity", *CATALOGUES.values(), OTHERS, "levels", *stacks)
    rows = (
        (
            escape(row.policy.id),
            row.policy.severity.value,
            *_markdown_controls(row.policy),
            row.levels,
            *(each.text for each in row.outcomes),
        )
        for row in _rows(reports)
    )
    return "\n".join((*table(heads, rows), f"{escape(PARTLY)} {LEGEND}", ""))


def mappings(policies: Sequence[Policy]) -> str:
    """Return the part of the matrix that holds without any stack, as a table of Markdown."""
    heads = ("policy", *CATALOGUES.values(), OTHERS)
    rows = ((escape(policy.id), *_markdown_controls(policy)) for policy in policies)
    return "\n".join((*table(heads, rows), escape(PARTLY), ""))


def controls(policy: Policy) -> dict[str, tuple[str, ...]]:
    """Return a policy's controls by column; a tag is `<catalogue>:<control>`."""
    found: dict[str, list[str]] = {name: [] for name in (*CATALOGUES, OTHERS)}
    for tag in policy.tags:
        catalogue, colon, control = one_line(tag).partition(":")
        if colon and catalogue in CATALOGUES:
            found[catalogue].append(control)
        elif colon:
            found[OTHERS].append(f"{catalogue} {control}")
    return {name: tuple(named) for name, named in found.items()}


def _markdown_controls(policy: Policy) -> Iterator[str]:
    return (escape(", ".join(named)) for named in controls(policy).values())


def _rows(reports: Sequence[PolicyReport]) -> list[_Row]:
    return [
        _Row(
            policy,
            "/".join(_SHORT[report.policy(policy.id).level] for report in reports),
            tuple(outcome(report, policy.id) for report in reports),
        )
        for policy in (*digest.policies_of(reports), *([GATE] if reports else []))
    ]


def _outcome_cells(row: _Row) -> list[Cell]:
    outcomes = ((each.text, _COLORS.get(each.verdict, "dim")) for each in row.outcomes)
    return [
        (one_line(row.policy.id), "bold"),
        (row.policy.severity.value, ""),
        (row.levels, ""),
        *outcomes,
    ]


def _control_lines(policy: Policy) -> Iterator[list[Cell]]:
    """Give a line for each control of the catalogue with most of them, the policy in the first."""
    columns = ((one_line(policy.id),), *controls(policy).values())
    for cells in zip_longest(*columns, fillvalue=""):
        yield [(cell, "" if number else "bold") for number, cell in enumerate(cells)]


def _control_cells(policy: Policy) -> list[Cell]:
    found = (", ".join(named) for named in controls(policy).values())
    return [(one_line(policy.id), "bold"), *((cell, "") for cell in found)]
