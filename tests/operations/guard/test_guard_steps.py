"""What the engine says in other ways: leftovers, replacements, refreshed and partial previews."""

import json

import pytest

from tablewright.operations.guard.finding import Kind
from tablewright.operations.guard.reading.preview import NotUnderstoodError
from tests.support.guard_scenes import deployed, previewed
from tests.support.recording import ALARM, PARAMETER, TABLE

LOSS, WEAKENED = Kind.DATA_LOSS, Kind.RECOVERY_WEAKENED
UNCLEAR = Kind.NOT_UNDERSTOOD
SCENE = deployed("prod", everything=True)
FILES = next(each["urn"] for each in SCENE.of_type(TABLE) if each["id"] == "dropify-prod-files")


def told(found):
    return {(each.kind, each.cause) for each in found}


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("operation", ["delete", "delete-replaced", "remove-pending-replace"])
@pytest.mark.parametrize("beside", ["same", "update"])
def test_what_an_interrupted_replacement_left_is_judged_beside_what_lives(operation, beside, first):
    changes = {"deletionProtectionEnabled": False} if beside == "update" else {}
    living = SCENE.step(beside, FILES, **changes)
    doomed = SCENE.step("delete", FILES) | {"op": operation}
    steps = (doomed, living) if first else (living, doomed)
    found = SCENE.judged(*steps, program=SCENE.program_of((living,)))
    expected = {(LOSS, "removed")}
    assert told(found) == expected | {(WEAKENED, name) for name in changes}


def test_the_parts_of_a_replacement_are_one_finding():
    step = SCENE.step("replace", FILES, hashKey="other") | {"replaceReasons": ["hashKey"]}
    parts = [{**step, "op": op} for op in ("delete-replaced", "create-replacement")]
    for steps in ([step, *parts], [*parts, step]):
        assert told(SCENE.judged(*steps, program=SCENE.program_of((step,)))) == {(LOSS, "hashKey")}


@pytest.mark.parametrize("operation", ["import-replacement", "read-replacement"])
def test_a_replacement_by_what_exists_loses_what_was(operation):
    found = SCENE.judged(SCENE.step(operation, FILES) | {"replaceReasons": ["id"]})
    assert told(found) == {(LOSS, "id")}


@pytest.mark.parametrize("operation", ["refresh", "read", "import"])
def test_a_look_at_what_exists_changes_nothing(operation):
    assert SCENE.judged(SCENE.step(operation, FILES)) == ()


def test_a_table_that_somebody_deleted_by_hand_is_made_anew_and_empty():
    refreshed = SCENE.step("refresh", FILES)
    created = {**SCENE.step("create", FILES), "oldState": None}
    for steps in ([refreshed, created], [created, refreshed], [created]):
        (found,) = SCENE.judged(*steps)
        assert (found.kind, found.cause) == (LOSS, "missing")
        assert "point-in-time recovery" in found.instead


def test_another_provider_that_replaces_a_table_is_told_as_its_cause():
    found = SCENE.judged(SCENE.step("replace", FILES) | {"replaceReasons": ["provider"]})
    assert told(found) == {(LOSS, "provider")}


@pytest.mark.parametrize("token", [TABLE, PARAMETER, ALARM])
def test_what_an_interrupted_deployment_did_is_not_known(token):
    urn = SCENE.of_type(token)[0]["urn"]
    pending = [{"resource": {"urn": urn, "type": token}, "type": "deleting"}]
    (found,) = SCENE.judged(state=SCENE.exported(pending_operations=pending))
    assert (found.kind, found.cause) == (UNCLEAR, "pending")
    assert "deleting" in found.what
    assert "pulumi refresh" in found.instead


def test_a_replaced_resource_that_waits_for_its_deletion_is_not_the_one_that_lives():
    doomed = {**SCENE.resources[FILES], "delete": True, "inputs": {"name": "old"}}
    assert SCENE.judged(state=SCENE.exported(doomed)) == ()


