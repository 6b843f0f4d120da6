"""What keeps a table, what a preview hides of it, and what it does not show."""

import pytest

from tablewright.operations.guard.finding import Kind
from tests.support.files_table import FILES, scene_with, urn_of

LOSS, WEAKENED = Kind.DATA_LOSS, Kind.RECOVERY_WEAKENED
UNCLEAR = Kind.NOT_UNDERSTOOD


@pytest.mark.parametrize(
    ("options", "operation", "told", "blocked"),
    [
        ({"protect": True, "retainOnDelete": True}, "replace", "AWS deletes the table", "protect"),
        ({"protect": False, "retainOnDelete": True}, "replace", "a new table begins empty", ""),
        ({"protect": False, "retainOnDelete": False}, "replace", "AWS deletes", "deletion prot"),
        ({"protect": True, "retainOnDelete": True}, "delete", "AWS deletes the table", "protect"),
        ({"protect": False, "retainOnDelete": False}, "delete", "AWS deletes", "deletion prot"),
    ],
)
def test_what_keeps_a_table_from_being_deleted_is_told(options, operation, told, blocked):
    scene = scene_with()
    scene.resources[urn_of(FILES)].update(options)
    step = scene.step(operation, urn_of(FILES), name="another")
    (found,) = scene.judged({**step, "replaceReasons": ["name"]})
    assert found.kind is LOSS
    assert told in found.what
    assert found.blocked.startswith(blocked)
    assert bool(found.blocked) is bool(blocked)


def test_a_table_that_stays_at_aws_without_a_stack_is_weakened():
    scene = scene_with()
    scene.resources[urn_of(FILES)].update({"protect": False, "retainOnDelete": True})
    (found,) = scene.judged(scene.step("delete", urn_of(FILES)))
    assert (found.kind, found.cause) == (WEAKENED, "removed")


@pytest.mark.parametrize("lost", ["protect", "retainOnDelete"])
@pytest.mark.parametrize("operation", ["same", "update"])
def test_an_option_that_protects_is_missed_in_a_step_that_changes_nothing(lost, operation):
    scene = scene_with()
    changes = {"tags": {}} if operation == "update" else {}
    step = scene.step(operation, urn_of(FILES), **changes)
    step["newState"][lost] = False
    (found,) = scene.judged(step)
    assert (found.kind, found.cause) == (WEAKENED, lost)


def test_what_somebody_changed_at_aws_is_judged_when_the_program_changes_it_back():
    scene = scene_with(pointInTimeRecovery={"enabled": False})
    resource = scene.resources[urn_of(FILES)]
    resource["outputs"]["pointInTimeRecovery"] = {"enabled": True, "recoveryPeriodInDays": 35}
    step = scene.step("update", urn_of(FILES))
    step["diffReasons"] = ["pointInTimeRecovery"]
    (found,) = scene.judged(step)
    assert (found.kind, found.cause) == (WEAKENED, "pointInTimeRecovery")


def test_an_update_that_shows_nothing_is_never_fine():
    scene = scene_with()
    (found,) = scene.judged(scene.step("update", urn_of(FILES)))
    assert (found.kind, found.cause) == (UNCLEAR, "update")


@pytest.mark.parametrize("reason", ["hashKey", "argumentOfTomorrow", "globalSecondaryIndexes[0].x"])
def test_a_property_that_differs_only_by_the_providers_word_is_never_fine(reason):
    scene = scene_with()
    step = scene.step("update", urn_of(FILES)) | {"detailedDiff": {reason: {"kind": "update"}}}
    (found,) = scene.judged(step)
    assert (found.kind, found.cause) == (UNCLEAR, reason.partition("[")[0])
