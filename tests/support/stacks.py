"""The project's own program, as one policy judges it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.support.policy_pack import as_stack, judge_stack
from tests.support.recording import record_stack

if TYPE_CHECKING:
    from pulumi_policy import PolicyResource

    from tests.support.policy_pack import Verdict


def verdicts_of(rule_id: str, environment: str, *, preview: bool) -> list[Verdict]:
    """Return what a rule of the whole stack finds in the project's program."""
    return judge_stack(rule_id, program_of(environment, preview=preview), environment=environment)


@cache
def program_of(environment: str, *, preview: bool) -> tuple[PolicyResource, ...]:
    """Return the resources of the project's program as rules of the whole stack see them."""
    return tuple(as_stack(record_stack(environment, preview=preview).registrations))
