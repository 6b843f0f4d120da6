"""Preferences change one at a time, whatever they are called."""

from decimal import Decimal

import pytest

from tablewright.data_access.errors import InvalidInput, ItemTooLarge, NumberOutOfRange
from tests.support.faults import Faults, before

NAMES = ["theme", "name", "size", "a.b", "a b", "#x", ":y", "[0]", "é", "%23", "preferences", "p0"]


def test_a_preference_may_have_any_name(sharing, users):
    sharing.user()
    wanted = {name: number for number, name in enumerate(NAMES)}
    assert users.update_preferences("u1", wanted).preferences == wanted
    assert users.get_user("u1").preferences == wanted
    rest = users.update_preferences("u1", dict.fromkeys(NAMES[1:])).preferences
    assert rest == {"theme": 0}


@pytest.mark.parametrize(
    "value", [0, False, "", "dark", Decimal("1.5"), [1, [None]], {"b": {"c": None}}, b"\x00"]
)
def test_a_preference_comes_back_as_it_was_set(sharing, users, value):
    sharing.user()
    stored = users.update_preferences("u1", {"a": value}).preferences["a"]
    assert stored == value
    assert type(stored) is type(value)
    assert users.get_user("u1").preferences == {"a": value}


def test_preferences_of_two_callers_at_once_are_both_kept(sharing, users, backend):
    sharing.user()
    users.update_preferences("u1", {"old": 1, "gone": 1})
    with Faults(backend.client) as faults:
        faults.on("UpdateItem", before(lambda: users.update_preferences("u1", {"theirs": 1})))
        users.update_preferences("u1", {"mine": 1, "gone": None})
    assert users.get_user("u1").preferences == {"old": 1, "theirs": 1, "mine": 1}


@pytest.mark.parametrize(
    ("preferences", "error"),
    [
        ({}, InvalidInput),
        (None, InvalidInput),
        ({"": 1}, InvalidInput),
        ({7: 1}, InvalidInput),
        ({"a": 1.5}, InvalidInput),
        ({"a": {"b": float("nan")}}, InvalidInput),
        ({"a": 10**39 + 1}, NumberOutOfRange),
        ({"a": set()}, InvalidInput),
        ({"a": object()}, InvalidInput),
        ({"\ud800": 1}, InvalidInput),
        ({"a": "\ud800"}, InvalidInput),
        ({"a": "x" * 410_000}, ItemTooLarge),
        ({f"p{number}": 1 for number in range(301)}, InvalidInput),
    ],
)
def test_preferences_that_cannot_be_stored_are_refused(sharing, users, preferences, error):
    sharing.user()
    with pytest.raises(error):
        users.update_preferences("u1", preferences)
    assert users.get_user("u1").preferences == {}
