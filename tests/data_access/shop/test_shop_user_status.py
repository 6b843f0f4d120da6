"""A status is set for the version that was seen, once, and of nobody never."""

import pytest

from tablewright.data_access.errors import (
    InvalidInput,
    NotFound,
    VersionConflict,
)
from tests.support.faults import LOST


@pytest.fixture
def ann(users):
    return users.create_user(user_id="ann", name="Ann", email="Ann@Example.com")


@pytest.mark.usefixtures("ann")
def test_setting_the_status_raises_the_version(users):
    changed = users.set_user_status("ann", status="blocked")
    assert (changed.status, changed.version) == ("blocked", 2)
    assert users.get_user("ann") == changed


@pytest.mark.usefixtures("ann")
def test_a_status_for_an_old_version_is_refused(users):
    users.set_user_status("ann", status="blocked", version=1)
    with pytest.raises(VersionConflict, match="user userId='ann' has changed meanwhile"):
        users.set_user_status("ann", status="active", version=1)
    assert users.get_user("ann").status == "blocked"


def test_a_status_of_nobody_leaves_no_ghost(users, table):
    with pytest.raises(NotFound, match="there is no user userId='u9'"):
        users.set_user_status("u9", status="blocked")
    assert table.items() == {}


@pytest.mark.parametrize("arguments", [{"version": None}, {"version": 1}])
@pytest.mark.usefixtures("ann")
def test_a_status_is_set_once_for_each_operation_id(users, faults, arguments):
    faults.on("UpdateItem", LOST)
    changed = users.set_user_status("ann", status="blocked", op="op-1", **arguments)
    again = users.set_user_status("ann", status="blocked", op="op-1", **arguments)
    assert again == changed == users.get_user("ann")
    assert changed.version == 2


@pytest.mark.parametrize(
    "wrong", [{"status": ""}, {"status": 1}, {"version": "1"}, {"version": 1.0}, {"version": -1}]
)
def test_a_status_or_version_that_is_none_is_refused_unsent(users, faults, wrong):
    with pytest.raises(InvalidInput):
        users.set_user_status("ann", **{"status": "active", **wrong})
    assert faults.attempts == []
