"""What the engine says in other ways: aliases, leftovers, interrupted and partial previews."""

import json
from dataclasses import replace

import pytest

from tablewright.operations.guard.finding import Kind
from tablewright.operations.guard.preview import NotUnderstoodError
from tests.support.guard_scenes import deployed, previewed
from tests.support.recording import ALARM, MANAGED_POLICY, PARAMETER, TABLE

LOSS, BROKEN, WEAKENED = Kind.DATA_LOSS, Kind.CONTRACT_BROKEN, Kind.RECOVERY_WEAKENED
UNCLEAR, NOTE = Kind.NOT_UNDERSTOOD, Kind.NOTE
SCENE = deployed("prod", everything=True)
FILES = next(each["urn"] for each in SCENE.of_type(TABLE) if each["id"] == "dropify-prod-files")
PROVIDER = "urn:pulumi:prod::tablewright::pulumi:providers:aws::default_7_51_1"


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


def provider(**inputs):
    return {
        "urn": PROVIDER,
        "custom": True,
        "type": "pulumi:providers:aws",
        "inputs": {"region": "eu-central-1", "version": "7.51.1", **inputs},
    }


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({}, set()),
        ({"version": "7.52.0"}, set()),
        ({"region": "eu-west-1"}, {(UNCLEAR, "region")}),
        ({"endpoints": "[]"}, {(UNCLEAR, "endpoints")}),
        ({"profile": "prod"}, {(NOTE, "profile")}),
    ],
)
@pytest.mark.parametrize("how", ["update", "replace", "another"])
def test_a_provider_that_looks_elsewhere_is_never_fine(inputs, expected, how):
    old, new = provider(), provider(**inputs)
    if how == "another":
        new = {**new, "urn": PROVIDER.replace("7_51_1", "7_52_0")}
        steps = [
            {"op": "create", "urn": new["urn"], "newState": new},
            {"op": "delete", "urn": PROVIDER, "oldState": old},
        ]
    else:
        steps = [{"op": how, "urn": PROVIDER, "oldState": old, "newState": new}]
    assert told(SCENE.judged(*steps, state=SCENE.exported(old))) == expected


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


@pytest.mark.parametrize(
    ("ignored", "expected"),
    [
        (["deletionProtectionEnabled"], set()),
        (["globalSecondaryIndexes[0].projectionType"], {(WEAKENED, "deletionProtectionEnabled")}),
        (["*"], set()),
        (["ttl"], {(WEAKENED, "deletionProtectionEnabled")}),
    ],
)
def test_what_the_program_ignores_stays_as_it_is(ignored, expected):
    inputs = dict(SCENE.program.by_urn(FILES).inputs, deletionProtectionEnabled=False)
    registrations = tuple(
        replace(one, inputs=inputs, ignore_changes=tuple(ignored)) if one.urn == FILES else one
        for one in SCENE.program.registrations
    )
    program = replace(SCENE.program, registrations=registrations)
    assert told(SCENE.judged(program=program)) == expected


def test_a_part_that_the_program_ignores_stays_as_it_is():
    indexes = json.loads(json.dumps(SCENE.program.by_urn(FILES).inputs["globalSecondaryIndexes"]))
    indexes[0]["projectionType"] = "KEYS_ONLY"
    for path, kinds in (
        ("globalSecondaryIndexes[0].projectionType", set()),
        ("ttl", {"fileIdIndex"}),
    ):
        inputs = dict(SCENE.program.by_urn(FILES).inputs, globalSecondaryIndexes=indexes)
        registrations = tuple(
            replace(one, inputs=inputs, ignore_changes=(path,)) if one.urn == FILES else one
            for one in SCENE.program.registrations
        )
        found = SCENE.judged(program=replace(SCENE.program, registrations=registrations))
        assert {each.cause for each in found} == kinds


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
    from tablewright.operations.guard import preview

    with pytest.raises(NotUnderstoodError, match="counts 1 x replace, and has 0"):
        preview.read(previewed(changeSummary={"same": 9, "replace": 1}), "the preview")


@pytest.mark.parametrize(
    ("before", "after", "secret", "expected"),
    [
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1}}, (), {"a.c"}),
        ({"a": 1}, {}, (), {"a"}),
        ({"a": {"b": 1}}, {"a": "x"}, (), {"a"}),
        ({"a": "x"}, {"a": {"b": 1}}, (), {"a"}),
        ({"a": [1]}, {"a": 1}, (), {"a"}),
        ({"a": 1}, {"a": 2, "b": 3}, (), set()),
        ({"a": 1}, {"a": 1}, ("a",), {"a"}),
        ({"a": {"4dabf18193072939515e22adb298388d": "x"}}, {"a": 1}, ("a",), set()),
        ({"a": {"4dabf18193072939515e22adb298388d": "x"}}, {}, (), {"a"}),
    ],
)
def test_an_output_that_goes_or_changes_its_form_breaks_who_reads_it(
    before, after, secret, expected
):
    stack = next(urn for urn in SCENE.resources if "pulumi:pulumi:Stack" in urn)
    state = json.loads(SCENE.exported())
    for each in state["deployment"]["resources"]:
        if each["urn"] == stack:
            each["outputs"] = before
    program = replace(SCENE.program, exports=after, secret_exports=frozenset(secret))
    found = SCENE.judged(program=program, state=json.dumps(state))
    assert told(found) == {(BROKEN, path) for path in expected}
    assert all("stack references" in each.fails for each in found)


@pytest.mark.parametrize(
    ("token", "operation", "kind"),
    [
        ("aws:dynamodb/tableReplica:TableReplica", "delete", UNCLEAR),
        ("aws:dynamodb/tableReplica:TableReplica", "update", UNCLEAR),
        ("aws:dynamodb/resourcePolicy:ResourcePolicy", "replace", UNCLEAR),
        ("aws-native:dynamodb:Table", "delete", UNCLEAR),
        ("aws:iam/rolePolicy:RolePolicy", "delete", UNCLEAR),
        ("aws:kms/key:Key", "delete", LOSS),
        ("aws:kms/key:Key", "update", UNCLEAR),
        ("aws:backup/plan:Plan", "delete", WEAKENED),
        ("aws:backup/vault:Vault", "update", UNCLEAR),
        ("aws:s3/bucket:Bucket", "delete", NOTE),
    ],
)
def test_a_resource_that_no_component_makes_is_judged_by_what_is_near_a_table(
    token, operation, kind
):
    urn = f"urn:pulumi:prod::tablewright::{token}::other"
    side = {"urn": urn, "type": token, "custom": True, "inputs": {"policy": "a"}}
    new = None if operation == "delete" else {**side, "inputs": {"policy": "b"}}
    step = {"op": operation, "urn": urn, "oldState": side, "newState": new}
    (found,) = SCENE.judged(step, state=SCENE.exported(side))
    assert found.kind is kind
