"""Key attributes that change, and patterns that move, on their own or with an index."""

from dataclasses import replace

from tablewright.models import Attribute, AttributeType, Key
from tablewright.models.patterns import equals, query
from tests.support.order_indexes import BEFORE, KEYS, with_day_index
from tests.support.plans import changed, entity_with, kinds, planned
from tests.support.small_models import BY_STATUS, ORDER, STATUS_KEY, model, table


def test_another_type_of_a_key_attribute_is_another_attribute_and_another_index():
    number = Key.of("GSI1PK", Attribute("GSI1SK", AttributeType.NUMBER))
    order = entity_with(ORDER, keys={**KEYS, "GSI1SK": "<createdAt>"})
    after = model(
        query("list_by_status", order, "api", index="byStatus", key=(STATUS_KEY,)),
        tables=(table(indexes=(replace(BY_STATUS, key=number),)),),
        entities=(order,),
    )
    plan = planned(BEFORE, after)
    assert kinds(plan)[0] == ("add-index", "byStatusV2")
    built = plan.steps[0].model
    assert built.table("orders").index("byStatusV2").key.names == ("GSI1PK", "GSI1SKV2")
    assert {name: t.text for name, t in built.entity("order").keys.items()} == {
        **KEYS,
        "GSI1SKV2": "<createdAt>",
    }
    assert "the type of 'GSI1SK' changes from S to N" in plan.notes[0]


def test_a_key_attribute_that_is_composed_otherwise_is_another_attribute():
    order = entity_with(ORDER, keys={**KEYS, "GSI1SK": "DAY#<createdAt>"})
    after = model(
        query("list_by_status", order, "api", index="byStatus", key=(STATUS_KEY,)),
        tables=(table(),),
        entities=(order,),
    )
    plan = planned(BEFORE, after)
    assert kinds(plan) == [
        ("add-index", "byStatusV2"),
        ("switch-patterns", "byStatusV2"),
        ("release-index", "byStatus"),
        ("drop-index", "byStatus"),
    ]
    assert plan.steps[-1].model.entity("order").keys["GSI1SKV2"].text == "DAY#<createdAt>"


def test_a_pattern_that_leaves_an_index_that_stays_keeps_its_old_permission_to_the_end():
    before = with_day_index(query("recent", ORDER, "api", index="byStatus", key=(STATUS_KEY,)))
    after = changed(
        with_day_index(query("recent", ORDER, "api", key=equals("PK", "USER#<userId>"))),
        tables=lambda t: replace(t, ttl_attribute="total"),
    )
    plan = planned(before, after)
    assert [kind for kind, _ in kinds(plan)] == ["enable-ttl", "finish"]
    assert "recent.previous" in {p.name for p in plan.steps[0].model.patterns}
    assert "recent.previous" not in {p.name for p in plan.steps[1].model.patterns}


def test_other_patterns_and_entities_alone_need_no_plan():
    after = changed(BEFORE, entities=lambda e: entity_with(e, attributes=(*e.attributes, "note")))
    plan = planned(BEFORE, after)
    assert (plan.steps, plan.impossible, plan.notes) == ((), (), ())
