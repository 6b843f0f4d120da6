"""Resources under other names: what an alias keeps, and what goes without one."""

from dataclasses import replace

import pytest

from tablewright.operations.guard.finding import Kind
from tablewright.operations.guard.reading.preview import NotUnderstoodError
from tests.support.guard_scenes import deployed
from tests.support.recording import ALARM, MANAGED_POLICY, PARAMETER, TABLE

LOSS, BROKEN, WEAKENED = Kind.DATA_LOSS, Kind.CONTRACT_BROKEN, Kind.RECOVERY_WEAKENED
SCENE = deployed("prod", everything=True)
FILES = next(each["urn"] for each in SCENE.of_type(TABLE) if each["id"] == "dropify-prod-files")


def told(found):
    return {(each.kind, each.cause) for each in found}


def moved(urn, name="elsewhere"):
    """The URN of a resource under another logical name and parent."""
    head, _, _ = urn.rpartition("::")
    return head.replace("tablewright:index:DataStore$", "") + f"::{name}"


def renamed(urn, *, aliased):
    """A program that registers a resource under another URN, with the old one as its alias."""
    registrations = tuple(
        replace(one, urn=moved(urn), aliases=(urn,) if aliased else ()) if one.urn == urn else one
        for one in SCENE.program.registrations
    )
    return replace(SCENE.program, registrations=registrations)


def at(urn, step):
    """A step of the same resource under its new URN."""
    new = {**step["newState"], "urn": moved(urn)}
    return {**step, "urn": moved(urn), "newState": new}


@pytest.mark.parametrize(
    ("token", "kind"),
    [(TABLE, LOSS), (PARAMETER, BROKEN), (MANAGED_POLICY, BROKEN), (ALARM, WEAKENED)],
)
def test_another_logical_name_without_an_alias_deletes_what_it_creates(token, kind):
    for resource in SCENE.of_type(token):
        urn = resource["urn"]
        create = {**at(urn, SCENE.step("create", urn)), "oldState": None}
        delete = SCENE.step("delete", urn)
        (found,) = SCENE.judged(create, delete, program=renamed(urn, aliased=False))
        assert (found.kind, found.cause, found.urn) == (kind, "logical-name", urn)
        assert "aliases=" in found.instead


def test_another_logical_name_with_an_alias_is_fine():
    assert SCENE.judged(program=renamed(FILES, aliased=True)) == ()
    same = at(FILES, SCENE.step("same", FILES))
    assert SCENE.judged(same, program=renamed(FILES, aliased=True)) == ()


def test_an_alias_that_only_the_engine_sees_is_taken_from_the_preview():
    same = at(FILES, SCENE.step("same", FILES))
    assert SCENE.judged(same, program=renamed(FILES, aliased=False)) == ()


def test_an_alias_hides_no_change():
    step = at(FILES, SCENE.step("update", FILES, ttl={"attributeName": "at", "enabled": True}))
    step["newState"]["inputs"]["deletionProtectionEnabled"] = False
    program = renamed(FILES, aliased=True)
    registrations = tuple(
        replace(one, inputs=step["newState"]["inputs"]) if one.urn == moved(FILES) else one
        for one in program.registrations
    )
    found = SCENE.judged(step, program=replace(program, registrations=registrations))
    assert (WEAKENED, "deletionProtectionEnabled") in told(found)


def test_an_alias_of_what_is_deployed_beside_it_keeps_nothing():
    other = next(each["urn"] for each in SCENE.of_type(TABLE) if each["urn"] != FILES)
    registrations = tuple(
        replace(one, aliases=(FILES,)) if one.urn == other else one
        for one in SCENE.program.registrations
        if one.urn != FILES
    )
    program = replace(SCENE.program, registrations=registrations)
    (found,) = SCENE.judged(SCENE.step("delete", FILES), program=program)
    assert (found.kind, found.cause, found.urn) == (LOSS, "removed", FILES)
    with pytest.raises(NotUnderstoodError, match="only the state has"):
        SCENE.judged(program=program)
