"""Each rule catches the mistakes that it is for in the project's own program, and no other does."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from rules import RULES, read_waivers
from rules.framework.waivers import subject_of
from tests.policies.mutations import MUTATIONS
from tests.support.policy_pack import NO_WAIVERS, TODAY, judge_registrations
from tests.support.recording import record_stack


def told(program, environment, waivers=NO_WAIVERS):
    """Count what the whole pack finds: all rules that the environment does not disable."""
    return Counter(
        f"{verdict.policy}/{verdict.finding} on {subject_of(verdict.urn or '')}"
        for verdict in judge_registrations(program, environment, waivers=waivers)
    )


STACKS = {id(mutation.stack): mutation.stack for mutation in MUTATIONS}


def recorded(mutation, *, preview):
    return record_stack(mutation.environment, preview=preview, **mutation.stack).registrations


@cache
def told_unchanged(stack, environment, *, preview):
    program = record_stack(environment, preview=preview, **STACKS[stack]).registrations
    return told(program, environment)


def waivers_of(mutation):
    if not mutation.waivers:
        return NO_WAIVERS
    with TemporaryDirectory() as folder:
        path = Path(folder) / "waivers.yaml"
        path.write_text(mutation.waivers, encoding="utf-8")
        return read_waivers(path, TODAY)


@pytest.mark.parametrize("preview", [True, False], ids=["preview", "deployed"])
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.does)
def test_the_pack_catches_the_change_and_nothing_else(mutation, preview):
    program = recorded(mutation, preview=preview)
    before = told_unchanged(id(mutation.stack), mutation.environment, preview=preview)
    if mutation.given:
        program, unchanged = mutation.given(program), before
        before = told(program, mutation.environment)
        assert not before - unchanged
    changed = mutation.change(program) if mutation.change else program
    after = told(changed, mutation.environment, waivers_of(mutation))
    assert sorted((after - before).elements()) == mutation.found(preview=preview)
    gone = before - after
    assert not gone


def test_every_rule_catches_some_change():
    found = {each.partition("/")[0] for mutation in MUTATIONS for each in mutation.finds}
    assert sorted(found) == sorted(rule.id for rule in RULES)


def test_no_two_mutations_have_one_name():
    assert len({mutation.does for mutation in MUTATIONS}) == len(MUTATIONS)
