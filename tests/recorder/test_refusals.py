"""What the recorder refuses to record."""

import pulumi
import pytest

from tablewright.recorder import ProgramError
from tests.support.things import Thing, run


def test_a_urn_is_registered_once():
    with pytest.raises(ProgramError, match=r"registered twice .* give one of them another name"):
        run(lambda: (Thing("one"), Thing("one")))


def transformed():
    Thing("one", opts=pulumi.ResourceOptions(transforms=[lambda _: None]))


def looked_up():
    Thing("one", opts=pulumi.ResourceOptions(id="there"))


def hooked():
    hooks = pulumi.ResourceHookBinding(before_create=[lambda _: None])
    Thing("one", opts=pulumi.ResourceOptions(hooks=hooks))


def remote():
    pulumi.ComponentResource("other:index:Part", "one", {}, remote=True)


@pytest.mark.parametrize("program", [transformed, looked_up, hooked, remote])
def test_what_needs_an_engine_is_refused(program):
    with pytest.raises(ProgramError, match="runs without an engine"):
        run(program)
