"""A program that changes nothing gives nothing to say, wherever it is deployed."""

import pytest

from tests.support.guard_scenes import ACCOUNT, REGION, deployed
from tests.support.recording import ENVIRONMENTS

CASES = [(stack, everything) for stack in ENVIRONMENTS for everything in (False, True)]


@pytest.mark.parametrize(("stack", "everything"), CASES)
def test_an_unchanged_program_gives_no_finding_and_no_note(stack, everything):
    scene = deployed(stack, everything=everything)
    assert scene.judged(*scene.same_steps()) == ()
    assert scene.judged(scene.same_steps()[0]) == ()


@pytest.mark.parametrize(("stack", "everything"), CASES)
def test_account_region_and_partition_are_those_of_the_state(stack, everything):
    scene = deployed(stack, everything=everything)
    found = scene.surroundings()
    assert (found.account, found.region, found.partition) == (ACCOUNT, REGION, "aws")


def test_a_stack_that_was_never_deployed_has_nothing_to_lose():
    scene = deployed("prod", everything=True)
    creates = [{**scene.step("create", urn), "oldState": None} for urn in scene.resources]
    assert scene.judged(*creates, state='{"version": 3, "deployment": {"manifest": {}}}') == ()
