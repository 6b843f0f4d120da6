"""Whatever it is given, the guard judges, or says that it cannot: it never breaks, and never
calls fine what it does not know."""

import json
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablewright.operations.guard.finding import Finding
from tablewright.operations.guard.judge import JUDGES, findings
from tablewright.operations.guard.reading import preview, state
from tablewright.operations.guard.reading.operation import Operation
from tablewright.operations.guard.reading.preview import NotUnderstoodError
from tests.support import recorded_previews
from tests.support.guard_mutations import FOREIGN
from tests.support.guard_scenes import CIPHERTEXT, UNKNOWN_TEXT, deployed
from tests.support.recording import TABLE

QUICK = settings(max_examples=100, deadline=None)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from([UNKNOWN_TEXT, "[secret]", "name", "PAY_PER_REQUEST", "delete"]),
    st.builds(lambda: dict(CIPHERTEXT)),
)
KEYS = st.one_of(
    st.text(),
    st.sampled_from(
        ["steps", "op", "urn", "oldState", "newState", "inputs", "deployment", "resources", "name"]
    ),
)
ANY = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)
RECORDED = {
    name: json.loads((recorded_previews.FOLDER / f"{name}.json").read_text())
    for name in recorded_previews.NAMES
}
STATE = json.loads((recorded_previews.FOLDER / "state.json").read_text())
DEPLOYED = recorded_previews.deployed()


def judged(document, exported=None, variant="base"):
    """The findings, or None where the guard says that it cannot judge."""
    try:
        found = findings(
            preview.read(json.dumps(document), "the preview"),
            state.read(json.dumps(exported), "the state") if exported else DEPLOYED,
            recorded_previews.program("base" if variant == "no-change" else variant),
            recorded_previews.USES,
        )
    except NotUnderstoodError:
        return None
    assert all(isinstance(each, Finding) for each in found)
    return found


def places(value, path=()):
    """Every place in a document."""
    yield path
    parts = (
        value if isinstance(value, dict) else range(len(value) if isinstance(value, list) else 0)
    )
    for step in parts:
        yield from places(value[step], (*path, step))


@st.composite
def mutated(draw, document):
    """A document with a part taken away, or with anything in its place."""
    changed = deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        *parents, last = draw(st.sampled_from([p for p in places(changed) if p]))
        holder = changed
        for step in parents:
            holder = holder[step]
        if draw(st.booleans()):
            del holder[last]
        else:
            holder[last] = deepcopy(draw(ANY))
    return changed


@given(document=ANY)
@QUICK
def test_any_json_is_judged_or_refused(document):
    judged(document)
    judged(RECORDED["no-change"], document or [0])


@given(text=st.text())
@QUICK
def test_any_text_is_judged_or_refused(text):
    for read in (preview.read, state.read):
        with pytest.raises(NotUnderstoodError):
            read(f"{{{text}", "what is given")


@pytest.mark.parametrize("text", ["", "[" * 100_000, "9" * 5000, '{"steps": NaN}', "null"])
def test_what_no_reader_takes_is_refused(text):
    for read in (preview.read, state.read):
        with pytest.raises(NotUnderstoodError):
            read(text, "what is given")


@given(data=st.data(), name=st.sampled_from(recorded_previews.NAMES))
@QUICK
def test_a_recording_that_somebody_changed_is_judged_or_refused(data, name):
    judged(data.draw(mutated(RECORDED[name])), variant=name)


@given(data=st.data(), name=st.sampled_from(recorded_previews.NAMES))
@QUICK
def test_a_state_that_somebody_changed_is_judged_or_refused(data, name):
    judged(RECORDED[name], data.draw(mutated(STATE)), variant=name)


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_any_inputs_of_a_table_are_judged(data):
    scene = deployed("prod", everything=True)
    scene = scene.alone(scene.of_type(TABLE)[0]["urn"])
    (urn,) = scene.resources
    names = sorted(scene.resources[urn]["inputs"])
    changes = data.draw(st.dictionaries(st.sampled_from(names), ANY, min_size=1, max_size=4))
    step = json.loads(json.dumps(scene.step("update", urn, **changes)))
    for found in scene.judged(step):
        assert found.what


@given(operation=st.text(min_size=1), name=st.sampled_from(recorded_previews.NAMES))
@QUICK
def test_an_operation_that_nobody_knows_is_never_fine(operation, name):
    if operation in set(Operation):
        return
    document = deepcopy(RECORDED[name])
    document["steps"][-1]["op"] = operation
    assert judged(document, variant=name) is None
    counted = {**RECORDED[name], "changeSummary": {operation: 1}}
    if not counted["diagnostics"]:
        assert judged(counted, variant=name) is None


@given(argument=st.text(min_size=1), value=ANY, name=st.sampled_from(["tags-only", "index-added"]))
@QUICK
def test_a_property_that_nobody_knows_is_never_fine(argument, value, name):
    document = deepcopy(RECORDED[name])
    for each in document["steps"]:
        if each["newState"]["type"] in JUDGES:
            each["newState"]["inputs"][f"{FOREIGN}{argument}"] = [value, 1]
            each["detailedDiff"] = {FOREIGN: {"kind": "add"}}
    found = judged(document, variant=name)
    assert found is None or any(each.stops for each in found)


@pytest.mark.parametrize("depth", [100, 300])
def test_inputs_nested_without_end_are_judged_or_refused(depth):
    nested = "x"
    for _ in range(depth):
        nested = {"a": [nested]}
    document = deepcopy(RECORDED["tags-only"])
    for each in document["steps"]:
        each["newState"].setdefault("inputs", {})["tags"] = nested
        each["oldState"].setdefault("inputs", {})["tags"] = {"a": nested}
    found = judged(document, variant="tags-only")
    assert found is None or any(each.stops for each in found)
