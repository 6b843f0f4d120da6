"""An update changes what is given and nothing else, and moves index keys with their fields."""

from datetime import timedelta

import pytest

from tablewright.data_access.application_table import ApplicationTable, Session, UserProfile
from tablewright.data_access.errors import (
    ItemTooLarge,
    NotFound,
    VersionConflict,
)
from tablewright.data_access.repository.records import Id, Record
from tablewright.models import DataModel, Entity
from tablewright.models.catalog.application_table import APPLICATION
from tablewright.models.patterns import begins_with, create, equals, get, query, update
from tests.support.application_records import NOW, profile, put_raw, session, stored
from tests.support.faults import Faults, before


def test_an_update_changes_what_is_given_and_removes_what_is_none(table):
    table.put(profile(name="Ann", email="ann@example.com"))
    changed = table.update(UserProfile, {"name": "Bob", "email": None}, user_id="u1")
    assert changed == profile(name="Bob")
    assert table.get(UserProfile, user_id="u1") == changed


def test_an_update_of_a_record_that_is_deleted_meanwhile_leaves_no_ghost(table, backend):
    table.put(profile())
    with Faults(backend.client) as faults:
        faults.on("UpdateItem", before(lambda: table.delete(UserProfile, user_id="u1")))
        with pytest.raises(NotFound):
            table.update(UserProfile, {"name": "Ann"}, user_id="u1")
    assert stored(backend) == []


def test_two_updates_of_different_fields_both_hold(table, backend):
    table.put(profile())
    other = before(lambda: table.update(UserProfile, {"email": "a@example.com"}, user_id="u1"))
    with Faults(backend.client) as faults:
        faults.on("UpdateItem", other)
        changed = table.update(UserProfile, {"name": "Ann"}, user_id="u1")
    assert changed == profile(name="Ann", email="a@example.com")


def test_an_index_key_is_composed_of_what_another_wrote_meanwhile(table, backend):
    table.put(session())
    later = NOW + timedelta(days=1)
    other = before(lambda: table.update(Session, {"created_at": later}, session_id="s1"))
    with Faults(backend.client) as faults:
        faults.on("UpdateItem", other)
        changed = table.update(Session, {"user_id": "u2", "created_at": NOW}, session_id="s1")
        assert faults.count("UpdateItem") == 2
    assert changed == session(user_id="u2")
    assert table.list_by_index(Session, user_id="u1").items == ()
    assert table.list_by_index(Session, user_id="u2").items == (changed,)


def test_an_update_that_meets_others_all_the_while_ends_at_its_deadline(table, backend, clock):
    table.put(session())
    moments = (NOW + timedelta(hours=hour) for hour in range(1, 1000))

    def change():
        table.update(Session, {"created_at": next(moments)}, session_id="s1")

    with Faults(backend.client) as faults:
        faults.always("UpdateItem", before(change))
        with pytest.raises(VersionConflict, match="sessionId='s1' has changed meanwhile"):
            table.update(Session, {"created_at": NOW}, session_id="s1")
    assert clock.elapsed <= 10


def test_what_a_newer_version_added_is_kept_by_an_update(table, backend):
    table.put(profile())
    (item,) = stored(backend)
    put_raw(backend, **item, colour={"S": "red"})
    table.update(UserProfile, {"name": "Ann"}, user_id="u1")
    assert stored(backend)[0]["colour"] == {"S": "red"}


def test_an_item_that_would_grow_too_large_is_refused_before_it_is_sent(table, backend):
    table.put(profile(name="x" * 205_000))
    with Faults(backend.client) as faults, pytest.raises(ItemTooLarge, match="409,600"):
        table.update(UserProfile, {"email": "x" * 205_000}, user_id="u1")
    assert not faults.count("UpdateItem")


class Task(Record):
    task_id: Id
    state: Id
    rank: Id


TASK = Entity(
    "task",
    APPLICATION.name,
    {
        "PK": "TASK#<taskId>",
        "SK": "METADATA",
        "GSI1PK": "STATE#<state>",
        "GSI1SK": "RANK#<rank>",
    },
    attributes=("entityType", "operationId", "TTL"),
)
TASKS = DataModel(
    name="tasks",
    tables=(APPLICATION,),
    entities=(TASK,),
    patterns=(
        create("put.task", TASK, "api"),
        get("get.task", TASK, "api"),
        update("update.task", TASK, "api"),
        query(
            "list_by_index.task",
            TASK,
            "api",
            index="GSI1",
            key=(equals("GSI1PK", "STATE#<state>"), begins_with("GSI1SK", "RANK#")),
        ),
    ),
)


def test_fields_that_lie_in_index_keys_alone_hold_when_two_change_at_once(connect, backend):
    tasks = ApplicationTable(connect(TASKS), TASKS, {Task: "task"})
    tasks.put(Task.of(task_id="t", state="new", rank="1"))
    other = before(lambda: tasks.update(Task, {"state": "done"}, task_id="t"))
    with Faults(backend.client) as faults:
        faults.on("UpdateItem", other)
        changed = tasks.update(Task, {"rank": "2"}, task_id="t")
    assert changed == Task.of(task_id="t", state="done", rank="2")
    assert tasks.list_by_index(Task, state="done").items == (changed,)
    assert tasks.list_by_index(Task, state="new").items == ()
