"""What can be read is judged before what cannot, and what is malformed is told before that."""

import pytest
from pulumi_policy.proxy import UnknownValueError, unknown_checking_proxy

from rules.framework.finding import Finding
from rules.framework.order import for_each, known_first, readable
from rules.framework.reading import Properties
from rules.framework.values import MalformedError
from tablewright.recorder import UNKNOWN
from tests.support.policy_pack import raw


def properties(**given):
    return Properties(unknown_checking_proxy(raw(given)))


def until_raised(values):
    """Return what an iterator gives, and the kind of error that ends it."""
    given = []
    try:
        given.extend(values)
    except (UnknownValueError, MalformedError) as error:
        return given, type(error)
    return given, None


def name_of(holder):
    return holder.text("name")


def named(holder, position):
    yield Finding(f"{position}-{name_of(holder)}", "")


THINGS = [
    ([{"name": "a"}, {"name": "b"}], ["a", "b"], None),
    ([], [], None),
    (None, [], None),
    ([UNKNOWN, {"name": "b"}], [None, "b"], UnknownValueError),
    ([{"name": UNKNOWN}, {"name": "b"}], [None, "b"], UnknownValueError),
    ([{"name": 7}, UNKNOWN, {"name": "c"}], [None, None, "c"], MalformedError),
    ([UNKNOWN, {"name": 7}, {"name": "c"}], [None, None, "c"], MalformedError),
]


@pytest.mark.parametrize(("things", "names", "error"), THINGS)
def test_every_object_that_can_be_read_is_checked_first(things, names, error):
    found, raised = until_raised(for_each(properties(things=things), "things", named))
    assert [each.id for each in found] == [f"{at}-{name}" for at, name in enumerate(names) if name]
    assert raised is error


@pytest.mark.parametrize(("things", "names", "error"), THINGS)
def test_every_object_that_can_be_read_is_given_first(things, names, error):
    found, raised = until_raised(readable(name_of, properties(things=things).sections("things")))
    assert found == [name for name in names if name]
    assert raised is error


def test_an_unknown_list_does_not_stop_the_checks_beside_it():
    given = properties(unknown=UNKNOWN, things=[{"name": "a"}])
    checks = (for_each(given, name, named) for name in ("unknown", "things"))
    found, raised = until_raised(known_first(*checks))
    assert [each.id for each in found] == ["0-a"]
    assert raised is UnknownValueError