def test_a_preview_of_another_version_of_the_program_is_not_understood():
    step = SCENE.step("update", FILES, tableClass="STANDARD")
    (found,) = SCENE.judged(step, program=SCENE.program)
    assert (found.kind, found.cause) == (UNCLEAR, "stale")
    assert "tableClass" in found.what


@pytest.mark.parametrize("left_out", ["same", "delete", "create"])
def test_a_preview_that_leaves_a_change_out_is_not_judged(left_out):
    delete = SCENE.step("delete", FILES)
    if left_out == "delete":
        with pytest.raises(NotUnderstoodError, match="only the state has"):
            SCENE.judged(program=SCENE.program_of((delete,)))
    elif left_out == "create":
        state = json.dumps({"deployment": {"resources": []}})
        with pytest.raises(NotUnderstoodError, match="only the program registers"):
            SCENE.judged(state=state)
    else:
        assert SCENE.judged() == ()


def test_a_preview_that_counts_more_than_it_shows_is_not_judged():
    from tablewright.operations.guard.reading import preview

    with pytest.raises(NotUnderstoodError, match="counts 1 x replace, and has 0"):
        preview.read(previewed(changeSummary={"same": 9, "replace": 1}), "the preview")


@pytest.mark.parametrize("operation", ["same", "update"])
@pytest.mark.parametrize("name", ["pointInTimeRecovery", "globalSecondaryIndexes"])
def test_a_preview_older_than_the_state_hides_what_came_between(operation, name):
    step = SCENE.step(operation, FILES, tableClass="STANDARD" if operation == "update" else None)
    for side in ("oldState", "newState"):
        del step[side]["inputs"][name]
    (found,) = [each for each in SCENE.judged(step) if each.cause == "stale"]
    assert found.kind is UNCLEAR
    assert name in found.what


def test_a_table_protected_since_the_preview_is_told():
    step = SCENE.step("same", FILES)
    for side in ("oldState", "newState"):
        del step[side]["protect"]
    assert (UNCLEAR, "stale") in told(SCENE.judged(step))


def test_a_state_that_lacks_what_the_preview_keeps_is_of_another_stack():
    with pytest.raises(NotUnderstoodError, match="which the state has not"):
        SCENE.judged(*SCENE.same_steps(), state=json.dumps({"deployment": {}}))


def test_two_steps_of_one_kind_for_one_table_are_not_judged():
    steps = SCENE.step("update", FILES, hashKey="x"), SCENE.step("update", FILES, tableClass=None)
    with pytest.raises(NotUnderstoodError, match="several steps"):
        SCENE.judged(*steps, program=SCENE.program_of(steps))


def test_a_table_that_becomes_something_else_is_not_understood():
    urn = FILES.replace(TABLE, "other:index:Thing")
    old = SCENE.step("same", FILES)["oldState"]
    new = {"urn": urn, "type": "other:index:Thing", "custom": True}
    found = SCENE.judged(
        {"op": "replace", "urn": urn, "oldState": old, "newState": new},
        program=SCENE.program_of((SCENE.step("delete", FILES),)),
    )
    assert (UNCLEAR, "type") in told(found)


@pytest.mark.parametrize("token", [TABLE, PARAMETER, ALARM])
def test_a_new_resource_of_a_name_that_another_keeps_is_never_fine(token):
    taken = SCENE.of_type(token)[0]["urn"]
    new = {**SCENE.step("same", taken)["oldState"], "urn": f"{taken}-again"}
    step = {"op": "create", "urn": new["urn"], "newState": new}
    assert told(SCENE.judged(step)) == {(UNCLEAR, "name")}


@pytest.mark.parametrize("name", ["globalSecondaryIndexes", "replicas", "attributes"])
@pytest.mark.parametrize("first", [True, False])
def test_two_parts_of_one_name_are_never_fine(name, first):
    parts = SCENE.resources[FILES]["inputs"][name]
    other = [{**parts[0], "type": "B", "projectionType": "KEYS_ONLY", "kmsKeyArn": "other"}]
    step = SCENE.step("update", FILES, **{name: other + parts if first else parts + other})
    assert (UNCLEAR, name) in told(SCENE.judged(step))
