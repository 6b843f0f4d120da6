"""An e-mail changes with its guard, or not at all."""

import pytest

from tablewright.data_access.errors import (
    EmailTaken,
    InvalidInput,
    NotFound,
    UnknownOutcome,
    VersionConflict,
)
from tests.support.faults import CANCELLED_BY_CONFLICT, INTERNAL_ERROR, LOST, before

OLD, NEW = "Ann@Example.com", "New@Example.com"
pytestmark = pytest.mark.usefixtures("ann")


@pytest.fixture
def ann(users):
    return users.create_user(user_id="ann", name="Ann", email=OLD)


def test_a_changed_email_frees_the_old_one(users):
    changed = users.change_email("ann", old_email=OLD, new_email=NEW)
    assert (changed.email, changed.version) == (NEW, 2)
    assert users.get_user("ann") == users.get_user_by_email(NEW) == changed
    with pytest.raises(NotFound):
        users.get_user_by_email(OLD)
    assert users.create_user(name="Bob", email=OLD).email == OLD


@pytest.mark.parametrize("spelling", ["ann@example.COM", OLD])
def test_an_email_that_changes_in_case_alone_keeps_its_guard(users, table, spelling):
    guards = {key: item for key, item in table.items().items() if "EMAIL" in key[0]}
    changed = users.change_email("ann", old_email=OLD, new_email=spelling)
    assert changed.email == spelling
    assert changed.version == 2
    assert users.get_user_by_email(OLD) == changed
    assert {key: item for key, item in table.items().items() if "EMAIL" in key[0]} == guards


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (("u9", OLD, NEW), NotFound, "there is no user userId='u9'"),
        (("ann", OLD, "BOB@example.com"), EmailTaken, "another user has the e-mail 'BOB@example"),
        (
            ("ann", "x@example.com", NEW),
            VersionConflict,
            "'ann' has not the e-mail 'x@",
        ),
        (("ann", "bob@example.com", NEW), VersionConflict, "'ann' has not the e-mail 'bob@"),
        (("ann", "x@example.com", "X@example.com"), VersionConflict, "has changed meanwhile"),
    ],
)
def test_a_change_that_cannot_be_leaves_all_as_it_is(users, table, change, error, message):
    user_id, old, new = change
    users.create_user(user_id="bob", name="Bob", email="bob@example.com")
    items = table.items()
    with pytest.raises(error, match=message):
        users.change_email(user_id, old_email=old, new_email=new)
    assert table.items() == items


def test_a_user_who_changes_meanwhile_is_not_overwritten(users, faults):
    block = before(lambda: users.set_user_status("ann", status="blocked"))
    faults.on("TransactWriteItems", block)
    with pytest.raises(VersionConflict):
        users.change_email("ann", old_email=OLD, new_email=NEW)
    assert users.get_user_by_email(OLD).status == "blocked"
    with pytest.raises(NotFound):
        users.get_user_by_email(NEW)


@pytest.mark.parametrize("new", [NEW, "ann@example.COM"])
def test_a_change_counts_once_for_each_operation_id(users, table, faults, new):
    faults.on("TransactWriteItems", CANCELLED_BY_CONFLICT, LOST)
    faults.on("UpdateItem", LOST)
    changed = users.change_email("ann", old_email=OLD, new_email=new, op="op-1")
    again = users.change_email("ann", old_email=OLD, new_email=new, op="op-1")
    assert changed == again == users.get_user("ann")
    assert changed.version == 2
    assert len(table.items()) == 2


def test_an_earlier_change_that_is_repeated_does_not_undo_a_later_one(users):
    users.change_email("ann", old_email=OLD, new_email=NEW, op="op-1")
    last = users.change_email("ann", old_email=NEW, new_email="last@example.com", op="op-2")
    with pytest.raises(VersionConflict):
        users.change_email("ann", old_email=OLD, new_email=NEW, op="op-1")
    assert users.get_user_by_email("last@example.com") == last


def test_a_change_is_repeated_with_what_an_unknown_outcome_tells(users, faults):
    faults.on("TransactWriteItems", LOST)
    faults.always("TransactWriteItems", INTERNAL_ERROR)
    with pytest.raises(UnknownOutcome) as raised:
        users.change_email("ann", old_email=OLD, new_email=NEW)
    faults.always("TransactWriteItems", None)
    again = users.change_email("ann", old_email=OLD, new_email=NEW, **raised.value.repeat_with)
    assert again == users.get_user_by_email(NEW)
    assert again.version == 2


@pytest.mark.parametrize("email", ["", "ann", None, 7, "a b@example.com"])
def test_an_email_that_is_none_is_refused_unsent(users, faults, email):
    for given in ({"old_email": email, "new_email": NEW}, {"old_email": OLD, "new_email": email}):
        with pytest.raises(InvalidInput):
            users.change_email("ann", **given)
    with pytest.raises(InvalidInput):
        users.get_user_by_email(email)
    assert faults.attempts == []
