"""TTL and streams: what is switched off and on again, and who must know."""

from dataclasses import replace

import pytest

from tablewright.models import Index, Key, Stream, StreamView
from tablewright.models.patterns import query, read_stream
from tests.support.plans import changed, entity_with, kinds, planned
from tests.support.small_models import ORDER, model

MODEL = model()
KEYS = {name: template.text for name, template in ORDER.keys.items()}


def expiring(attribute):
    """Return the model with a TTL attribute, or with none."""
    return changed(
        MODEL,
        tables=lambda t: replace(t, ttl_attribute=attribute),
        entities=lambda e: entity_with(
            e, attributes=(*e.attributes, *([attribute] if attribute else []))
        ),
    )


def streaming(view, *readers):
    """Return the model with a stream and its readers."""
    reading = [read_stream(f"read_{name}", "orders", name) for name in readers]
    spec = replace(MODEL.table("orders"), stream=Stream(view=view) if view else None)
    return model(
        *reading,
        query("list_by_status", ORDER, "api", index="byStatus", key=MODEL.patterns[0].key),
        tables=(spec,),
    )


@pytest.mark.parametrize(
    ("old", "new", "steps"),
    [
        (
            "expiresAt",
            "deleteAt",
            [
                ("write-both-ttl-attributes", "deleteAt"),
                ("disable-ttl", "expiresAt"),
                ("enable-ttl", "deleteAt"),
            ],
        ),
        (None, "expiresAt", [("enable-ttl", "expiresAt")]),
        ("expiresAt", None, [("disable-ttl", "expiresAt")]),
        ("expiresAt", "expiresAt", []),
    ],
)
def test_a_ttl_attribute_is_off_before_another_is_on(old, new, steps):
    assert kinds(planned(expiring(old), expiring(new))) == steps


def test_the_hour_between_two_ttl_changes_is_said_on_both_sides():
    _, off, on = planned(expiring("expiresAt"), expiring("deleteAt")).steps
    assert "AWS refuses one sooner; go on writing both" in off.then[0]
    assert "make sure that TTL has been off for an hour" in on.first
    assert off.duration == "about an hour"


def test_both_ttl_attributes_are_held_from_the_first_deployment_to_the_last():
    both, off, on = planned(expiring("expiresAt"), expiring("deleteAt")).steps
    for step in (both, off):
        assert {"expiresAt", "deleteAt"} <= set(step.model.entity("order").attributes)
    assert "expiresAt" not in on.model.entity("order").attributes
    assert [s.model.table("orders").ttl_attribute for s in (both, off, on)] == [
        "expiresAt",
        None,
        "deleteAt",
    ]


def with_index_on(attribute, ttl):
    """Return the model with an index whose key is an attribute, and with a TTL attribute."""
    spec = MODEL.table("orders")
    index = Index(name="byTime", key=Key.of(attribute), kept_because="a report comes")
    return changed(
        MODEL,
        tables=lambda _: replace(spec, indexes=(*spec.indexes, index), ttl_attribute=ttl),
        entities=lambda e: entity_with(
            e,
            keys={**KEYS, attribute: f"<{attribute}>"},
            attributes=(*e.attributes, *([ttl] if ttl else [])),
        ),
    )


def test_what_becomes_a_key_attribute_stops_being_the_ttl_attribute_first():
    plan = planned(expiring("expiresAt"), with_index_on("expiresAt", None))
    assert kinds(plan) == [("disable-ttl", "expiresAt"), ("add-index", "byTime")]


def test_what_was_a_key_attribute_becomes_the_ttl_attribute_last():
    plan = planned(with_index_on("expiresAt", None), expiring("expiresAt"))
    assert kinds(plan) == [("drop-index", "byTime"), ("enable-ttl", "expiresAt")]


def test_ttl_and_key_attributes_that_change_places_do_so_in_order():
    plan = planned(with_index_on("deleteAt", "expiresAt"), with_index_on("expiresAt", "deleteAt"))
    assert kinds(plan) == [
        ("write-both-ttl-attributes", "deleteAt"),
        ("disable-ttl", "expiresAt"),
        ("add-index", "byTimeV2"),
        ("drop-index", "byTime"),
        ("enable-ttl", "deleteAt"),
    ]


def test_another_stream_view_is_a_step_with_its_consumers():
    plan = planned(
        streaming(StreamView.NEW_IMAGE, "audit", "search"),
        streaming(StreamView.NEW_AND_OLD_IMAGES, "audit", "search"),
    )
    (step,) = plan.steps
    assert kinds(plan) == [("change-stream", "NEW_AND_OLD_IMAGES")]
    assert "read_audit, read_search" in step.first[0]
    assert any("new ARN" in line for line in step.then)
    assert any("finish the old stream" in line for line in step.then)
    assert step.edits == (
        "in the model, TableSpec 'orders': stream=Stream(view=StreamView.NEW_AND_OLD_IMAGES)",
    )


def test_a_stream_that_goes_is_a_step_after_its_readers():
    plan = planned(streaming(StreamView.NEW_IMAGE, "audit"), streaming(None))
    (step,) = plan.steps
    assert kinds(plan) == [("remove-stream", "NEW_IMAGE")]
    assert "read_audit" in step.first[0]


def test_a_new_stream_needs_no_plan():
    plan = planned(streaming(None), streaming(StreamView.NEW_IMAGE, "audit"))
    assert plan.steps == ()
    assert plan.notes == (
        "table acme-prod-orders: the stream is new; it holds changes from its deployment on",
    )
