"""A plan for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from tablewright.operations.index_plan.formats.words import START, parts, verdict
from tablewright.operations.policy_report.formats.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.index_plan.plan import Plan, Step

_COLORS: Final = {"Edit": "cyan", "Check": "green"}


def render(plan: Plan) -> Text:
    """Return the plan, the verdict last, where a reader looks first."""
    return Text("\n").join(_lines(plan))


def _lines(plan: Plan) -> Iterator[Text]:
    if plan.steps:
        yield Text(START, style="dim")
        yield Text()
    for number, step in enumerate(plan.steps, 1):
        yield from _step(number, step)
        yield Text()
    for each in plan.impossible:
        where = f"table {each.table}: " if each.table else ""
        yield Text(f"No plan: {where}{one_line(each.what)}", style="bold red")
        yield from (
            Text(f"  {number}. {one_line(line)}") for number, line in enumerate(each.instead, 1)
        )
        yield Text()
    notes = [*(note for model in plan.models for note in model.notes), *plan.notes]
    if notes:
        yield Text("Notes", style="bold")
        yield from (Text(f"  {one_line(note)}") for note in notes)
        yield Text()
    color = "red" if plan.impossible else "yellow" if plan.steps else "green"
    yield Text.assemble((one_line(plan.stack), "bold"), ": ", (one_line(verdict(plan)), color))


def _step(number: int, step: Step) -> Iterator[Text]:
    yield Text(f"{number}. {one_line(step.title)}", style="bold")
    for heading, lines in parts(step):
        for line in lines:
            yield Text.assemble(
                "   ", (f"{heading}: ", _COLORS.get(heading, "dim")), one_line(line)
            )
