"""A plan as GitHub's Markdown, with a box to tick for each deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tablewright.operations.index_plan.formats.words import START, parts, verdict
from tablewright.operations.policy_report.formats.markdown import code, escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tablewright.operations.index_plan.plan import Plan


def render(plan: Plan) -> str:
    """Return the plan, the verdict first."""
    return "\n".join(_lines(plan)) + "\n"


def _lines(plan: Plan) -> Iterator[str]:
    yield f"## Index plan: {code(plan.stack)}"
    yield ""
    yield escape(verdict(plan))
    yield ""
    if plan.steps:
        yield escape(START)
        yield ""
    for number, step in enumerate(plan.steps, 1):
        yield f"- [ ] **{number}. {escape(step.title)}**"
        for heading, lines in parts(step):
            yield from (f"  - *{heading}*: {escape(line)}" for line in lines)
    if plan.steps:
        yield ""
    for each in plan.impossible:
        where = f"{code(each.table)}: " if each.table else ""
        yield f"### No plan: {where}{escape(each.what)}"
        yield ""
        yield from (f"{number}. {escape(line)}" for number, line in enumerate(each.instead, 1))
        yield ""
    yield from _notes([*(note for model in plan.models for note in model.notes), *plan.notes])


def _notes(notes: Sequence[str]) -> Iterator[str]:
    if notes:
        yield "### Notes"
        yield ""
        yield from (f"- {escape(note)}" for note in notes)
        yield ""
