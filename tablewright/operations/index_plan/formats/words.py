"""The words that all formats share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tablewright.operations.policy_report.formats.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tablewright.operations.index_plan.plan import Plan, Step

START: Final = (
    "The edits begin at the model that is deployed and end at the one of the checkout. Put your "
    "own change of the model aside (`git stash`), make the edits of one step, deploy it (`make "
    "guard`, then `make up`), and go on when its checks hold."
)
NO_EDIT: Final = "nothing in the model: deploy it as it is, or only the application"


def verdict(plan: Plan) -> str:
    """Say in one line what there is to do."""
    since = f"since {plan.source}"
    if not plan.needed:
        return f"nothing to plan {since}: the model can be deployed as it is"
    parts = [counted(len(plan.steps), "deployment")] if plan.steps else []
    if plan.impossible:
        parts.append(f"{counted(len(plan.impossible), 'change')} without a plan")
    return f"{' and '.join(parts)} {since}"


def parts(step: Step) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the parts of a step under their headings."""
    yield "First", step.first
    yield "Edit", step.edits or (NO_EDIT,)
    yield "Then", step.then
    yield "Check", step.checks
    yield "Served meanwhile", (step.served,)
    yield "Takes", (step.duration,)
