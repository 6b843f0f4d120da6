"""Every kind of index change, and the deployments that make it without an outage."""

from dataclasses import replace

import pytest

from tablewright.models import (
    KEYS_ONLY,
    Index,
    Key,
    Projection,
)
from tablewright.models.patterns import query
from tests.support.order_indexes import (
    BEFORE,
    BY_DAY,
    COOLER,
    WARM,
    renamed_index,
    with_day_index,
    with_status_index,
)
from tests.support.plans import kinds, planned, with_indexes
from tests.support.small_models import ORDER, STATUS_KEY, model

REBUILDING = {
    "key": {"key": Key.of("GSI1PK")},
    "projection": {"projection": KEYS_ONLY},
    "projected attributes": {"projection": Projection.include("status", "total")},
}


@pytest.mark.parametrize("change", REBUILDING.values(), ids=REBUILDING)
def test_a_changed_index_is_built_under_a_new_name_switched_to_and_then_dropped(change):
    before = with_status_index(projection=Projection.include("status"))
    after = with_status_index(**{"projection": Projection.include("status"), **change})
    assert kinds(planned(before, after)) == [
        ("add-index", "byStatusV2"),
        ("switch-patterns", "byStatusV2"),
        ("release-index", "byStatus"),
        ("drop-index", "byStatus"),
    ]


def test_lowered_warm_throughput_is_a_changed_index():
    plan = planned(
        with_status_index(warm_throughput=WARM), with_status_index(warm_throughput=COOLER)
    )
    steps = ["add-index", "switch-patterns", "release-index", "drop-index"]
    assert [kind for kind, _ in kinds(plan)] == steps
    assert "the lowered warm throughput of index 'byStatus'" in plan.notes[0]


def test_raised_warm_throughput_needs_no_plan_and_is_said_to_need_none():
    plan = planned(
        with_status_index(warm_throughput=COOLER), with_status_index(warm_throughput=WARM)
    )
    assert plan.steps == ()
    assert plan.notes == (
        "table acme-prod-orders, index 'byStatus': warm throughput is changed in place",
    )


def test_a_changed_index_keeps_its_name_where_that_is_asked_for():
    after = with_status_index(key=Key.of("GSI1PK"))
    plan = planned(BEFORE, after, keep_names=True)
    assert kinds(plan) == [
        ("add-index", "byStatusV2"),
        ("switch-patterns", "byStatusV2"),
        ("release-index", "byStatus"),
        ("drop-index", "byStatus"),
        ("add-index", "byStatus"),
        ("switch-patterns", "byStatus"),
        ("release-index", "byStatusV2"),
        ("drop-index", "byStatusV2"),
    ]
    assert plan.steps[-1].model.table("orders").indexes == after.table("orders").indexes


def test_the_end_under_a_new_name_is_announced():
    notes = planned(BEFORE, with_status_index(key=Key.of("GSI1PK"))).notes
    assert any("ends with 'byStatus' as 'byStatusV2'" in note for note in notes)


def test_a_renamed_index_is_built_before_the_old_one_goes():
    assert kinds(planned(BEFORE, renamed_index())) == [
        ("add-index", "ordersByStatus"),
        ("switch-patterns", "ordersByStatus"),
        ("release-index", "byStatus"),
        ("drop-index", "byStatus"),
    ]


def test_until_the_switch_the_old_pattern_is_declared_and_the_new_one_beside_it():
    add, switch, release, drop = planned(BEFORE, renamed_index()).steps
    assert [(p.name, p.index) for p in add.model.patterns] == [
        ("list_by_status", "byStatus"),
        ("list_by_status.next", "ordersByStatus"),
    ]
    assert [(p.name, p.index) for p in switch.model.patterns] == [
        ("list_by_status", "ordersByStatus"),
        ("list_by_status.previous", "byStatus"),
    ]
    for step in (release, drop):
        assert [(p.name, p.index) for p in step.model.patterns] == [
            ("list_by_status", "ordersByStatus")
        ]
    assert [index.name for index in release.model.table("orders").indexes] == [
        "byStatus",
        "ordersByStatus",
    ]


def test_the_access_policy_of_a_new_index_is_deployed_with_it():
    add = planned(BEFORE, renamed_index()).steps[0]
    assert "access policies of this deployment allow the new index" in add.then[0]
    assert {p.index for p in add.model.patterns_of("api")} == {"byStatus", "ordersByStatus"}


def test_an_added_index_is_one_deployment_with_its_patterns():
    plan = planned(BEFORE, with_day_index())
    assert kinds(plan) == [("add-index", "byDay")]
    (step,) = plan.steps
    assert step.edits == (
        (
            "in the model, TableSpec 'orders': add to indexes "
            'Index(name="byDay", key=Key.of("GSI2PK"))'
        ),
        'in the model, Entity \'order\': add to keys "GSI2PK": "DAY#<day>"',
        (
            'in the model: declare the access pattern query("list_by_day", ORDER, "worker", '
            'index="byDay", key=(equals("GSI2PK", "DAY#<day>"),))'
        ),
    )
    assert "once it is ACTIVE, deploy the application with list_by_day" in step.then
    assert any("where items lack GSI2PK" in line for line in step.then)


def test_several_added_indexes_come_one_at_a_time():
    names = ("first", "second", "third")
    added = (Index(name=n, key=Key.of("GSI1SK"), kept_because="a report comes") for n in names)
    after = with_indexes(BEFORE, "orders", *added)
    assert kinds(planned(BEFORE, after)) == [("add-index", name) for name in names]


def test_a_removed_index_is_left_by_its_patterns_first():
    plan = planned(with_day_index(), BEFORE)
    assert kinds(plan) == [("release-index", "byDay"), ("drop-index", "byDay")]
    release, drop = plan.steps
    assert release.first[0] == "deploy the application that no longer performs list_by_day"
    assert release.model.table("orders").index("byDay").kept_because
    assert "GSI2PK" in release.model.entity("order").keys
    assert "GSI2PK" not in drop.model.entity("order").keys


def test_a_pattern_moves_from_an_index_that_goes_to_one_that_is_there():
    before = with_day_index()
    after = model(query("list_by_day", ORDER, "worker", index="byStatus", key=(STATUS_KEY,)))
    plan = planned(before, after)
    assert [kind for kind, _ in kinds(plan)] == ["leave-index", "release-index", "drop-index"]
    leave = plan.steps[0]
    assert [(p.name, p.index) for p in leave.model.patterns_of("worker")] == [
        ("list_by_day", "byStatus"),
        ("list_by_day.previous", "byDay"),
    ]
    assert leave.first == ()


def test_an_index_that_is_not_used_is_dropped_at_once():
    unused = replace(BY_DAY, key=Key.of("GSI1SK"), kept_because="nobody knows")
    plan = planned(with_indexes(BEFORE, "orders", unused), BEFORE)
    assert kinds(plan) == [("drop-index", "byDay")]


@pytest.mark.parametrize("after", [renamed_index(), with_status_index(projection=KEYS_ONLY)])
def test_items_are_rewritten_only_where_no_index_has_them_already(after):
    add = planned(BEFORE, after).steps[0]
    assert not any("where items lack" in line for line in add.then)
    assert "backfill" not in add.duration
